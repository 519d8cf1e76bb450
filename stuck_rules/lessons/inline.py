"""The parser's inline nodes -> prose; the parser gives no lines here, so they are counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stuck_rules.lessons.prose import Piece, Prose

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_BACKTICKS = re.compile("`+")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


class _LineCounter:
    """Knows the line while the nodes of one block go by in order.

    A break is a node, but a line end inside a code span is not: the span is looked up in the
    block's source, run of backticks by run, and the count starts anew from there.
    """

    def __init__(self, source: str, first: int) -> None:
        self._flat = source.replace("\n", " ")
        self._breaks = [at for at, character in enumerate(source) if character == "\n"]
        self._first = first
        self._runs = [run.span() for run in _BACKTICKS.finditer(source)]
        self._closing = _closing(self._runs)
        self._next = 0
        self.line = first

    def pass_break(self) -> None:
        self.line += 1

    def pass_code(self, text: str, markup: str) -> tuple[int, int]:
        for number in range(self._next, len(self._runs)):
            start, end = self._runs[number]
            closing = self._closing[number]
            if end - start != len(markup) or closing is None:
                continue
            if _inside(self._flat[end : self._runs[closing][0]]) == text:
                self._next = closing + 1
                return self._pass_span(start, self._runs[closing][1])
        return (self.line, self.line)

    def _pass_span(self, start: int, end: int) -> tuple[int, int]:
        first, last = (self._first + bisect_left(self._breaks, at) for at in (start, end))
        self.line = last
        return (first, last)


def _closing(runs: Sequence[tuple[int, int]]) -> list[int | None]:
    """For each run of backticks the number of the next one as long."""
    following: dict[int, int] = {}
    found: list[int | None] = []
    for number in range(len(runs) - 1, -1, -1):
        start, end = runs[number]
        found.append(following.get(end - start))
        following[end - start] = number
    return found[::-1]


def _inside(text: str) -> str:
    """The text of a code span: one space at either end is no part of it."""
    padded = len(text) > 1 and text[0] == text[-1] == " " and text.strip()
    return text[1:-1] if padded else text


def _pieces(
    node: SyntaxTreeNode, counter: _LineCounter, strong: bool, emphasis: bool
) -> Iterator[Piece]:
    strong = strong or node.type == "strong"
    emphasis = emphasis or node.type == "em"
    here = (counter.line, counter.line)
    if node.type in {"softbreak", "hardbreak"}:
        counter.pass_break()
        yield Piece("\n", here)
    elif node.type == "code_inline":
        lines = counter.pass_code(node.content, node.markup)
        yield Piece(node.content, lines, code=True, strong=strong, emphasis=emphasis)
    elif node.type == "html_inline":
        for _ in range(node.content.count("\n")):
            counter.pass_break()
        if _BREAK_TAG.fullmatch(node.content):
            yield Piece(" ", here)
    elif node.children:
        for child in node.children:
            yield from _pieces(child, counter, strong, emphasis)
    elif node.content:
        yield Piece(node.content, here, strong=strong, emphasis=emphasis)


def read_prose(node: SyntaxTreeNode) -> Prose:
    """The pieces of a paragraph, heading or cell; `node` is its `inline` node."""
    first = node.map[0] + 1 if node.map else 1
    counter = _LineCounter(node.content, first)
    return tuple(
        piece for child in node.children for piece in _pieces(child, counter, False, False)
    )
