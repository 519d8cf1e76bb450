"""Which rules look at the files of some paths, where that differs from the rest."""

from __future__ import annotations

from stuck_rules.model.rule import Severity
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class PathRules:
    """What holds below some globs, which are relative to the root; rules are named by id.

    `only` is None where all that usually run do; `also` run beside them, `without` never.
    """

    globs: tuple[str, ...]
    only: frozenset[str] | None = None
    also: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    severities: tuple[tuple[str, Severity], ...] = ()
