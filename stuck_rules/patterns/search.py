"""Where one pattern matches in a file, or in a stretch of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.compile import LinesPattern, NodePattern
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.matchers.base import Anything
from stuck_rules.patterns.matchers.displays import TupleRoot
from stuck_rules.patterns.matchers.imports import Import
from stuck_rules.patterns.matchers.items import Gap, limit_ways
from stuck_rules.patterns.scene import Scene

_ASSIGNMENTS = (cst.Assign, cst.AnnAssign, cst.AugAssign)
_BLOCKS = (cst.Module, cst.IndentedBlock, cst.SimpleStatementSuite)

Way = tuple[tuple[cst.CSTNode, ...], Env]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A node and all that is inside it."""

    node: cst.CSTNode
    nodes: tuple[cst.CSTNode, ...]

    @classmethod
    def of(cls, node: cst.CSTNode, tree: SyntaxTree) -> Stretch:
        """The stretch of one node."""
        return cls(node, (node, *tree.descendants(node)))


def _candidates(
    kinds: tuple[type[cst.CSTNode], ...], tree: SyntaxTree, stretch: Stretch | None
) -> Iterable[cst.CSTNode]:
    if stretch is not None:
        return [node for node in stretch.nodes if type(node) in kinds]
    return (node for kind in kinds for node in tree.by_type.get(kind, ()))


def find_nodes(pattern: NodePattern, env: Env, stretch: Stretch | None) -> Iterator[Way]:
    """Every node that a pattern matches, with each way to match it."""
    scene = env.scene
    tree = scene.tree
    if pattern.kinds is not None:
        candidates = _candidates(pattern.kinds, tree, stretch)
    else:
        candidates = tree.nodes if stretch is None else stretch.nodes
    for node in candidates:
        is_expression = isinstance(node, cst.BaseExpression)
        if is_expression and not _is_value(node, scene, stretch):
            continue
        if pattern.kinds is None and not is_expression and not _is_dots(pattern, node):
            continue
        yield from _ways(pattern, node, env)


def _ways(pattern: NodePattern, node: cst.CSTNode, env: Env) -> Iterator[Way]:
    """The ways to match a node, each with the first and the last node of what is reported."""
    matcher = pattern.matcher
    if isinstance(matcher, TupleRoot):
        yield from matcher.ways(node, env)
    elif isinstance(matcher, Import):
        for last, found in matcher.ways(node, env):
            yield (node, last), found
    else:
        last = getattr(node, pattern.last) if pattern.last else node
        for found in matcher.match(node, env):
            yield (node, last), found


def _is_dots(pattern: NodePattern, node: cst.CSTNode) -> bool:
    """Whether a lone `...` meets an assignment, which counts as an expression for it."""
    return isinstance(pattern.matcher, Anything) and isinstance(node, _ASSIGNMENTS)


def _is_value(node: cst.CSTNode, scene: Scene, stretch: Stretch | None) -> bool:
    """Whether a node is an expression; what a metavariable is bound to always counts as one."""
    return (stretch is not None and stretch.node is node) or scene.is_expression(node)


def find_lines(pattern: LinesPattern, env: Env, stretch: Stretch | None) -> Iterator[Way]:
    """Every run of statements that a pattern matches, in every block.

    A pattern that starts with `...` is tried once a block, since that run holds all others.
    """
    tree = env.scene.tree
    starts_anywhere = pattern.lines.steps[0] == Gap()
    ways = 0
    for block in _candidates(_BLOCKS, tree, stretch):
        statements = statements_of(block)
        for start in range(1 if starts_anywhere else len(statements)):
            for ending in pattern.lines.endings(statements, start, env):
                ways += 1
                limit_ways(ways, size=len(tree.nodes))
                yield (statements[start], ending.last or statements[start]), ending.env
