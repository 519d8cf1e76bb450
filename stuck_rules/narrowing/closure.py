"""What else must be kept, so that names mean in an excerpt what they mean in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from stuck_rules.model.excerpt import Excerpt
from stuck_rules.narrowing.cells import Cells, Reaching
from stuck_rules.narrowing.outline import Kind
from stuck_rules.values import replace

_LEAVES = re.compile(r"\b(?:raise|return|continue|break|exit|_exit|abort|quit)\b")
# Where an excerpt is nearly the whole file, that takes as little time.
_MOST = 0.7
_INDENT = "    "


class Closure:
    """Follows the names of what is kept to what gives them their meaning."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._kept: set[int] = set()
        # Definitions kept for their names alone, with the imports in them that count elsewhere.
        self._stubs: dict[int, list[Reaching]] = {}
        # Lines of functions that are not kept, by where they begin.
        self._lines: dict[int, list[int]] = {}
        self._waiting: list[int] = []
        self._names: set[str] = set()
        self._binders: dict[str, list[int]] = {}
        self._reaching: dict[str, list[Reaching]] = {}

    def follow(self, numbers: Collection[int], *, branches: bool) -> None:
        """Keep these cells with what their names mean, and the branches above them if wanted."""
        if not numbers:
            return
        self._index()
        for number in numbers:
            self._keep(number)
        if branches:
            self._keep_branches()
        while self._waiting:
            self._follow(self._cells.names_in(self._waiting.pop()))

    def add(self, numbers: Iterable[int], lines: Iterable[int]) -> None:
        """Keep these cells too, and the logical lines that begin at these lines."""
        for number in numbers:
            self._add(number)
        for line in lines:
            number = self._cells.at_line(line)
            cell = self._cells.cells[number]
            if cell.piece.kind is Kind.DEFINITION and line > cell.piece.head:
                self._lines.setdefault(number, []).append(line)
                self._add(cell.owner)
            else:
                self._add(number)

    def add_beginning(self) -> None:
        """Keep the imports that the module begins with, and the statement that ends them."""
        for number, cell in enumerate(self._cells.cells):
            kind = cell.piece.kind
            if number and kind.defines:
                self._stubs.setdefault(number, [])
            else:
                self._kept.update((number, *self._cells.body_of(number)))
            if kind.defines or (number and kind is Kind.SIMPLE):
                return

    def _add(self, number: int) -> None:
        """Keep a cell, if it is one, with the head of the class that it stands in."""
        if number >= 0:
            owner = self._cells.cells[number].owner
            self._kept.update((number,) if owner < 0 else (owner, number))

    def excerpt(self, *, edits: bool) -> Excerpt:
        """The excerpt that holds what is kept; `edits` says that this is enough for edits."""
        writer = _Writer(self._cells)
        stubs = self._stubs_of_kept()
        for number in sorted(self._kept | stubs.keys() | self._lines.keys()):
            imports, lines = stubs.get(number, ()), self._lines.get(number, ())
            if number in self._kept or (imports and lines):
                writer.add_cell(number)
            elif lines:
                writer.add_lines(number, sorted(lines))
            else:
                writer.add_stub(number, imports)
        if len(writer.text) > len(self._cells.outline.lines) * _MOST:
            writer = _Writer(self._cells)
            for number in range(len(self._cells.cells)):
                writer.add_cell(number)
        return replace(writer.excerpt(), edits=edits)

    def _index(self) -> None:
        """Who gives a meaning to each name, and which imports count everywhere."""
        for number, cell in enumerate(self._cells.cells):
            if cell.owner < 0 or cell.owner == number:
                for name in self._cells.bound_by(number):
                    self._binders.setdefault(name, []).append(number)
        for reaching in self._cells.reaching:
            for name in reaching.names:
                self._reaching.setdefault(name, []).append(reaching)
            if self._cells.text[reaching.start : reaching.end].rstrip(" \t)").endswith("*"):
                # It may bind any name.
                self._reach(reaching)

    def _keep(self, number: int) -> None:
        if number in self._kept:
            return
        self._kept.add(number)
        self._waiting.append(number)
        owner = self._cells.cells[number].owner
        if owner >= 0 and owner not in self._kept:
            self._open(owner)

    def _open(self, head: int) -> None:
        """Keep a class's head; from now on, what its statements bind counts."""
        self._keep(head)
        for number in self._cells.body_of(head):
            for name in self._cells.bound_by(number):
                self._binders.setdefault(name, []).append(number)
                if name in self._names:
                    self._bind(number)

    def _bind(self, number: int) -> None:
        """Keep what gives a meaning to a name; of a definition, its name is enough."""
        if self._cells.cells[number].piece.kind.defines:
            self._stubs.setdefault(number, [])
        else:
            self._keep(number)

    def _reach(self, reaching: Reaching) -> None:
        """Keep an import; the definition that it stands in matters to no other."""
        number = self._cells.at(reaching.start)
        kind = self._cells.cells[number].piece.kind
        if kind.defines and self._cells.lines_alone(reaching):
            self._stubs.setdefault(number, []).append(reaching)
        else:
            self._keep(number)

    def _follow(self, names: set[str]) -> None:
        new = names - self._names
        self._names |= new
        for name in new:
            for number in self._binders.get(name, ()):
                self._bind(number)
            for reaching in self._reaching.get(name, ()):
                self._reach(reaching)

    def _keep_branches(self) -> None:
        """The `if` statements in front of what is kept that may leave the module or class."""
        last = max(self._kept)
        for number, cell in enumerate(self._cells.cells[:last]):
            if cell.piece.kind is Kind.BRANCH and _LEAVES.search(self._cells.text_of(number)):
                if cell.owner < 0 or cell.owner in self._kept:
                    self._keep(number)

    def _stubs_of_kept(self) -> dict[int, list[Reaching]]:
        """The stubs; of a class that is not kept, one for all that stands in it."""
        found: dict[int, list[Reaching]] = {}
        for number, imports in self._stubs.items():
            owner = self._cells.cells[number].owner
            is_alone = owner < 0 or owner in self._kept
            found.setdefault(number if is_alone else owner, []).extend(imports)
        return found


class _Writer:
    """Writes an excerpt line by line."""

    def __init__(self, cells: Cells) -> None:
        self.text: list[str] = []
        self._cells = cells
        self._lines: list[int] = []
        self._hidden: set[int] = set()
        self._starts: list[int] = []

    def add_cell(self, number: int) -> None:
        """A statement as it stands."""
        piece = self._cells.cells[number].piece
        self._show(piece.start, piece.end)

    def add_stub(self, number: int, imports: Iterable[Reaching]) -> None:
        """A definition's name, and in a function of that name what is imported within."""
        piece = self._cells.cells[number].piece
        indent = self._cells.indent_of(piece.head)
        inner = sorted(set(imports), key=lambda reaching: reaching.start)
        end = ":" if inner else ": pass"
        if piece.kind is Kind.CLASS:
            self._hide(f"{indent}class {piece.name}{end}", piece.head)
            indent += _INDENT
        if inner or piece.kind is Kind.DEFINITION:
            self._hide(f"{indent}def {piece.name}(){end}", piece.head)
        for reaching in inner:
            first = self._cells.line_at(reaching.start)
            start, *others = self._cells.lines_alone(reaching)
            self._hide(f"{indent}{_INDENT}{start}", first)
            for line, text in enumerate(others, first + 1):
                self._hide(text, line, begins=False)

    def add_lines(self, number: int, starts: Collection[int]) -> None:
        """Logical lines of a function as they stand, in one of its name; deeper ones in a block."""
        piece = self._cells.cells[number].piece
        self._hide(f"{self._cells.indent_of(piece.head)}def {piece.name}():", piece.head)
        least = min(map(self._cells.indent_of, starts), key=len)
        for start in starts:
            if self._cells.indent_of(start) != least:
                self._hide(f"{least}if 1:", piece.head)
            self._show(start, self._cells.end_of_code(start))

    def _show(self, start: int, end: int) -> None:
        first = len(self.text) + 1 - start
        self._starts.extend(first + line for line in self._cells.starts_in(start, end))
        self.text.extend(self._cells.outline.lines[start:end])
        self._lines.extend(range(start + 1, end + 1))

    def _hide(self, text: str, line: int, *, begins: bool = True) -> None:
        self.text.append(text)
        self._starts.extend([len(self.text)] if begins else [])
        self._lines.append(line + 1)
        self._hidden.add(line + 1)

    def excerpt(self) -> Excerpt:
        """What was written."""
        text = "\n".join([*self.text, ""])
        return Excerpt(text, tuple(self._lines), frozenset(self._hidden), tuple(self._starts))
