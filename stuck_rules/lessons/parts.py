"""An entry's blocks -> its labelled parts, each with the role that its label gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from stuck_rules.lessons.blocks import (
    Block,
    Divider,
    Fence,
    Heading,
    ItemList,
    Paragraph,
    Table,
    unquoted,
)
from stuck_rules.lessons.forms import Label, heading_label, split_labelled
from stuck_rules.lessons.prose import is_blank
from stuck_rules.model.lesson import Role
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for the statements that follow: a label's role, until the next label.

    `is_open` says that unknown labels below keep the role: so it is under a heading without a
    text of its own. `level` is a heading's, `within` the line of the heading around.
    """

    role: Role = Role.NOTE
    label: Label | None = None
    level: int = 0
    within: int = 0
    is_open: bool = False

    @property
    def text(self) -> str:
        """The label as it is written, or nothing."""
        return self.label.text if self.label else ""


@dataclass(frozen=True, slots=True)
class Part:
    """The blocks that one label speaks for."""

    scope: Scope
    blocks: tuple[Block, ...]


def _below(label: Label, around: Scope, level: int = 0) -> Scope:
    inherited = around.role if around.is_open else Role.NOTE
    role = inherited if label.role is None else label.role
    within = around.label.line if around.label else 0
    is_open = level > 0 and role is not Role.NOTE and is_blank(label.value)
    return Scope(role, label, level, within, is_open)


def _opens(following: Block | None) -> bool:
    return isinstance(following, (ItemList, Fence, Table))


class _Splitter:
    """Gathers the parts while the blocks go by; remembers the headings around."""

    def __init__(self, scope: Scope, *, loose: bool) -> None:
        self._loose = loose
        self._headings = [scope]
        self.parts: list[tuple[Scope, list[Block]]] = [(scope, [])]

    def pass_heading(self, heading: Heading) -> None:
        while len(self._headings) > 1 and self._headings[-1].level >= heading.level:
            self._headings.pop()
        label = heading_label(heading.prose, heading.line)
        self._headings.append(_below(label, self._headings[-1], heading.level))
        self._start(self._headings[-1])
        self._add_text(Paragraph(label.value))

    def pass_paragraph(self, paragraph: Paragraph, following: Block | None) -> None:
        pieces = split_labelled(paragraph.prose, opens=_opens(following), loose=self._loose)
        for label, prose in pieces:
            if label is not None:
                self._start(_below(label, self._headings[-1]))
            self._add_text(Paragraph(prose))

    def pass_divider(self) -> None:
        self._start(self._headings[-1])

    def pass_other(self, block: Block) -> None:
        self.parts[-1][1].append(block)

    def _start(self, scope: Scope) -> None:
        self.parts.append((scope, []))

    def _add_text(self, paragraph: Paragraph) -> None:
        if not is_blank(paragraph.prose):
            self.pass_other(paragraph)


def split_parts(blocks: Sequence[Block], scope: Scope, *, loose: bool = True) -> list[Part]:
    """Cut blocks at their labels; what stands before the first one belongs to `scope`."""
    splitter = _Splitter(scope, loose=loose)
    flat = list(unquoted(blocks))
    for block, following in zip_longest(flat, flat[1:]):
        if isinstance(block, Heading):
            splitter.pass_heading(block)
        elif isinstance(block, Paragraph):
            splitter.pass_paragraph(block, following)
        elif isinstance(block, Divider):
            splitter.pass_divider()
        elif block is not None:
            splitter.pass_other(block)
    return [Part(found, tuple(inside)) for found, inside in splitter.parts]


def _is_footer(block: Block, before: Block | None) -> bool:
    if not isinstance(block, Paragraph) or not isinstance(before, Divider):
        return False
    return all(piece.emphasis or piece.is_blank for piece in block.prose)


def without_footers(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out paragraphs wholly in italics right after a divider: they speak of the file."""
    before: Block | None = None
    for block in blocks:
        if not _is_footer(block, before):
            yield block
        before = block
