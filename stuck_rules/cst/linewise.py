"""Places of nodes by the lines at which statements begin, where those are known.

To print all that stands before a node, which is how LibCST finds places, takes nearly as long as
to parse it; here its statement alone is printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

import libcst as cst

from stuck_rules.cst.positions import locate_in_line
from stuck_rules.model.excerpt import Excerpt
from stuck_rules.model.source import Span

# What begins a logical line, beside decorators.
_HEADS = frozenset(
    {
        *(cst.SimpleStatementLine, cst.FunctionDef, cst.ClassDef, cst.If, cst.Else, cst.Try),
        *(cst.TryStar, cst.ExceptHandler, cst.ExceptStarHandler, cst.Finally, cst.While),
        *(cst.For, cst.With, cst.Match, cst.MatchCase),
    }
)


class Lines:
    """The simple statements of an excerpt's tree, whose `nodes` come in source order."""

    def __init__(self, module: cst.Module, nodes: Iterable[cst.CSTNode], excerpt: Excerpt) -> None:
        self._module = module
        self._text = excerpt.text
        self._rows = excerpt.text.split("\n")
        self._offsets = [0, *accumulate(len(row) + 1 for row in self._rows)]
        self._firsts = _firsts(nodes, excerpt.starts)

    def locate(
        self, line: cst.SimpleStatementLine, nodes: Collection[cst.CSTNode]
    ) -> dict[cst.CSTNode, Span] | None:
        """Where nodes of a line of statements stand; None where one cannot be sure of it."""
        first = self._firsts.get(line)
        if first is None:
            return None
        row = self._rows[first - 1]
        begin = first - len(line.leading_lines)
        indent = row[: len(row) - len(row.lstrip())]
        spans, text = locate_in_line(self._module, line, nodes=nodes, begin=begin, indent=indent)
        return spans if self._text.startswith(text, self._offsets[begin - 1]) else None


def _firsts(nodes: Iterable[cst.CSTNode], starts: Sequence[int]) -> dict[cst.CSTNode, int]:
    """The line where each line of simple statements begins; none where tree and lines differ."""
    found: dict[cst.CSTNode, int] = {}
    place = 0
    for node in nodes:
        kind = type(node)
        if kind not in _HEADS:
            continue
        if kind is cst.SimpleStatementLine and place < len(starts):
            found[node] = starts[place]
        place += 1
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            place += len(node.decorators)
    return found if place == len(starts) else {}
