"""A module cut into the pieces that are kept or left out one by one."""

from __future__ import annotations

import keyword
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from stuck_rules.model.words import Leaf, Shape, Word, places_of
from stuck_rules.narrowing.binding import binds, binds_unknown
from stuck_rules.narrowing.outline import Kind, Outline, Piece, code_of, indent_of, is_blank
from stuck_rules.values import dataclass

_NAME = re.compile(r"[^\W\d]\w*")
_KEYWORDS = frozenset(keyword.kwlist)
# An import or `global` statement behind the start of a line or of a statement; text that looks
# like one does no harm.
_REACHING = re.compile(
    r"[;:]?[ \t]*(?:global\b|(?:from\b(?:[^\n\#;\\]|\\\n)*?\b)?import\b)"
    r"(?:[ \t]*\((?:[^()\#]|\#[^\n]*)*\)|(?:[^\n\#;\\]|\\\n)*)"
)
_BEGINS = re.compile(r"^|[;:]", re.MULTILINE)
_TARGET = re.compile(r"[ \t]*([^\W\d]\w*)[ \t]*(?::[^=\n\[({]*|:[^=\n]*)?=(?!=)")
# To look for more names one by one takes longer than to gather all that stand in a file.
_MANY_NAMES = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """One statement; `owner` is the number of the class piece that it stands in, or -1."""

    piece: Piece
    owner: int = -1


@dataclass(frozen=True, slots=True)
class Reaching:
    """An import or `global` statement, whose names count anywhere, by its offsets."""

    start: int
    end: int
    names: frozenset[str]


def _reaching_in(text: str) -> Iterator[re.Match[str]]:
    """The import and `global` statements of a text, found by these words, in order."""
    behind = 0
    for place in sorted([*places_of(Word("import"), text), *places_of(Word("global"), text)]):
        if place < behind:
            continue
        found = _reaching_over(text, _line_start(text, behind, place), place)
        if found is not None:
            yield found
        behind = place if found is None else found.end()


def _reaching_over(text: str, start: int, place: int) -> re.Match[str] | None:
    """The first statement from a place on that takes in another one."""
    for begin in _BEGINS.finditer(text, start, place):
        found = _REACHING.match(text, begin.start())
        if found is not None and found.end() > place:
            return found
    return None


def _line_start(text: str, least: int, place: int) -> int:
    """Where the line of a place begins, with the lines that go on in it by a backslash."""
    start = text.rfind("\n", least, place) + 1
    while start > 1 and text[start - 2] == "\\":
        start = text.rfind("\n", least, start - 1) + 1
    return max(start, least)


class Cells:
    """The statements of a module, those of the classes that may be cut one by one."""

    def __init__(self, text: str, outline: Outline) -> None:
        self.text = text
        self.outline = outline
        self.cells: list[Cell] = [Cell(piece) for piece in outline.pieces]
        self._offsets = [0, *accumulate([len(line) + 1 for line in outline.lines])]
        self._starts = [cell.piece.start for cell in self.cells]
        self._asked = 0

    def cut(self, numbers: Iterable[int]) -> None:
        """Cut these cells that are classes into their heads and statements."""
        chosen = set(numbers)
        cells: list[Cell] = []
        for number, cell in enumerate(self.cells):
            inner: tuple[Piece, ...] = ()
            if number in chosen and cell.piece.kind is Kind.CLASS:
                inner = self.outline.inside(cell.piece)
            if inner:
                owner = len(cells)
                piece = cell.piece
                head = Piece(piece.start, inner[0].start, piece.head, Kind.CLASS, piece.name)
                cells.append(Cell(head, owner))
                cells.extend(Cell(part, owner) for part in inner)
            else:
                cells.append(cell)
        self.cells = cells
        self._starts = [cell.piece.start for cell in cells]

    def at(self, offset: int) -> int:
        """The number of the cell that holds an offset of the text."""
        return self.at_line(self.line_at(offset))

    def at_line(self, line: int) -> int:
        """The number of the cell that holds a line."""
        return max(bisect_right(self._starts, line) - 1, 0)

    def text_of(self, number: int) -> str:
        """The text of a cell."""
        piece = self.cells[number].piece
        return self.text[self._offsets[piece.start] : self._offsets[piece.end]]

    def names_in(self, number: int) -> set[str]:
        """All names in a cell, and words of its strings and comments."""
        return names_in(self.text_of(number))

    def is_head(self, number: int) -> bool:
        """Whether a cell is the head of a class that was cut."""
        return self.cells[number].owner == number

    def body_of(self, head: int) -> Iterator[int]:
        """The numbers of the statements of a class that was cut."""
        for number in range(head + 1, len(self.cells)):
            if self.cells[number].owner != head:
                return
            yield number

    def bound_by(self, number: int) -> set[str]:
        """The names to which a cell may give a meaning around it, or more of them."""
        piece = self.cells[number].piece
        if piece.kind.defines:
            return {piece.name}
        text = self.text_of(number)
        target = _TARGET.match(text) if piece.kind is Kind.SIMPLE and ":=" not in text else None
        return {target[1]} if target is not None else names_in(_code_in(text))

    @cached_property
    def reaching(self) -> list[Reaching]:
        """Import and `global` statements, wherever they stand."""
        return [
            Reaching(found.start(), found.end(), frozenset(names_in(found[0])))
            for found in _reaching_in(self.text)
        ]

    def line_at(self, offset: int) -> int:
        """The number of the line that holds an offset, from 0."""
        return bisect_right(self._offsets, offset) - 1

    def start_of_code(self, offset: int) -> int:
        """The first line of the logical line that holds an offset."""
        starts = self.outline.starts
        return starts[bisect_right(starts, self.line_at(offset)) - 1]

    def end_of_code(self, start: int) -> int:
        """The line behind the logical line that begins at a line."""
        starts = self.outline.starts
        place = bisect_right(starts, start)
        return starts[place] if place < len(starts) else len(self.outline.lines)

    def starts_in(self, start: int, end: int) -> list[int]:
        """The first of each logical line of code from one line to another."""
        starts = self.outline.starts
        found = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        return [line for line in found if self.holds_code(line)]

    def heads_block(self, line: int) -> bool:
        """Whether the logical line that begins at a line stands over an indented one."""
        starts = self.outline.starts
        behind = (starts[n] for n in range(bisect_right(starts, line), len(starts)))
        below = next(filter(self.holds_code, behind), None)
        return below is not None and len(self.indent_of(below)) > len(self.indent_of(line))

    def holds_code(self, line: int) -> bool:
        """Whether a line is neither blank nor a comment."""
        return not is_blank(self.outline.lines[line])

    def indent_of(self, line: int) -> str:
        """What stands in front of the code of a line."""
        return indent_of(self.outline.lines[line])

    def lines_alone(self, reaching: Reaching) -> tuple[str, ...]:
        """The lines of an import that surely begins a statement's line; none for all others."""
        text = self.text[reaching.start : reaching.end].strip()
        if text[0] in ";:" or text.startswith("global"):
            return ()
        if not self.outline.begins(self.line_at(reaching.start)):
            return ()
        return tuple(text.split("\n"))

    def mentioning(self, names: Collection[str]) -> set[int]:
        """The numbers of the cells in which one of these names stands."""
        self._asked += len(names)
        if self._asked > _MANY_NAMES:
            return {number for name in names for number in self._speaking.get(name, ())}
        words = [Word(name, whole=True) for name in names]
        return {self.at(offset) for word in words for offset in places_of(word, self.text)}

    @cached_property
    def _speaking(self) -> dict[str, list[int]]:
        """The numbers of the cells in which each name stands."""
        speaking: dict[str, list[int]] = {}
        for number in range(len(self.cells)):
            for name in self.names_in(number):
                speaking.setdefault(name, []).append(number)
        return speaking

    def bound(self, names: Iterable[str]) -> set[str]:
        """The names that the module surely binds or does not speak of, `*` for unknown ones."""
        words = {name: Word(name, whole=True, free=True) for name in names}
        code = self.outline.code
        found = {
            name
            for name, word in words.items()
            if not self.outline.speaks_of(word) or binds(code, name)
        }
        return found | ({"*"} if binds_unknown(code) else set())


def _code_in(text: str) -> str:
    """The code of a statement, that in strings with holes included; all where one is not sure."""
    code = code_of(text) if '"' in text or "'" in text else None
    return text if code is None else f"{code.text}\n{code.holes}"


def names_in(text: str) -> set[str]:
    """The names in a piece of code, keywords left out."""
    return set(_NAME.findall(text)) - _KEYWORDS


def offsets_of(leaf: Leaf, text: str, lower: str | None) -> Iterator[int]:
    """Where a word or what an expression finds stands; `lower` is None where case may differ."""
    if isinstance(leaf, Shape):
        for found in re.finditer(leaf.regex, text):
            space = len(found[0]) - len(found[0].lstrip())
            yield from range(found.start() + space, found.end() + 1)
    elif not leaf.folded:
        yield from places_of(leaf, text)
    elif lower is not None:
        yield from places_of(Word(leaf.text), lower)
    else:
        for found in re.finditer(re.escape(leaf.text), text, re.IGNORECASE):
            yield found.start()
