"""The text inside a block: pieces that know their line, whether they are bold, code or a break."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stuck_rules.model.lesson import Code
from stuck_rules.values import dataclass, replace

_DASHES = " \t-\u2013\u2014:\uff1a>→"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style; a line break is a piece of its own, its text a newline."""

    text: str
    lines: tuple[int, int]
    code: bool = False
    strong: bool = False
    emphasis: bool = False

    @property
    def is_break(self) -> bool:
        """Whether the source goes on in a new line here."""
        return self.text == "\n" and not self.code

    @property
    def is_blank(self) -> bool:
        """Whether a reader sees nothing of it."""
        return not self.code and not self.text.strip()


Prose = tuple[Piece, ...]


def shown(piece: Piece) -> str:
    """A piece as one reads it: a code span in as many backticks as it needs."""
    if not piece.code:
        return piece.text
    if "`" not in piece.text:
        return f"`{piece.text}`"
    longest = max(map(len, re.findall("`+", piece.text)))
    fence = "`" * (longest + 1)
    pad = " " if piece.text.startswith("`") or piece.text.endswith("`") else ""
    return f"{fence}{pad}{piece.text}{pad}{fence}"


def flatten(prose: Iterable[Piece]) -> str:
    """The text in one line, markup stripped, code in backticks, white space folded."""
    told = [shown(piece) if piece.code else piece.text for piece in prose]
    return " ".join("".join(told).split())


def is_blank(prose: Prose) -> bool:
    """Whether there is nothing to read in it."""
    for piece in prose:  # noqa: SIM110 - a loop takes half the time
        if piece.code or piece.text.strip():
            return False
    return True


def line_span(prose: Prose) -> tuple[int, int] | None:
    """The first and the last line that show something of it."""
    first: tuple[int, int] | None = None
    last = (0, 0)
    for piece in prose:
        if piece.code or piece.text.strip():
            first, last = first or piece.lines, piece.lines
    return (first[0], last[1]) if first is not None else None


def codes(prose: Prose) -> tuple[Code, ...]:
    """Its code spans, in order."""
    return tuple(Code(piece.text, piece.lines) for piece in prose if piece.code)


def split_lines(prose: Prose) -> list[Prose]:
    """One prose for each line of the source, each with the break that ends it."""
    lines: list[list[Piece]] = [[]]
    for piece in prose:
        lines[-1].append(piece)
        if piece.is_break:
            lines.append([])
    return [tuple(line) for line in lines if line]


def plain_text(prose: Prose) -> str:
    """The text as it stands, a code span as so many NULs, so that its inside is never read."""
    return "".join(["\0" * len(piece.text) if piece.code else piece.text for piece in prose])


def cut(prose: Prose, offset: int) -> Prose:
    """What follows the first `offset` characters of `plain_text`."""
    left = offset
    for index, piece in enumerate(prose):
        if left < len(piece.text):
            rest = piece if piece.code else replace(piece, text=piece.text[left:])
            return (rest, *prose[index + 1 :])
        left -= len(piece.text)
    return ()


def without_dash(prose: Prose) -> Prose:
    """The prose without the spaces, dashes, colons and arrows before its first word."""
    text = plain_text(prose)
    return cut(prose, len(text) - len(text.lstrip(_DASHES)))


def bold_lead(prose: Prose) -> str:
    """The bold words that a statement starts with, without markup, or nothing."""
    pieces = list(prose)
    while pieces and pieces[0].is_blank:
        del pieces[0]
    lead: list[Piece] = []
    for piece in pieces:
        if not piece.strong and not piece.is_break:
            break
        lead.append(piece)
    return flatten(lead).rstrip(":\uff1a ") if lead else ""


def split_commas(prose: Prose) -> list[Prose]:
    """The parts between the commas and breaks that stand outside code spans."""
    parts: list[list[Piece]] = [[]]
    for piece in prose:
        if piece.code:
            parts[-1].append(piece)
            continue
        first, *others = re.split(r"[,\uff0c\u3001;\uff1b\n]", piece.text)
        parts[-1].append(replace(piece, text=first))
        parts.extend([replace(piece, text=other)] for other in others)
    return [tuple(part) for part in parts if not is_blank(tuple(part))]
