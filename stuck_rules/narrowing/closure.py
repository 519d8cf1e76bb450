"""What else must be kept, so that names mean in an excerpt what they mean in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stuck_rules.model.excerpt import Excerpt
from stuck_rules.narrowing.cells import Cells
from stuck_rules.narrowing.outline import Kind

_LEAVES = re.compile(r"\b(?:raise|return|continue|break|exit|_exit|abort|quit)\b")
# An excerpt that is nearly the whole file is not worth the care.
_MOST = 0.7


class Closure:
    """Follows the names of what is kept to what gives them their meaning."""

    def __init__(self, cells: Cells, *, follows: bool) -> None:
        self._cells = cells
        self._follows = follows
        self._kept: set[int] = set()
        self._stubs: set[int] = set()
        self._waiting: list[int] = []
        self._names: set[str] = set()
        self._binders: dict[str, list[int]] = {}
        self._reaching: dict[str, set[int]] = {}

    def excerpt(self, chosen: Iterable[int], *, branches: bool) -> Excerpt | None:
        """The excerpt that holds these cells, None where it is nearly all of the file."""
        if self._follows:
            self._index()
        for number in chosen:
            self._keep(number)
        if branches:
            self._keep_branches()
        while self._waiting and self._follows:
            self._follow(self._cells.names_in(self._waiting.pop()))
        return self._written()

    def _index(self) -> None:
        """Who gives a meaning to each name, and where imports stand that count everywhere."""
        for number, cell in enumerate(self._cells.cells):
            if cell.owner < 0 or cell.owner == number:
                for name in self._cells.bound_by(number):
                    self._binders.setdefault(name, []).append(number)
        for start, _, names in self._cells.reaching:
            number = self._cells.at(start if self._cells.text[start] != "\n" else start + 1)
            for name in names:
                self._reaching.setdefault(name, set()).add(number)

    def _keep(self, number: int) -> None:
        if number in self._kept:
            return
        self._kept.add(number)
        self._stubs.discard(number)
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
        if not self._cells.cells[number].piece.kind.defines:
            self._keep(number)
        elif number not in self._kept:
            self._stubs.add(number)

    def _follow(self, names: set[str]) -> None:
        new = names - self._names
        self._names |= new
        for name in new:
            for number in self._binders.get(name, ()):
                self._bind(number)
            for number in self._reaching.get(name, ()):
                self._keep(number)

    def _keep_branches(self) -> None:
        """The `if` statements in front of what is kept that may leave the module or class."""
        last = max(self._kept)
        for number, cell in enumerate(self._cells.cells[:last]):
            if cell.piece.kind is Kind.BRANCH and _LEAVES.search(self._cells.text_of(number)):
                if cell.owner < 0 or cell.owner in self._kept:
                    self._keep(number)

    def _written(self) -> Excerpt | None:
        all_lines = self._cells.outline.lines
        text: list[str] = []
        lines: list[int] = []
        hidden: set[int] = set()
        for number in sorted(self._kept | self._stubs):
            piece = self._cells.cells[number].piece
            if number in self._kept:
                text.extend(all_lines[piece.start : piece.end])
                lines.extend(range(piece.start + 1, piece.end + 1))
                continue
            head = all_lines[piece.head]
            indent = head[: len(head) - len(head.lstrip())]
            word = "class" if piece.kind is Kind.CLASS else "def"
            text.append(f"{indent}{word} {piece.name}{'' if word == 'class' else '()'}: pass")
            lines.append(piece.head + 1)
            hidden.add(piece.head + 1)
        if len(text) > len(all_lines) * _MOST:
            return None
        return Excerpt("\n".join([*text, ""]), tuple(lines), frozenset(hidden))
