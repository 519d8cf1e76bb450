"""The parser's inline tokens -> prose; the parser gives no lines here, so they are counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stuck_rules.lessons.prose import Piece, Prose
from stuck_rules.lessons.simple import inside, is_simple, read_simple

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_BACKTICKS = re.compile("`+")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


class _LineCounter:
    """Knows the line while the tokens of one block go by in order.

    A break is a token, but a line end inside a code span is not: the span is looked up in the
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
            if inside(self._flat[end : self._runs[closing][0]]) == text:
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


class _Reader:
    """Makes pieces of the tokens of one text, while they go by in order."""

    def __init__(self, counter: _LineCounter) -> None:
        self._counter = counter
        self._strong = 0
        self._emphasis = 0

    def pieces(self, tokens: Sequence[Token]) -> Iterator[Piece]:
        for token in tokens:
            if token.type in {"strong_open", "strong_close"}:
                self._strong += token.nesting
            elif token.type in {"em_open", "em_close"}:
                self._emphasis += token.nesting
            else:
                yield from self._of_token(token)

    def _of_token(self, token: Token) -> Iterator[Piece]:
        line = self._counter.line
        here, strong, emphasis = (line, line), self._strong > 0, self._emphasis > 0
        if token.type in {"softbreak", "hardbreak"}:
            self._counter.pass_break()
            yield Piece("\n", here)
        elif token.type == "code_inline":
            lines = self._counter.pass_code(token.content, token.markup)
            yield Piece(token.content, lines, code=True, strong=strong, emphasis=emphasis)
        elif token.type == "html_inline":
            for _ in range(token.content.count("\n")):
                self._counter.pass_break()
            if _BREAK_TAG.fullmatch(token.content):
                yield Piece(" ", here)
        elif token.children:
            yield from self.pieces(token.children)
        elif token.content:
            yield Piece(token.content, here, strong=strong, emphasis=emphasis)


def read_inline(state: StateCore) -> None:
    """The parser's step that reads the inside of blocks, for those that need a parser."""
    for token in state.tokens:
        if token.type == "inline" and not is_simple(token.content):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def read_prose(token: Token) -> Prose:
    """The pieces of a paragraph, heading or cell; `token` is its `inline` one."""
    first = token.map[0] + 1 if token.map else 1
    if not token.children:
        return read_simple(token.content, first)
    reader = _Reader(_LineCounter(token.content, first))
    return tuple(reader.pieces(token.children))
