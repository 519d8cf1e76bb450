"""What else must be kept, so that names mean in an excerpt what they mean in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from stuck_rules.model.excerpt import Excerpt
from stuck_rules.narrowing.cells import Cells, Reaching
from stuck_rules.narrowing.outline import Kind

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
        self._waiting: list[int] = []
        self._names: set[str] = set()
        self._binders: dict[str, list[int]] = {}
        self._reaching: dict[str, list[Reaching]] = {}

    def excerpt(
        self, followed: Collection[int], plain: Iterable[int], *, branches: bool
    ) -> Excerpt:
        """The excerpt that holds these cells, with what the names of the `followed` ones mean."""
        if followed:
            self._index()
            for number in followed:
                self._keep(number)
            if branches:
                self._keep_branches()
        while self._waiting:
            self._follow(self._cells.names_in(self._waiting.pop()))
        for number in plain:
            owner = self._cells.cells[number].owner
            self._kept.update((number,) if owner < 0 else (owner, number))
        return self._written()

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

    def _written(self) -> Excerpt:
        writer = _Writer(self._cells)
        stubs = self._stubs_of_kept()
        for number in sorted(self._kept | stubs.keys()):
            if number in self._kept:
                writer.add_cell(number)
            else:
                writer.add_stub(number, stubs[number])
        if len(writer.text) > len(self._cells.outline.lines) * _MOST:
            writer = _Writer(self._cells)
            for number in range(len(self._cells.cells)):
                writer.add_cell(number)
        return writer.excerpt()


class _Writer:
    """Writes an excerpt line by line."""

    def __init__(self, cells: Cells) -> None:
        self.text: list[str] = []
        self._cells = cells
        self._lines: list[int] = []
        self._hidden: set[int] = set()

    def add_cell(self, number: int) -> None:
        """A statement as it stands."""
        piece = self._cells.cells[number].piece
        self.text.extend(self._cells.outline.lines[piece.start : piece.end])
        self._lines.extend(range(piece.start + 1, piece.end + 1))

    def add_stub(self, number: int, imports: Iterable[Reaching]) -> None:
        """A definition's name, and in a function of that name what is imported within."""
        piece = self._cells.cells[number].piece
        head = self._cells.outline.lines[piece.head]
        indent = head[: len(head) - len(head.lstrip())]
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
            for line, text in enumerate([f"{indent}{_INDENT}{start}", *others], first):
                self._hide(text, line)

    def _hide(self, text: str, line: int) -> None:
        self.text.append(text)
        self._lines.append(line + 1)
        self._hidden.add(line + 1)

    def excerpt(self) -> Excerpt:
        """What was written."""
        return Excerpt("\n".join([*self.text, ""]), tuple(self._lines), frozenset(self._hidden))
