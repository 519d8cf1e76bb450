"""Comments that say on which line a rule must match, as Semgrep's test files have them.

A comment alone on its line, `# ruleid: id, id`, speaks of the next line that is no such comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from stuck_rules.tokens import Comment, read_lines

_ANNOTATION = re.compile(
    r"#\s*(?P<kind>ruleid|ok|todoruleid|todook)\s*:\s*(?P<ids>[\w.,\s-]+?)\s*$"
)


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
    """The annotations of a Python file, in order."""
    comments = {c.line: c for c in read_lines(source).comments if c.alone and _match(c) is not None}
    return tuple(
        annotation
        for line, comment in comments.items()
        for annotation in _read(comment, line, comments)
    )


def _match(comment: Comment) -> re.Match[str] | None:
    return _ANNOTATION.fullmatch(comment.text.rstrip())


def _read(comment: Comment, line: int, comments: dict[int, Comment]) -> Iterator[Annotation]:
    found = _match(comment)
    assert found is not None
    target = line + 1
    while target in comments:
        target += 1
    for name in found["ids"].split(","):
        if name.strip():
            yield Annotation(Expectation(found["kind"]), name.strip(), target, line)
