"""Comments that say on which line a rule must match, as Semgrep's test files have them.

A comment alone on its line, `# ruleid: id, id`, speaks of the next line that is no such comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from stuck_rules.tokens import Comment, read_lines
from stuck_rules.values import dataclass

# `deepruleid` and `deepok` in front of the ids are for an analysis across files.
_ANNOTATION = re.compile(
    r"#\s*(?P<kind>ruleid|ok|todoruleid|todook)\s*:(?:\s*deep(?:ruleid|ok)\s*:)?(?P<ids>.*)"
)
_ID = re.compile(r"[\w.-]+")


class Expectation(str, Enum):
    """What an annotation says of a line."""

    FLAGGED = "ruleid"
    CLEAN = "ok"
    FLAGGED_ONE_DAY = "todoruleid"
    CLEAN_ONE_DAY = "todook"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One id of one comment: `written` is the comment's line, `line` the one it speaks of."""

    expectation: Expectation
    rule: str
    line: int
    written: int

    def names(self, rule_id: str) -> bool:
        """Whether it means a rule; ids may carry the path of their rule file in front."""
        return self.rule == rule_id or self.rule.rpartition(".")[2] == rule_id.rpartition(".")[2]


def read_annotations(source: str) -> tuple[Annotation, ...]:
    """The annotations of a Python file, in order.

    A `ruleid` that names nothing that could be a rule is kept with what stands there, since an
    expectation must not get lost; the other kinds are then taken for prose.
    """
    comments = {
        comment.line: found
        for comment in read_lines(source).comments
        if (found := _match(comment)) is not None
    }
    return tuple(
        annotation
        for line, found in comments.items()
        for annotation in _read(found, line, comments)
    )


def _match(comment: Comment) -> re.Match[str] | None:
    found = _ANNOTATION.fullmatch(comment.text.rstrip()) if comment.alone else None
    return found if found is not None and list(_ids(found)) else None


def _ids(found: re.Match[str]) -> Iterator[str]:
    written = [part.strip() for part in found["ids"].split(",")]
    proper = [part for part in written if _ID.fullmatch(part)]
    if found["kind"] == Expectation.FLAGGED.value:
        yield from [part for part in written if part] or [""]
    else:
        yield from proper


def _read(
    found: re.Match[str], line: int, comments: dict[int, re.Match[str]]
) -> Iterator[Annotation]:
    target = line + 1
    while target in comments:
        target += 1
    for name in _ids(found):
        yield Annotation(Expectation(found["kind"]), name, target, line)
