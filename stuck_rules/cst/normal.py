"""The form of a statement that layout does not change: white space, comments, quotes, brackets.

Made from LibCST's tree, so that it is the same under every Python that runs the program; it
goes into fingerprints and baselines, which people keep, so a change here is a change for them.
"""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache, cached_property

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.source import WHOLE_FILE, Position, Span

_BELOW_A_HEAD = frozenset({"body", "orelse", "finalbody", "handlers", "cases"})
_LAYOUT = (
    cst.BaseParenthesizableWhitespace,
    cst.EmptyLine,
    cst.TrailingWhitespace,
    cst.Newline,
    cst.Comma,
    cst.Semicolon,
    cst.Colon,
    cst.AssignEqual,
    cst.LeftParen,
    cst.RightParen,
    cst.LeftSquareBracket,
    cst.RightSquareBracket,
    cst.LeftCurlyBrace,
    cst.RightCurlyBrace,
)
# What is not told by its class and its fields in turn.
_ODD = frozenset(
    {
        cst.Integer,
        cst.Float,
        cst.Imaginary,
        cst.SimpleString,
        cst.FormattedString,
        cst.ConcatenatedString,
        cst.FormattedStringExpression,
        cst.Subscript,
        cst.SubscriptElement,
        cst.Index,
        cst.Element,
        cst.Slice,
    }
)
# `case a, b`, `case (a, b)` and `case [a, b]` are one pattern.
_NAMES = {"MatchTuple": "MatchSequence", "MatchList": "MatchSequence"}


class _Units:
    """Statements in the order of their places."""

    def __init__(self, spans: dict[cst.CSTNode, Span]) -> None:
        self._units = sorted(((span, node) for node, span in spans.items()), key=_place)
        self._starts = [span.start for span, _ in self._units]

    def at(self, position: Position) -> cst.CSTNode | None:
        """The last one that begins up to a place and reaches it."""
        place = bisect_right(self._starts, position) - 1
        if place >= 0 and _reaches(self._units[place][0], position):
            return self._units[place][1]
        return None


class Statements:
    """The smallest statements of a file by place: a simple one, or a compound one's head."""

    def __init__(self, tree: SyntaxTree) -> None:
        self._tree = tree
        self._beside = _Units(tree.statements_beside)
        self._forms: dict[cst.CSTNode, str] = {}

    @cached_property
    def _all(self) -> _Units:
        return _Units(self._tree.spans(self._tree.statements))

    def at(self, span: Span) -> str:
        """The normal form of the smallest statement where a span starts.

        Outside of all statements it is the text of the line, and nothing for a whole file,
        which is what an empty span at the start of it stands for.
        """
        if span == WHOLE_FILE:
            return ""
        statement = self._beside.at(span.start)
        if statement is None:
            statement = self._all.at(span.start)
        if statement is None:
            return " ".join(self._tree.lines[span.start.line - 1].split())
        return self._form(statement)

    def _form(self, node: cst.CSTNode) -> str:
        known = self._forms.get(node)
        if known is None:
            known = self._forms[node] = normal_form(node)
        return known


def _place(unit: tuple[Span, cst.CSTNode]) -> Span:
    return unit[0]


def _reaches(unit: Span, position: Position) -> bool:
    """Whether a statement holds a place or is followed by it on its last line."""
    return position < unit.end or position.line == unit.end.line


def normal_form(statement: cst.CSTNode) -> str:
    """A statement without its layout; of a compound one the head alone."""
    out: list[str] = []
    if isinstance(statement, cst.Expr) and isinstance(statement.value, cst.BaseString):
        # A formatter moves the lines of a docstring.
        _add_string(statement.value, out, words_only=True)
    else:
        _add_node(statement, out, left_out=_left_out(statement))
    return " ".join(out)


def _left_out(statement: cst.CSTNode) -> frozenset[str]:
    return frozenset() if isinstance(statement, cst.BaseSmallStatement) else _BELOW_A_HEAD


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in fields(kind)
        if not field.name.startswith(("whitespace", "leading_lines", "lines_after"))
    )


def _add(node: cst.CSTNode, out: list[str]) -> None:
    if type(node) not in _ODD:
        _add_node(node, out)
        return
    match node:
        case cst.Integer() | cst.Float() | cst.Imaginary():
            out.append(node.value.lower().replace("_", "").replace("e+", "e"))
        case cst.SimpleString() | cst.FormattedString() | cst.ConcatenatedString():
            _add_string(node, out)
        case cst.FormattedStringExpression():
            _add_node(node, out)
            # `{x=}` prints more than `{x}`.
            out.append("=" if node.equal is not None else "")
        case cst.Subscript():
            _add_subscript(node, out)
        case cst.SubscriptElement():
            _add(node.slice, out)
        case cst.Index(star="*"):
            _add(cst.StarredElement(node.value), out)
        case cst.Element() | cst.Index():
            _add(node.value, out)
        case cst.Slice():
            _add_slice(node, out)
        case _:
            _add_node(node, out)


def _add_node(node: cst.CSTNode, out: list[str], *, left_out: frozenset[str] = frozenset()) -> None:
    name = type(node).__name__
    out.append(f"{_NAMES.get(name, name)}(")
    for field in _fields(type(node)):
        if field not in left_out:
            _add_value(getattr(node, field), out)
    out.append(")")


@cache
def _is_layout(kind: type[cst.CSTNode]) -> bool:
    """Whether a class says nothing; LibCST's abstract classes are slow to ask about each node."""
    return issubclass(kind, _LAYOUT)


def _add_value(value: object, out: list[str]) -> None:
    if isinstance(value, str):
        out.append(value)
    elif isinstance(value, (tuple, list)):
        for item in value:
            _add_value(item, out)
    elif isinstance(value, cst.CSTNode) and not _is_layout(type(value)):
        _add(value, out)


def _add_subscript(node: cst.Subscript, out: list[str]) -> None:
    """`x[(1, 2)]` is `x[1, 2]`."""
    out.append("Subscript(")
    _add(node.value, out)
    elements: Sequence[cst.CSTNode] = node.slice
    only = node.slice[0].slice if len(node.slice) == 1 else None
    if isinstance(only, cst.Index) and isinstance(only.value, cst.Tuple):
        held = only.value.elements
        elements = held if len(held) > 1 else elements
    for element in elements:
        _add(element, out)
    out.append(")")


def _add_slice(node: cst.Slice, out: list[str]) -> None:
    """Any of its three places may be empty."""
    out.append("Slice(")
    for part in (node.lower, node.upper, node.step):
        out.append(":")
        _add_value(part, out)
    out.append(")")


def _add_string(node: cst.BaseString, out: list[str], *, words_only: bool = False) -> None:
    """A string by its value, pieces side by side put together."""
    out.append(_kind(node))
    joined: list[str] = []
    for piece in _pieces(node):
        if isinstance(piece, str):
            joined.append(piece)
            continue
        _flush(joined, out, words_only=words_only)
        _add(piece, out)
    _flush(joined, out, words_only=words_only)
    out.append(")")


def _kind(node: cst.BaseString) -> str:
    parts = list(_parts(node))
    if any(isinstance(part, cst.FormattedString) for part in parts):
        return "FormattedString("
    is_bytes = any(isinstance(part, cst.SimpleString) and "b" in part.prefix for part in parts)
    return "Bytes(" if is_bytes else "String("


def _flush(joined: list[str], out: list[str], *, words_only: bool) -> None:
    text = "".join(joined)
    joined.clear()
    if text:
        # What counts as printable depends on the version of Python; ASCII does not.
        out.append(ascii(" ".join(text.split()) if words_only else text))


def _parts(node: cst.BaseString) -> Iterator[cst.BaseString]:
    if isinstance(node, cst.ConcatenatedString):
        yield from _parts(node.left)
        yield from _parts(node.right)
    else:
        yield node


def _pieces(node: cst.BaseString) -> Iterator[str | cst.CSTNode]:
    for part in _parts(node):
        if isinstance(part, cst.SimpleString):
            yield _value_of(part.prefix, part.quote, part.raw_value)
        elif isinstance(part, cst.FormattedString):
            for piece in part.parts:
                if isinstance(piece, cst.FormattedStringText):
                    prefix = part.prefix.replace("f", "")
                    yield _value_of(prefix, part.quote, piece.value)
                else:
                    yield piece
        else:
            yield part


def _value_of(prefix: str, quote: str, text: str) -> str:
    """What stands between quotes, with its escapes understood."""
    if "\\" not in text or "r" in prefix:
        return text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value: object = ast.literal_eval(f"{prefix}{quote}{text}{quote}")
    except (SyntaxError, ValueError):
        return text
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
