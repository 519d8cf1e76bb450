"""`# stuck-rules: ignore[ID] -- reason`: a way past a rule, in a real comment."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stuck_rules.model.violation import Suppression, SuppressionKind, Violation
from stuck_rules.tokens import Comment, TokenLines
from stuck_rules.values import dataclass, replace

_COMMENT = re.compile(
    r"#\s*stuck-rules\s*:\s*ignore\s*\[(?P<ids>[^\]]*)\]\s*(?:--\s*(?P<reason>.*))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Directive:
    ids: frozenset[str]
    reason: str
    lines: tuple[int, int]


def apply_suppressions(violations: Iterable[Violation], lines: TokenLines) -> list[Violation]:
    """Mark the violations that a comment allows.

    A comment holds for the statement on whose first or last line, or on whose line of the
    violation, it stands; alone on its line, for the statement below it.
    """
    directives = [d for comment in lines.comments if (d := _read(comment, lines)) is not None]
    return [_suppress(violation, directives) for violation in violations]


def _read(comment: Comment, lines: TokenLines) -> _Directive | None:
    match = _COMMENT.search(comment.text)
    if match is None:
        return None
    ids = frozenset(part.strip() for part in match["ids"].split(",") if part.strip())
    line = comment.line
    if comment.alone and lines.statement_at(line) is None:
        below = [statement.first for statement in lines.statements if statement.first > line]
        line = min(below, default=line)
    return _Directive(ids, (match["reason"] or "").strip(), _covered(line, lines))


def _covered(line: int, lines: TokenLines) -> tuple[int, int]:
    """The whole statement from its first or last line, else the line itself."""
    statement = lines.statement_at(line)
    if statement is not None and line in {statement.first, statement.last}:
        return statement.first, statement.last
    return line, line


def _suppress(violation: Violation, directives: list[_Directive]) -> Violation:
    line = violation.span.start.line
    for directive in directives:
        first, last = directive.lines
        if violation.rule in directive.ids and first <= line <= last:
            return replace(
                violation, suppressed=Suppression(SuppressionKind.INLINE, directive.reason)
            )
    return violation
