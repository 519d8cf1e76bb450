"""The smallest edits that turn one piece of code into another of much the same form.

What both have is not touched, so that its comments and its layout stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import libcst as cst

from stuck_rules.model.edit import Edit
from stuck_rules.model.source import Position, Span
from stuck_rules.patterns.forms import meaning_fields, statements_of
from stuck_rules.patterns.rewriting.snippets import Snippet

_REPLACEABLE = (
    cst.BaseExpression,
    cst.Arg,
    cst.Param,
    cst.BaseSmallStatement,
    cst.SimpleStatementLine,
    cst.BaseCompoundStatement,
    cst.BaseElement,
    cst.BaseDictElement,
    cst.BaseBinaryOp,
    cst.BaseBooleanOp,
    cst.BaseCompOp,
    cst.BaseUnaryOp,
    cst.BaseAugOp,
)
_LISTED = (cst.Arg, cst.Param, cst.BaseElement, cst.BaseDictElement)
_SUITES = {cst.IndentedBlock, cst.SimpleStatementSuite}
_BLOCKS = (cst.IndentedBlock, cst.Module)
_COMMENT = re.compile(r"#[^\n]*")


class _DiffersError(Exception):
    """Two nodes have too little in common for edits inside them."""


def find_changes(old: Snippet, new: Snippet) -> list[Edit] | None:
    """Edits, by the old snippet's places; None where nothing of the old code can stay."""
    differ = _Differ(old, new)
    try:
        if len(old.nodes) == 1 and len(new.nodes) == 1:
            return differ.changes(old.nodes[0], new.nodes[0])
        return differ.statements(old.nodes, new.nodes)
    except _DiffersError:
        return None


class _Differ:
    def __init__(self, old: Snippet, new: Snippet) -> None:
        self._old = old
        self._new = new
        self._known: dict[tuple[cst.CSTNode, cst.CSTNode], list[Edit] | None] = {}

    def changes(self, old: cst.CSTNode, new: cst.CSTNode) -> list[Edit]:
        """Edits inside a node, or one that replaces it."""
        pair = (old, new)
        if pair not in self._known:
            self._known[pair] = self._find(old, new)
        found = self._known[pair]
        if found is None:
            raise _DiffersError
        return found

    def _find(self, old: cst.CSTNode, new: cst.CSTNode) -> list[Edit] | None:
        try:
            return [*self._inside(old, new), *self._parentheses(old, new)]
        except _DiffersError:
            if not isinstance(old, _REPLACEABLE) or not isinstance(new, _REPLACEABLE):
                return None
            text = self._new.text(new)
            return [Edit(self._whole(old, old, text), text)]

    def _whole(self, first: cst.CSTNode, last: cst.CSTNode, text: str) -> Span:
        """From one node to another; statements with the comments that the new code has too."""
        start, end = self._old.span(first).start, self._old.span(last).end
        if not isinstance(first, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
            return Span(start, end)
        behind = self._old.comment_behind(last)
        above = self._old.comments_above(first)
        old = "\n".join([*above, self._old.text(first, last), behind])
        if behind and text.count(behind) >= old.count(behind):
            end = self._old.line_end(last)
        if above and all(text.count(comment) >= old.count(comment) for comment in above):
            start = Position(start.line - len(above), start.column)
        return Span(start, end)

    def _inside(self, old: cst.CSTNode, new: cst.CSTNode) -> list[Edit]:
        if {type(old), type(new)} == _SUITES:
            left, right = statements_of(old), statements_of(new)
            if len(left) == len(right):
                return [
                    edit for a, b in zip(left, right, strict=True) for edit in self.changes(a, b)
                ]
        if type(old) is not type(new):
            raise _DiffersError
        if isinstance(old, cst.FunctionDef) and isinstance(new, cst.FunctionDef):
            return self._definition(old, new)
        return self._fields(old, new, meaning_fields(type(old)))

    def _fields(self, old: cst.CSTNode, new: cst.CSTNode, names: Sequence[str]) -> list[Edit]:
        found: list[Edit] = []
        for name in names:
            left, right = getattr(old, name), getattr(new, name)
            if isinstance(left, cst.CSTNode) and isinstance(right, cst.CSTNode):
                found.extend(self.changes(left, right))
            elif isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
                found.extend(self._items(old, left, right))
            elif left != right:
                raise _DiffersError
        return found

    def _parentheses(self, old: cst.CSTNode, new: cst.CSTNode) -> list[Edit]:
        """Parentheses that only the new node has; those of the old one stay."""
        if not isinstance(old, cst.BaseExpression) or not isinstance(new, cst.BaseExpression):
            return []
        if old.lpar or not new.lpar:
            return []
        span = self._old.span(old)
        return [Edit(Span(span.start, span.start), "("), Edit(Span(span.end, span.end), ")")]

    def _definition(self, old: cst.FunctionDef, new: cst.FunctionDef) -> list[Edit]:
        """A function's head by itself, so that its body stays where only the head changes."""
        head = ("asynchronous", "name", "type_parameters", "params", "returns")
        found = self._fields(old, new, ("decorators", "body"))
        try:
            return [*self._fields(old, new, head), *found]
        except _DiffersError:
            span = self._head(self._old, old)
            new_span = self._head(self._new, new)
            text = _cut(self._new.text(new), self._new.span(new).start, new_span)
            return [Edit(span, text), *found]

    def _head(self, snippet: Snippet, node: cst.FunctionDef) -> Span:
        """From `def` or `async` to the parameters' end or the result's."""
        code, start = snippet.text(node), snippet.span(node).start
        first = snippet.span(node.asynchronous or node.name).start
        if node.asynchronous is None:
            first = _search_back(code, start, first)
        return Span(first, _head_end(code, start, snippet.span(node.body).start))

    def _items(
        self, holder: cst.CSTNode, old: Sequence[cst.CSTNode], new: Sequence[cst.CSTNode]
    ) -> list[Edit]:
        if len(old) == len(new):
            return [edit for a, b in zip(old, new, strict=True) for edit in self.changes(a, b)]
        if isinstance(holder, _BLOCKS):
            return self.statements(old, new)
        if not old or not new or not all(isinstance(n, _LISTED) for n in (*old, *new)):
            raise _DiffersError
        first, last_old, last_new = self._middle(old, new)
        text = ", ".join(self._new.text(node) for node in new[first:last_new])
        return [self._listed(old, first, last_old, text)]

    def _listed(self, old: Sequence[cst.CSTNode], first: int, last: int, text: str) -> Edit:
        """Put a text where items `first` to `last` of a list stand."""
        spans = [self._old.span(node) for node in old]
        if first < last and text:
            return Edit(Span(spans[first].start, spans[last - 1].end), text)
        if first < last < len(old):
            return Edit(Span(spans[first].start, spans[last].start), "")
        if first < last:
            return Edit(Span(spans[first - 1].end, spans[last - 1].end), "")
        if first < len(old):
            place = spans[first].start
            return Edit(Span(place, place), f"{text}, ")
        place = spans[-1].end
        return Edit(Span(place, place), f", {text}")

    def _middle(
        self, old: Sequence[cst.CSTNode], new: Sequence[cst.CSTNode]
    ) -> tuple[int, int, int]:
        """Where the items that differ begin, and where they end in both."""
        shorter = min(len(old), len(new))
        first = 0
        while first < shorter and self._same(old[first], new[first]):
            first += 1
        back = 0
        while back < shorter - first and self._same(old[-1 - back], new[-1 - back]):
            back += 1
        return first, len(old) - back, len(new) - back

    def _same(self, old: cst.CSTNode, new: cst.CSTNode) -> bool:
        try:
            return not self.changes(old, new)
        except _DiffersError:
            return False

    def statements(self, old: Sequence[cst.CSTNode], new: Sequence[cst.CSTNode]) -> list[Edit]:
        """Edits of a block's statements, whole lines where some come or go."""
        first, last_old, last_new = self._middle(old, new)
        if last_old - first == last_new - first:
            pairs = zip(old[first:last_old], new[first:last_new], strict=True)
            return [edit for a, b in pairs for edit in self.changes(a, b)]
        if not old or not new:
            raise _DiffersError
        text = self._new.text(new[first], new[last_new - 1]) if first < last_new else ""
        return [self._lines(old, first, last_old, text)]

    def _lines(self, old: Sequence[cst.CSTNode], first: int, last: int, text: str) -> Edit:
        """Put statements where those from `first` to `last` stand."""
        snippet = self._old
        if first < last and text:
            return Edit(self._whole(old[first], old[last - 1], text), text)
        if first < last and first > 0:
            return Edit(Span(snippet.line_before(old[first]), snippet.line_end(old[last - 1])), "")
        if first < last < len(old):
            return Edit(Span(snippet.span(old[first]).start, snippet.span(old[last]).start), "")
        if first < last:
            raise _DiffersError
        if first > 0:
            place = snippet.line_end(old[first - 1])
            return Edit(Span(place, place), f"\n{snippet.indent(old[first - 1])}{text}")
        place = snippet.span(old[0]).start
        return Edit(Span(place, place), f"{text}\n{snippet.indent(old[0])}")


def _offset(code: str, start: Position, place: Position) -> int:
    """The offset of a place in code that begins at `start`."""
    lines = code.split("\n")
    if place.line == start.line:
        return place.column - start.column
    before = sum(len(line) + 1 for line in lines[: place.line - start.line])
    return before + place.column - 1


def _place(code: str, start: Position, offset: int) -> Position:
    before = code[:offset]
    lines = before.count("\n")
    if not lines:
        return Position(start.line, start.column + offset)
    return Position(start.line + lines, len(before) - before.rindex("\n"))


def _cut(code: str, start: Position, span: Span) -> str:
    return code[_offset(code, start, span.start) : _offset(code, start, span.end)]


def _search_back(code: str, start: Position, name: Position) -> Position:
    """Where the `def` before a function's name stands."""
    return _place(code, start, code.rindex("def", 0, _offset(code, start, name)))


def _head_end(code: str, start: Position, body: Position) -> Position:
    """Where the colon before a function's body stands."""
    head = _COMMENT.sub(lambda m: " " * len(m[0]), code[: _offset(code, start, body)])
    place = head.rfind(":")
    if place < 0:
        raise _DiffersError
    return _place(code, start, place)
