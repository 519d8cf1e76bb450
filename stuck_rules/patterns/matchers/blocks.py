"""Blocks: statements one after another, with `...` that reaches into what lies deeper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.holes import DOTS, hole_name, many_name
from stuck_rules.patterns.matchers.base import Build, Hole, Matcher
from stuck_rules.patterns.matchers.items import (
    Gap,
    State,
    Step,
    advance_gap,
    advance_one,
    limit_ways,
)

Nodes = Sequence[cst.CSTNode]


def _walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """An expression and those inside it that a line of a pattern reaches."""
    yield node
    for part in _REACHED.get(type(node), _nothing)(node):
        yield from _walk(part)


def _nothing(_node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    return iter(())


def _call_parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    call = cst.ensure_type(node, cst.Call)
    yield call.func
    yield from (arg.value for arg in call.args)


def _element_parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        yield from (element.value for element in node.elements)


def _dict_parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for element in cst.ensure_type(node, cst.Dict).elements:
        if isinstance(element, cst.DictElement):
            yield element.key
        yield element.value


def _value_part(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    value = getattr(node, "value", None) or getattr(node, "expression", None)
    if isinstance(value, cst.From):
        yield value.item
    elif isinstance(value, cst.CSTNode):
        yield value


_REACHED: dict[type[cst.CSTNode], Callable[[cst.CSTNode], Iterator[cst.CSTNode]]] = {
    cst.Call: _call_parts,
    cst.Attribute: _value_part,
    cst.Await: _value_part,
    cst.Yield: _value_part,
    cst.NamedExpr: _value_part,
    cst.List: _element_parts,
    cst.Tuple: _element_parts,
    cst.Set: _element_parts,
    cst.Dict: _dict_parts,
}
_SHALLOW = (cst.Expr, cst.Assign, cst.AugAssign)
_DEEP = (cst.Return, cst.AnnAssign)


@dataclass(frozen=True, slots=True)
class ExpressionLine:
    """A line that is an expression: also a statement that makes use of it.

    How deep it may stand follows Semgrep: anywhere in what is returned or assigned with an
    annotation, else along calls, attributes and displays.
    """

    inner: Matcher
    deep: bool

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Try the expressions that the statement carries."""
        for candidate in self._carried(node, env):
            yield from self.inner.match(candidate, env)

    def _carried(self, node: cst.CSTNode, env: Env) -> Iterator[cst.CSTNode]:
        if not self.deep:
            yield node.value if isinstance(node, cst.Expr) else node
        elif isinstance(node, _SHALLOW):
            yield from _walk(node.value)
        elif isinstance(node, _DEEP) and node.value is not None:
            yield node.value
            yield from filter(env.scene.is_expression, env.scene.tree.descendants(node.value))
        elif isinstance(node, cst.BaseExpression):
            yield from _walk(node)


def build_line(node: cst.CSTNode, build: Build) -> Step:
    """One statement of a pattern's block."""
    if not isinstance(node, cst.Expr):
        return build(node)
    if isinstance(node.value, cst.Name):
        name = node.value.value
        many = many_name(name)
        if many is not None or name == DOTS:
            return Gap(many)
        hole = hole_name(name)
        if hole is not None:
            return Hole(hole)
    return ExpressionLine(build(node.value), build.options.implicit_deep_exprstmt)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run of statements was matched: where it ends, and what it binds."""

    last: cst.CSTNode
    env: Env


@dataclass(frozen=True, slots=True)
class Lines:
    """Statements in order; behind the first `...` nested ones count as if they followed."""

    steps: tuple[Step, ...]

    def endings(self, block: Nodes, start: int, env: Env) -> Iterator[Ending]:
        """All ways to match from a statement of a block on; more may follow the last one.

        A final `...` takes the rest of the block.
        """
        for nodes, place, found in self._run(block, start, env):
            open_ended = bool(self.steps) and self.steps[-1] == Gap()
            last = block[-1] if open_ended or place == 0 else nodes[place - 1]
            yield Ending(last, found)

    def match_whole(self, block: Nodes, env: Env) -> Iterator[Env]:
        """All ways to match a block from its start; without `...`, to its end."""
        open_ended = any(step == Gap() for step in self.steps)
        ways = self._run(block, 0, env)
        yield from dict.fromkeys(
            found for nodes, place, found in ways if open_ended or place == len(nodes)
        )

    def _run(self, block: Nodes, start: int, env: Env) -> Iterator[tuple[Nodes, int, Env]]:
        nodes = block
        states: dict[State, None] = {(start, env): None}
        nested = False
        for number, step in enumerate(self.steps, start=1):
            is_gap = isinstance(step, Gap) and step.name is None
            if is_gap and number == len(self.steps):
                break
            if is_gap and not nested:
                nodes, nested = _with_nested(block, start, env), True
                states = _moved(states, block, nodes)
            states = dict.fromkeys(_advance(step, states, nodes))
            limit_ways(len(states))
            if not states:
                return
        for place, found in states:
            yield nodes, place, found


def _advance(step: Step, states: dict[State, None], nodes: Nodes) -> Iterator[State]:
    if isinstance(step, Gap):
        return advance_gap(step, states, nodes)
    return advance_one(step, states, nodes)


def _with_nested(block: Nodes, start: int, env: Env) -> Nodes:
    """The statements of a block from one on, each followed by those inside it."""
    tree = env.scene.tree
    if start >= len(block):
        return ()
    first, last = tree.index[block[start]], tree.ends[tree.index[block[-1]]]
    return env.scene.statements_between(first, last)


def _moved(states: dict[State, None], block: Nodes, nodes: Nodes) -> dict[State, None]:
    """States over a block as states over its statements with nested ones between."""
    places = {node: place for place, node in enumerate(nodes)}
    return {
        (places[block[place]] if place < len(block) else len(nodes), env): None
        for place, env in states
    }


@dataclass(frozen=True, slots=True)
class Body:
    """A block that belongs to a statement of the pattern."""

    lines: Lines

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the block's statements."""
        yield from self.match_statements(statements_of(node), env)

    def match_statements(self, statements: Nodes, env: Env) -> Iterator[Env]:
        """Match statements; a hole that stands alone takes them all."""
        steps = self.lines.steps
        if len(steps) == 1 and isinstance(steps[0], Hole):
            found = env.bind(steps[0].name, Bound(tuple(statements)))
            if found is not None:
                yield found
            return
        yield from self.lines.match_whole(statements, env)


def build_lines(statements: Nodes, build: Build) -> Lines:
    """The statements of a pattern's block, or of a whole pattern."""
    return Lines(tuple(build_line(statement, build) for statement in statements))


def build_body(block: cst.CSTNode, build: Build) -> Body:
    """A block of a pattern."""
    return Body(build_lines(statements_of(block), build))
