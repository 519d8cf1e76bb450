"""What a baseline is made of: places known to break a rule, and how many violations each holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stuck_rules.model.violation import Violation


class Place(NamedTuple):
    """A statement of a file that breaks a rule.

    `path` is relative to the project's root; `statement` is the hash of the statement without
    its layout, empty for a violation of the whole file.
    """

    path: str
    rule: str
    statement: str

    @property
    def debt(self) -> tuple[str, str]:
        """What is the same in whatever file it stands."""
        return self.rule, self.statement


Known = Mapping[Place, int]


def place_of(violation: Violation) -> Place:
    """Where a baseline has, or would have, a violation."""
    return Place(violation.path.relative, violation.rule, violation.statement)
