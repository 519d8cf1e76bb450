"""Ranges of code with bindings, and what formulas do with sets of them.

A range is measured in places of the tree, so that no position is computed for what is
dropped again; where a regular expression takes part, in lines and columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain

import libcst as cst

from stuck_rules.patterns.agreeing import Agreeing
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.matchers.items import limit_ways
from stuck_rules.values import dataclass, replace

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


class _Cover:
    """Extents, to be asked whether one of them holds another extent or lies in it."""

    def __init__(self) -> None:
        self._extents: list[Extent] = []

    def add(self, extent: Extent) -> None:
        """Add an extent; all are added before the first question."""
        self._extents.append(extent)

    @cached_property
    def _starts(self) -> list[Point]:
        return [start for start, _ in sorted(self._extents)]

    @cached_property
    def _farthest(self) -> list[Point]:
        """The last end of each extent and those that start before it."""
        return list(accumulate((end for _, end in sorted(self._extents)), max))

    @cached_property
    def _nearest(self) -> list[Point]:
        """The first end of each extent and those that start behind it."""
        ends = [end for _, end in sorted(self._extents)]
        return list(accumulate(reversed(ends), min))[::-1]

    def holds(self, inner: Extent) -> bool:
        """Whether an extent lies within one of these; equal counts."""
        last = bisect_right(self._starts, inner[0])
        return last > 0 and self._farthest[last - 1] >= inner[1]

    def holds_smaller(self, inner: Extent) -> bool:
        """Whether an extent lies within a larger one."""
        start, end = inner
        before, last = bisect_left(self._starts, start), bisect_right(self._starts, start)
        if before and self._farthest[before - 1] >= end:
            return True
        return last > 0 and self._farthest[last - 1] > end

    def lies_in(self, outer: Extent) -> bool:
        """Whether one of these lies within an extent."""
        first = bisect_left(self._starts, outer[0])
        return first < len(self._starts) and self._nearest[first] <= outer[1]


def _covers(outers: Sequence[Range], names: frozenset[str] | None = None) -> Agreeing[_Cover]:
    """What ranges cover, by their bindings, or by those of some names alone."""
    covers: dict[Env, _Cover] = {}
    for outer in outers:
        env = outer.env if names is None else outer.env.only(names)
        covers.setdefault(env, _Cover()).add(outer.extent)
    return Agreeing(covers.items())


def distinct(ranges: Iterable[Range]) -> list[Range]:
    """Each range with the same bindings once, in order of appearance."""
    return list({(found.extent, found.env): found for found in ranges}.values())


def _limited(ranges: Iterator[Range], size: int) -> Iterator[Range]:
    """What a join finds, as long as it stays in proportion to what is joined."""
    for number, found in enumerate(ranges):
        limit_ways(number, size=size)
        yield found


def _within(
    ranges: Sequence[Range], outers: Sequence[Range], holds: Callable[[_Cover, Extent], bool]
) -> Iterator[Range]:
    """The ranges within an outer one that agrees; one for each outer binding."""
    covers = _covers(outers)
    for found in ranges:
        for env, cover in covers.find(found.env):
            merged = found.env.merge(env) if holds(cover, found.extent) else None
            if merged is not None:
                yield replace(found, env=merged)


def intersect(left: Sequence[Range], right: Sequence[Range]) -> list[Range]:
    """Of each nested pair that agrees, the smaller range."""
    pairs = chain(_within(right, left, _Cover.holds), _within(left, right, _Cover.holds_smaller))
    return distinct(_limited(pairs, len(left) + len(right)))


def keep_inside(ranges: Sequence[Range], outers: Sequence[Range]) -> list[Range]:
    """The ranges within an outer one that agrees; one for each outer binding."""
    return distinct(_limited(_within(ranges, outers, _Cover.holds), len(ranges) + len(outers)))


def drop_inside(ranges: Sequence[Range], outers: Sequence[Range]) -> list[Range]:
    """The ranges within no outer one that agrees."""
    covers = _covers(outers, frozenset(name for found in ranges for name, _ in found.env.bound))
    return [
        found
        for found in ranges
        if not any(
            cover.holds(found.extent) and found.env.agrees(env)
            for env, cover in covers.find(found.env)
        )
    ]


def drop_equal(ranges: Sequence[Range], others: Sequence[Range]) -> list[Range]:
    """The ranges that no other equals and agrees with."""
    by_extent: dict[Extent, list[tuple[Env, None]]] = {}
    for other in others:
        by_extent.setdefault(other.extent, []).append((other.env, None))
    equals = {extent: Agreeing(pairs) for extent, pairs in by_extent.items()}
    return [
        found
        for found in ranges
        if found.extent not in equals
        or not any(found.env.agrees(env) for env, _ in equals[found.extent].find(found.env))
    ]


def drop_nested(ranges: Sequence[Range], others: Sequence[Range]) -> list[Range]:
    """The ranges that neither lie within another nor hold one."""
    cover = _Cover()
    for other in others:
        cover.add(other.extent)
    return [
        found
        for found in ranges
        if not cover.holds(found.extent) and not cover.lies_in(found.extent)
    ]
