"""An empty fix: what matches goes, with its line or its comma, and no block is left empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.edit import Edit
from stuck_rules.model.source import Position, Span
from stuck_rules.patterns.rewriting.trial import Trial
from stuck_rules.tokens import lines_of

_BLANK = re.compile(r"\s*(?:#.*)?\Z")
_SEPARATOR_BEHIND = re.compile(r"[ \t]*[;,][ \t]*")
_SEPARATOR_BEFORE = re.compile(r"[ \t]*[;,][ \t]*\Z")
_COMMENT = re.compile(r"#[^\n]*")
_OPENING = ("(", "[", "{", ",", ":", ";")
_CLOSING = (")", "]", "}", ",", ";")


def delete(span: Span, tree: SyntaxTree, trial: Trial) -> tuple[Edit, ...] | None:
    """The first way to take a place out that leaves code; None where there is none."""
    return next(((edit,) for edit in _ways(span, tree) if trial.read((edit,)) is not None), None)


def _ways(span: Span, tree: SyntaxTree) -> Iterator[Edit]:
    start, end = span.start, span.end
    before = tree.lines[start.line - 1][: start.column - 1]
    behind = tree.lines[end.line - 1][end.column - 1 :]
    alone = not before.strip() and _BLANK.match(behind) is not None
    if not _is_whole(span, tree):
        return
    if alone:
        yield Edit(_whole_lines(span, tree), "")
    found = _SEPARATOR_BEHIND.match(behind)
    if found is not None:
        yield Edit(Span(start, Position(end.line, end.column + found.end())), "")
    found = _SEPARATOR_BEFORE.search(before)
    if found is not None:
        yield Edit(Span(Position(start.line, found.start() + 1), end), "")
    yield Edit(span, "")
    yield Edit(span, "pass")


def _is_whole(span: Span, tree: SyntaxTree) -> bool:
    """Whether a place is a whole statement or a whole item, and no operand or the like."""
    before = _before(span.start, tree)
    behind = _behind(span.end, tree)
    starts = not before.rpartition("\n")[2].strip() and _begins_statement(span, tree)
    return (starts or before.rstrip().endswith(_OPENING)) and (
        not behind.partition("\n")[0].strip() or behind.lstrip().startswith(_CLOSING)
    )


def _begins_statement(span: Span, tree: SyntaxTree) -> bool:
    line = span.start.line
    statement = lines_of(tree.source).statement_at(line)
    return statement is None or statement.first == line


def _before(place: Position, tree: SyntaxTree) -> str:
    """A few lines before a place, comments left out."""
    first = max(place.line - 20, 1)
    text = tree.text(Span(Position(first, 1), place))
    return _COMMENT.sub("", text) if "#" in text else text


def _behind(place: Position, tree: SyntaxTree) -> str:
    """A few lines behind a place, comments left out."""
    last = min(place.line + 20, len(tree.lines))
    text = tree.text(Span(place, Position(last, len(tree.lines[last - 1]) + 1)))
    return _COMMENT.sub("", text)


def _whole_lines(span: Span, tree: SyntaxTree) -> Span:
    first, last = span.start.line, span.end.line
    if last < len(tree.lines):
        return Span(Position(first, 1), Position(last + 1, 1))
    end = Position(last, len(tree.lines[-1]) + 1)
    start = Position(first - 1, len(tree.lines[first - 2]) + 1) if first > 1 else Position(1, 1)
    return Span(start, end)
