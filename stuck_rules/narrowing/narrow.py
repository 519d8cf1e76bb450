"""Which part of a file is enough for the rules that its words admit.

Statements in which a rule's words stand are kept with what their names mean in the module. All
that is left out can neither match nor change what matches; where one cannot be sure of that,
nothing is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from stuck_rules.checks.spec import Meaning
from stuck_rules.cst.depth import is_too_deep
from stuck_rules.model.excerpt import Excerpt
from stuck_rules.model.rule import Rule
from stuck_rules.model.source import normalise_text
from stuck_rules.model.words import Leaf, Word, holds, leaves_of, places_of
from stuck_rules.narrowing.cells import Cells, offsets_of
from stuck_rules.narrowing.closure import Closure
from stuck_rules.narrowing.needs import Need, need_of
from stuck_rules.narrowing.outline import Outline, outline_of
from stuck_rules.narrowing.syntax import is_python

NOTHING = Excerpt("", ())


def excerpt_of(text: str, rules: Sequence[Rule], *, edits: bool = False) -> Excerpt | None:
    """The part of a file's text that is enough for the rules, None for all of it.

    An empty excerpt says that no rule can match. With `edits` it is enough for the imports that
    are added, too.
    """
    text = normalise_text(text)
    excerpt = narrow(text, rules, edits=edits)
    # What is left out must be Python too, or the file as a whole was not checked.
    return excerpt if excerpt is not None and is_python(text) else None


def narrow(text: str, rules: Sequence[Rule], *, edits: bool = False) -> Excerpt | None:
    """The excerpt of a normalised text, if that is Python as a whole."""
    needs = [need for rule in rules if (need := need_of(rule)) is not None]
    if len(needs) < len(rules):
        return None
    outline = outline_of(text)
    if outline is None or not outline.pieces:
        return None
    if outline.long and _nests_too_deeply(outline):
        return None
    if any(need.stars for need in needs) and any("*" in line for line in _import_lines(text)):
        return None
    cells = Cells(text, outline)
    words = _Words(cells, needs)
    if not any(need.classes for need in needs):
        cells.cut(cells.at(offset) for places in words.offsets.values() for offset in places)
    followed = words.chosen([need for need in needs if _follows(need)])
    others = [need for need in needs if not _follows(need)]
    plain = words.chosen([need for need in others if not need.part.alone])
    lines = words.lines([need for need in others if need.part.alone])
    if not followed and not plain and not lines:
        return NOTHING
    closure = Closure(cells)
    closure.follow(followed, branches=any(need.part.branches for need in needs))
    closure.add(plain, lines)
    imports = {name for need in needs for name in need.part.imports} if edits else set()
    if imports:
        closure.add(cells.mentioning(imports), ())
        closure.add_beginning()
    return closure.excerpt(edits=edits)


def _nests_too_deeply(outline: Outline) -> bool:
    """Whether some logical line does; one that is not long cannot."""
    ends = (*outline.starts[1:], len(outline.lines))
    lines = zip(outline.starts, ends, strict=True)
    return any(is_too_deep("\n".join(outline.lines[start:end])) for start, end in lines)


def _follows(need: Need) -> bool:
    """Whether it counts for a rule what stands around a statement."""
    return need.part.meaning is not Meaning.NONE or need.part.branches


def _import_lines(text: str) -> Iterator[str]:
    for place in places_of(Word("import"), text):
        yield text[place : text.find("\n", place)]


def _without(leaves: set[Leaf], gone: set[str]) -> set[Leaf]:
    """The words but those that are `gone`."""
    if not gone:
        return leaves
    return {leaf for leaf in leaves if not (isinstance(leaf, Word) and leaf.text in gone)}


def _is_told_only(leaf: Leaf, outline: Outline) -> bool:
    """Whether a word of code stands in strings and comments alone."""
    if not isinstance(leaf, Word) or not leaf.code:
        return False
    return not outline.speaks_of(Word(leaf.text, whole=True))


class _Words:
    """Where the words of all rules stand, and what they reach by the names of the module."""

    def __init__(self, cells: Cells, needs: Sequence[Need]) -> None:
        self._cells = cells
        lower = cells.text.lower() if cells.text.isascii() else None
        leaves = {leaf for need in needs for leaf in leaves_of(need.part.words)}
        self.offsets: dict[Leaf, list[int]] = {
            leaf: list(offsets_of(leaf, cells.text, lower))
            for leaf in leaves
            if not _is_told_only(leaf, cells.outline)
        }
        leading = (need.part.words for need in needs if need.part.meaning is Meaning.WORDS)
        self._leading = {leaf for words in leading for leaf in leaves_of(words)}
        # The words that a name has taken to where it stands: many cells may bind the same one.
        self._told: dict[str, set[Leaf]] = {}

    def chosen(self, needs: Sequence[Need]) -> set[int]:
        """The cells in which all words of some of these rules stand, or to which they lead."""
        held = self._held
        found: set[int] = set()
        for need in needs:
            gone: set[str] = set()
            if need.part.unbound:
                gone = self._cells.bound(need.part.unbound)
                if "*" in gone:
                    continue
            led = self._led if need.part.meaning is Meaning.WORDS else held
            for cell, leaves in led.items():
                if cell not in found and holds(need.part.words, _without(leaves, gone)):
                    found.add(cell)
        return found

    def lines(self, needs: Sequence[Need]) -> list[int]:
        """The simple statements with all words of some of these rules, by their first lines."""
        held: dict[int, set[Leaf]] = {}
        for leaf in {leaf for need in needs for leaf in leaves_of(need.part.words)}:
            for offset in self.offsets.get(leaf, ()):
                held.setdefault(self._cells.start_of_code(offset), set()).add(leaf)
        return [
            line
            for line, leaves in held.items()
            if self._cells.holds_code(line)
            and not self._cells.heads_block(line)
            and any(holds(need.part.words, leaves) for need in needs)
        ]

    @cached_property
    def _held(self) -> dict[int, set[Leaf]]:
        """The words that stand in each cell; those of a class's head count in all of it."""
        held: dict[int, set[Leaf]] = {}
        for leaf, offsets in self.offsets.items():
            for offset in offsets:
                held.setdefault(self._cells.at(offset), set()).add(leaf)
        for number in [number for number in held if self._cells.is_head(number)]:
            for cell in self._cells.body_of(number):
                held.setdefault(cell, set()).update(held[number])
        return held

    @cached_property
    def _led(self) -> dict[int, set[Leaf]]:
        """The words of each cell with those that stand where its names come from."""
        held = ((number, leaves & self._leading) for number, leaves in self._held.items())
        led = {number: leaves for number, leaves in held if leaves}
        waiting = list(self._imports())
        waiting.extend(self._led_on(number, leaves) for number, leaves in led.items())
        while waiting:
            cells, leaves = waiting.pop()
            for cell in cells:
                known = led.setdefault(cell, set())
                if not leaves <= known:
                    known |= leaves
                    waiting.append(self._led_on(cell, known))
        return led

    def _imports(self) -> Iterator[tuple[set[int], set[Leaf]]]:
        """The cells that imports lead to, wherever those stand, with the words in them."""
        reaching = self._cells.reaching
        starts = [one.start for one in reaching]
        found: dict[int, set[Leaf]] = {}
        for leaf in self._leading:
            for offset in self.offsets.get(leaf, ()):
                place = bisect_right(starts, offset) - 1
                if place >= 0 and offset < reaching[place].end:
                    found.setdefault(place, set()).add(leaf)
        for place, leaves in found.items():
            yield self._cells.mentioning(reaching[place].names), leaves

    def _led_on(self, number: int, leaves: set[Leaf]) -> tuple[set[int], set[Leaf]]:
        """The cells that a cell's words count for too: those with its names, or in its class."""
        cells = self._cells
        if cells.is_head(number):
            return set(cells.body_of(number)), set(leaves)
        if cells.cells[number].piece.kind.defines:
            return set(), set()
        names = [n for n in cells.bound_by(number) if not leaves <= self._told.get(n, set())]
        for name in names:
            self._told[name] = leaves | self._told.get(name, set())
        return cells.mentioning(names), set(leaves)
