"""Where one pattern matches in a file, or in a stretch of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.candidates import candidates_of
from stuck_rules.patterns.compile import LinesPattern, NodePattern
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.matchers.base import Anything
from stuck_rules.patterns.matchers.definitions import DecoratorLines
from stuck_rules.patterns.matchers.displays import TupleRoot
from stuck_rules.patterns.matchers.imports import Import
from stuck_rules.patterns.matchers.items import limit_ways
from stuck_rules.patterns.matchers.states import Wanted
from stuck_rules.patterns.scene import Scene
from stuck_rules.values import dataclass

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
    if stretch is None:
        candidates = candidates_of(scene)
        if pattern.kinds is not None:
            nodes: Iterable[cst.CSTNode] = candidates.of(pattern)
        elif isinstance(pattern.matcher, Anything):
            nodes = chain(candidates.expressions, _candidates(_ASSIGNMENTS, scene.tree, None))
        else:
            nodes = candidates.expressions
    else:
        nodes = (node for node in stretch.nodes if _counts(node, pattern, scene, stretch))
    for node in nodes:
        yield from _ways(pattern, node, env)


def _counts(node: cst.CSTNode, pattern: NodePattern, scene: Scene, stretch: Stretch) -> bool:
    """Whether a node in what a metavariable is bound to may match."""
    if pattern.kinds is not None and type(node) not in pattern.kinds:
        return False
    if isinstance(node, cst.BaseExpression):
        return stretch.node is node or scene.is_expression(node)
    # A lone `...` meets an assignment, which counts as an expression for it.
    is_dots = isinstance(pattern.matcher, Anything) and isinstance(node, _ASSIGNMENTS)
    return pattern.kinds is not None or is_dots


def _ways(pattern: NodePattern, node: cst.CSTNode, env: Env) -> Iterator[Way]:
    """The ways to match a node, each with the first and the last node of what is reported."""
    matcher = pattern.matcher
    if isinstance(matcher, (TupleRoot, Import, DecoratorLines)):
        yield from matcher.ways(node, env)
    else:
        last = getattr(node, pattern.last) if pattern.last else node
        for found in matcher.match(node, env):
            yield (node, last), found


def find_lines(
    pattern: LinesPattern, env: Env, stretch: Stretch | None, wanted: Wanted
) -> Iterator[Way]:
    """Every run of statements that a pattern matches, in every block."""
    tree = env.scene.tree
    ways = 0
    for block in _candidates(_BLOCKS, tree, stretch):
        for first, last, found in pattern.lines.runs(statements_of(block), env, wanted):
            ways += 1
            limit_ways(ways, size=len(tree.nodes))
            yield (first, last), found
