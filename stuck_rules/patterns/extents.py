"""Where the ranges of a formula begin and end, measured so that they can be compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.forms import core_of
from stuck_rules.patterns.matches import spans_of
from stuck_rules.patterns.ranges import Extent, Point, Range
from stuck_rules.patterns.scene import Scene

_Nodes = tuple[cst.CSTNode, ...]


class Measure:
    """Measures the ranges of one formula in one file.

    By position, in lines and columns, where a regular expression takes part; else in places of
    the tree, which cost nothing.
    """

    def __init__(self, scene: Scene, *, by_position: bool) -> None:
        self._tree = scene.tree
        self._by_position = by_position

    def ranges(self, ways: Iterable[tuple[_Nodes, Env]]) -> Iterator[Range]:
        """The ranges of ways to match, each told by its first and its last node."""
        kept = list(ways)
        extents = self._extents({nodes for nodes, _ in kept})
        for nodes, env in kept:
            yield Range(extents[nodes], env, nodes)

    def _extents(self, runs: set[_Nodes]) -> dict[_Nodes, Extent]:
        if not self._by_position:
            return {nodes: self._places(nodes) for nodes in runs}
        spans = spans_of(self._tree, {node for nodes in runs for node in nodes})
        found: dict[_Nodes, Extent] = {}
        for nodes in runs:
            start, end = spans[nodes[0]].start, spans[nodes[-1]].end
            found[nodes] = (start.line, start.column), (end.line, end.column)
        return found

    def _places(self, nodes: _Nodes) -> Extent:
        tree = self._tree
        return (tree.index[core_of(nodes[0])], 0), (tree.ends[tree.index[nodes[-1]]], 0)

    def of_text(self, start: int, end: int) -> Extent:
        """The lines and columns of a stretch of the file's text, told by offsets."""
        return self._point(start), self._point(end)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._tree.source))]

    def _point(self, offset: int) -> Point:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1
