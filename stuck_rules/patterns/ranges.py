"""Ranges of code with bindings, and what formulas do with sets of them.

A range is measured in places of the tree, so that no position is computed for what is
dropped again; where a regular expression takes part, in lines and columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.matchers.items import limit_ways

Point = tuple[int, int]
Extent = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of code, and what was bound on the way to it.

    `nodes` are the first and last node, none for what a regular expression found; `focus` is
    the binding that a focus narrowed it to.
    """

    extent: Extent
    env: Env
    nodes: tuple[cst.CSTNode, ...] = ()
    focus: Bound | None = None


def contains(outer: Extent, inner: Extent) -> bool:
    """Whether one extent lies within another; equal counts."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _start_of(found: Range) -> Point:
    return found.extent[0]


def nested(outers: Iterable[Range], inners: Sequence[Range]) -> Iterator[tuple[Range, Range]]:
    """All pairs of an outer and an inner range within it."""
    ordered = sorted(inners, key=_start_of)
    starts = [_start_of(inner) for inner in ordered]
    for outer in outers:
        place = bisect_left(starts, outer.extent[0])
        while place < len(ordered) and starts[place] <= outer.extent[1]:
            if ordered[place].extent[1] <= outer.extent[1]:
                yield outer, ordered[place]
            place += 1


def _merged(kept: Range, other: Range) -> Iterator[Range]:
    """The range kept with both bindings, if they agree."""
    env = kept.env.merge(other.env)
    if env is not None:
        yield replace(kept, env=env)


def distinct(ranges: Iterable[Range]) -> list[Range]:
    """Each range with the same bindings once, in order of appearance."""
    return list({(found.extent, found.env): found for found in ranges}.values())


def _limited(ranges: Iterator[Range], size: int) -> Iterator[Range]:
    """What a join finds, as long as it stays in proportion to what is joined."""
    for number, found in enumerate(ranges):
        limit_ways(number, size=size)
        yield found


def intersect(left: Sequence[Range], right: Sequence[Range]) -> list[Range]:
    """Of each nested pair that agrees, the smaller range."""
    return distinct(_limited(_smaller(left, right), len(left) + len(right)))


def _smaller(left: Sequence[Range], right: Sequence[Range]) -> Iterator[Range]:
    for outer, inner in nested(left, right):
        yield from _merged(inner, outer)
    for outer, inner in nested(right, left):
        if outer.extent != inner.extent:
            yield from _merged(inner, outer)


def keep_inside(ranges: Sequence[Range], outers: Sequence[Range]) -> list[Range]:
    """The ranges within an outer one that agrees; one for each outer binding."""
    kept = (found for outer, inner in nested(outers, ranges) for found in _merged(inner, outer))
    return distinct(_limited(kept, len(ranges) + len(outers)))


def drop_inside(ranges: Sequence[Range], outers: Sequence[Range]) -> list[Range]:
    """The ranges within no outer one that agrees."""
    inside = {id(inner) for outer, inner in nested(outers, ranges) if inner.env.agrees(outer.env)}
    return [found for found in ranges if id(found) not in inside]


def drop_equal(ranges: Sequence[Range], others: Sequence[Range]) -> list[Range]:
    """The ranges that no other equals and agrees with."""
    by_extent: dict[Extent, list[Range]] = {}
    for other in others:
        by_extent.setdefault(other.extent, []).append(other)
    return [
        found
        for found in ranges
        if not any(found.env.agrees(other.env) for other in by_extent.get(found.extent, ()))
    ]


def drop_nested(ranges: Sequence[Range], others: Sequence[Range]) -> list[Range]:
    """The ranges that neither lie within another nor hold one."""
    hit = {id(inner) for _, inner in nested(others, ranges)}
    hit |= {id(outer) for outer, _ in nested(ranges, others)}
    return [found for found in ranges if id(found) not in hit]
