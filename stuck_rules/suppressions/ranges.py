"""Ranges of lines that hold values, asked for a line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Ranges(Generic[_T]):
    """First and last lines with a value each; the answer takes no time to speak of."""

    def __init__(self, ranges: Iterable[tuple[int, int, _T]]) -> None:
        self._firsts: list[int] = []
        # For each range, in order, the one that reaches furthest of those up to it.
        self._furthest: list[tuple[int, _T]] = []
        for first, last, value in sorted(ranges, key=lambda each: each[:2]):
            self._firsts.append(first)
            if self._furthest and self._furthest[-1][0] >= last:
                self._furthest.append(self._furthest[-1])
            else:
                self._furthest.append((last, value))

    def at(self, line: int) -> _T | None:
        """The value of a range that holds the line: of several, of the one that goes furthest."""
        place = bisect_right(self._firsts, line)
        if not place or self._furthest[place - 1][0] < line:
            return None
        return self._furthest[place - 1][1]
