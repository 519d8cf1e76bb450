"""An import of several names of which a fix is about some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.patterns.holes import hole_name
from stuck_rules.patterns.rewriting.bound import BoundCode
from stuck_rules.patterns.rewriting.snippets import read_statements
from stuck_rules.patterns.rewriting.unfit import UnfitError

_Import = cst.Import | cst.ImportFrom


def left_over(code: str, roots: Sequence[cst.CSTNode], bound: Mapping[str, BoundCode]) -> str:
    """The import of those names that the pattern does not speak of; empty where there are none.

    Raises UnfitError where it is not clear which these are.
    """
    asked = [root for root in roots if isinstance(root, (cst.Import, cst.ImportFrom))]
    node = _import_in(code) if asked else None
    if node is None or isinstance(node.names, cst.ImportStar) or len(node.names) == 1:
        return ""
    names = {name for root in asked for name in _names(root, bound)}
    rest = [alias for alias in node.names if dotted_name(alias.name) not in names]
    if len(rest) == len(node.names):
        raise UnfitError
    if not rest:
        return ""
    rest[-1] = rest[-1].with_changes(comma=node.names[-1].comma)
    return cst.Module([]).code_for_node(node.with_changes(names=rest))


def _import_in(code: str) -> _Import | None:
    snippet = read_statements(code, "")
    line = snippet.nodes[0] if snippet is not None and len(snippet.nodes) == 1 else None
    node = line.body[0] if isinstance(line, cst.SimpleStatementLine) else None
    return node if isinstance(node, (cst.Import, cst.ImportFrom)) else None


def _names(pattern: _Import, bound: Mapping[str, BoundCode]) -> Iterator[str]:
    """The names that a pattern's import is about, as the code writes them."""
    if isinstance(pattern.names, cst.ImportStar):
        return
    for alias in pattern.names:
        written = dotted_name(alias.name) or ""
        hole = hole_name(written)
        if hole is None:
            yield written
        elif hole in bound:
            yield bound[hole].text
