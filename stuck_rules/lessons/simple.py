"""Prose with nothing in it but words, code spans and bold words: most of what a log has.

Here it is read without the parser, which looks at each sign for all that it might be. What is
not so simple is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.lessons.prose import Piece, Prose

# Any sign that could begin or end something else is none of these.
_WORDS = r"[^\\`*_\[<&\n]"
_CODE = r"`[^`\n]+`(?!`)"
# Bold words that no sign beside them could turn into something else.
_BOLD = rf"(?<![^ \n])\*\*[^\W_](?:{_WORDS}*[^\W_])?(?::\*\*(?![^ \n])|\*\*(?!\*))"
_SIMPLE = re.compile(rf"{_WORDS}*(?:(?:{_CODE}|{_BOLD}|\n){_WORDS}*)*")
_PIECE = re.compile(rf"(?P<code>{_CODE})|(?P<bold>{_BOLD})|{_WORDS}+")


def is_simple(text: str) -> bool:
    """Whether the text of a block is so simple."""
    return _SIMPLE.fullmatch(text) is not None


def read_simple(text: str, first: int) -> Prose:
    """The pieces of a simple text whose first line has this number."""
    lines = text.split("\n")
    pieces: list[Piece] = []
    for number, line in enumerate(lines, start=first):
        if number > first:
            pieces.append(Piece("\n", (number - 1, number - 1)))
            line = line.lstrip(" \t")  # noqa: PLW2901
        if number < first + len(lines) - 1:
            line = line.rstrip(" ")  # noqa: PLW2901
        pieces.extend(_pieces(line, (number, number)))
    return tuple(pieces)


def _pieces(line: str, lines: tuple[int, int]) -> Iterator[Piece]:
    for found in _PIECE.finditer(line):
        if found["code"]:
            yield Piece(inside(found["code"][1:-1]), lines, code=True)
        elif found["bold"]:
            yield Piece(found["bold"][2:-2], lines, strong=True)
        else:
            yield Piece(found[0], lines)


def inside(text: str) -> str:
    """The text of a code span: one space at either end is no part of it."""
    padded = len(text) > 1 and text[0] == text[-1] == " " and text.strip(" ")
    return text[1:-1] if padded else text
