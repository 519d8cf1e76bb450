"""Which lines of a file say something outside of any entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stuck_rules.lessons.blocks import (
    Block,
    Fence,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Table,
)
from stuck_rules.lessons.prose import Prose, line_span


def _prose(prose: Prose) -> Iterator[tuple[int, int]]:
    span = line_span(prose)
    if span is not None:
        yield span


def _inner(block: Block) -> Iterator[tuple[int, int]]:
    """The spans of what stands inside a list, quote or table."""
    if isinstance(block, Quote):
        yield from _spans(block.blocks)
    elif isinstance(block, ItemList):
        for item in block.items:
            yield from _spans(item.blocks)
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from _prose(cell)


def _spans(blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    for block in blocks:
        if isinstance(block, Heading):
            yield (block.line, block.line)
        elif isinstance(block, Paragraph):
            yield from _prose(block.prose)
        elif isinstance(block, Fence):
            yield block.block_lines
        else:
            yield from _inner(block)


def outside_lines(blocks: Sequence[Block], inside: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """The spans of lines in `blocks` that none of `inside` covers; adjoining ones are joined."""
    covered = set(_spans(inside))
    found: list[tuple[int, int]] = []
    for first, last in dict.fromkeys(_spans(blocks)):
        if (first, last) in covered:
            continue
        if found and first <= found[-1][1] + 2:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)
