"""Where the nodes of a tree stand, found for those that are asked for.

LibCST knows no places: they come from printing and counting. To find one in the whole module
takes as long as to find all, so as long as only lines of statements are asked about, those alone
are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import libcst as cst

from stuck_rules.cst.linewise import Lines
from stuck_rules.cst.positions import locate
from stuck_rules.model.excerpt import Excerpt
from stuck_rules.model.source import Position, Span

if TYPE_CHECKING:
    from stuck_rules.cst.source import SyntaxTree

_ASKED_OFTEN = 2

Spans = dict[cst.CSTNode, Span]


class Places:
    """The places of a tree's nodes in the file.

    `removed` are the characters that were left out in front of lines before the tree was made.
    """

    def __init__(self, tree: SyntaxTree, removed: dict[int, int], excerpt: Excerpt | None) -> None:
        self._tree = tree
        self._removed = removed
        self._excerpt = excerpt
        self._spans: Spans = {}
        self._asked = 0
        self._printed = 0
        # The statements of the lines that were printed.
        self.in_lines: Spans = {}

    def of(self, nodes: Iterable[cst.CSTNode]) -> Spans:
        """Where the nodes stand; a decorated definition starts at its first decorator.

        In a whole module statements are found with the first, since who asks for a place asks for
        the statement around it too, and what is asked for again and again is found for all nodes
        and their parentheses at once.
        """
        kept = list(nodes)
        unknown = {node for node in kept if node not in self._spans}
        if unknown and not self._find_in_lines(unknown):
            self._find(unknown)
        return {node: self._spans[node] for node in kept}

    def _find(self, nodes: set[cst.CSTNode]) -> None:
        """Find nodes in the module."""
        self._asked += 1
        if self._asked == 1:
            nodes.update(self._tree.statements)
        if self._asked > _ASKED_OFTEN:
            nodes.update(self._tree.nodes, _parentheses(self._tree.nodes))
        self._spans.update(self._in_file(locate(self._tree.module, nodes)))

    def _find_in_lines(self, nodes: set[cst.CSTNode]) -> bool:
        """Find nodes in their lines of statements; whether that was possible and worth it."""
        asked: dict[cst.SimpleStatementLine, set[cst.CSTNode]] = {}
        for node in nodes if self._lines is not None and not self._asked else ():
            line = self._line_of(node)
            if line is None:
                return False
            asked.setdefault(line, set()).add(node)
        ends, index = self._tree.ends, self._tree.index
        self._printed += sum(ends[index[line]] - index[line] for line in asked)
        if not asked or self._printed > len(self._tree.nodes):
            return False
        return all(self._find_in_line(line, found) for line, found in asked.items())

    def _find_in_line(self, line: cst.SimpleStatementLine, nodes: set[cst.CSTNode]) -> bool:
        assert self._lines is not None
        located = self._lines.locate(line, nodes.union(line.body))
        if located is None:
            return False
        spans = self._in_file(located)
        self._spans.update(spans)
        self.in_lines.update((statement, spans[statement]) for statement in line.body)
        return True

    @cached_property
    def _lines(self) -> Lines | None:
        if self._excerpt is None:
            return None
        return Lines(self._tree.module, self._tree.nodes, self._excerpt)

    def _line_of(self, node: cst.CSTNode) -> cst.SimpleStatementLine | None:
        """The line of simple statements that a node stands in."""
        current: cst.CSTNode | None = self._tree.parents.get(node)
        while current is not None and not isinstance(current, cst.BaseCompoundStatement):
            if isinstance(current, cst.SimpleStatementLine):
                return current
            current = self._tree.parents.get(current)
        return None

    def _in_file(self, spans: Spans) -> Spans:
        """Places in the text that was parsed as places in the file."""
        if not self._removed and self._excerpt is None:
            return spans
        return {
            node: Span(self._position(span.start), self._position(span.end))
            for node, span in spans.items()
        }

    def _position(self, place: Position) -> Position:
        if self._excerpt is not None:
            return Position(self._excerpt.line_of(place.line), place.column)
        return Position(place.line, place.column + self._removed.get(place.line, 0))


def _parentheses(nodes: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """Those around expressions."""
    for node in nodes:
        if getattr(node, "lpar", None) and isinstance(node, cst.BaseExpression):
            yield from (*node.lpar, *node.rpar)
