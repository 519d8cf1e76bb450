"""The blocks of a Markdown file: plain values with the lines where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from stuck_rules.lessons.prose import Prose, flatten
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6, ATX or setext; `own_id` is what a comment beside it names it."""

    level: int
    prose: Prose
    line: int
    anchor: str
    own_id: str | None = None

    @property
    def text(self) -> str:
        """The heading in one line."""
        return flatten(self.prose)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    prose: Prose


@dataclass(frozen=True, slots=True)
class Fence:
    """A code block; `lines` are those of its text, `block_lines` those with its fences."""

    text: str
    language: str
    lines: tuple[int, int]
    block_lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list and all that is indented under it; `own_id` is as a heading's."""

    blocks: tuple[Block, ...]
    own_id: str | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list, with bullets or with numbers."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has as many cells as the header."""

    header: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]


@dataclass(frozen=True, slots=True)
class Divider:
    """A thematic break."""

    line: int


Block: TypeAlias = "Heading | Paragraph | Fence | ItemList | Quote | Table | Divider"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file; `unclosed` are the lines of fences that nothing closes."""

    blocks: tuple[Block, ...]
    unclosed: tuple[int, ...]


def unquoted(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with those of quotes in the place of the quotes."""
    for block in blocks:
        if isinstance(block, Quote):
            yield from unquoted(block.blocks)
        else:
            yield block
