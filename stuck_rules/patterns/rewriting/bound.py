"""What the metavariables of a fix stand for, as it is written in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.source import Position, Span
from stuck_rules.patterns.matches import Match
from stuck_rules.values import dataclass

_BETWEEN = re.compile(r"(?:[\s,;\\]|#[^\n]*)*")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#.*)?\Z")


@dataclass(frozen=True, slots=True)
class BoundCode:
    """The code of one metavariable.

    `indent` is the white space at the start of its first line; `literal` is the string as it
    is written, where the metavariable stands for its inside. `block` is the text with the
    comments of the first and the last statement.
    """

    text: str
    indent: str = ""
    block: str = ""
    literal: str | None = None


def indent_of(line: str) -> str:
    """The white space at the start of a line, without what ends with a form feed."""
    return line[: len(line) - len(line.lstrip(" \t\f"))].rpartition("\f")[2]


def read_bound(match: Match, tree: SyntaxTree) -> Mapping[str, BoundCode]:
    """The code of all metavariables that a match binds; one that stands for nothing is empty."""
    found = {name: BoundCode(text) for name, text in match.bindings.items()}
    for name, spans in match.places.items():
        if not spans:
            found.setdefault(name, BoundCode(""))
        elif name in match.bindings:
            found[name] = _read(match.bindings[name], spans, match, tree)
    return found


def _read(text: str, spans: tuple[Span, ...], match: Match, tree: SyntaxTree) -> BoundCode:
    whole = Span(spans[0].start, spans[-1].end)
    indent = indent_of(tree.lines[whole.start.line - 1])
    if tree.text(whole) != text:
        literal = tree.text(whole)
        is_inside = literal.endswith(("'", '"')) and text == literal.lstrip("rRbBuU").strip("'\"")
        return BoundCode(text, indent, literal=literal if is_inside else None)
    if not _in_a_row(spans, tree):
        return BoundCode(", ".join(tree.text(span) for span in spans), indent)
    return BoundCode(text, indent, tree.text(_with_comments(whole, match.span, tree)))


def _in_a_row(spans: tuple[Span, ...], tree: SyntaxTree) -> bool:
    """Whether nothing but commas, comments and space stands between the pieces."""
    return all(
        _BETWEEN.fullmatch(tree.text(Span(before.end, after.start)))
        for before, after in pairwise(spans)
    )


def _with_comments(span: Span, match: Span, tree: SyntaxTree) -> Span:
    """Statements with the comments above and behind them that the match holds."""
    start, end = span.start, span.end
    lines = tree.lines
    if lines[start.line - 1][: start.column - 1].strip():
        return span
    first = start.line
    while first - 1 > match.start.line and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    if first < start.line:
        column = len(lines[first - 1]) - len(lines[first - 1].lstrip()) + 1
        start = Position(first, column) if column == span.start.column else start
    last = lines[end.line - 1]
    if end.line < match.end.line and _REST_OF_LINE.match(last[end.column - 1 :]):
        end = Position(end.line, len(last.rstrip()) + 1)
    return Span(start, end)
