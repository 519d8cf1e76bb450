"""Operators: chains of `and`, `or`, `|`, `&`, `^` as lists, and `...` as any operand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.base import Anything, Build, Hole, Matcher, build_shape
from stuck_rules.patterns.matchers.items import Gap, Step, match_ordered
from stuck_rules.patterns.matchers.unordered import match_unordered
from stuck_rules.values import dataclass

_COMMUTATIVE = (cst.BitOr, cst.BitAnd, cst.BitXor)


def operands_of(node: cst.CSTNode, kind: type[cst.CSTNode]) -> list[cst.CSTNode]:
    """The operands of a chain of one operator, from left to right."""
    operands: list[cst.CSTNode] = []
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, (cst.BinaryOperation, cst.BooleanOperation)) and isinstance(
            part.operator, kind
        ):
            pending += (part.right, part.left)
        else:
            operands.append(part)
    return operands


@dataclass(frozen=True, slots=True)
class Logic:
    """A chain of `and` or of `or`, as one list of operands."""

    operator: type[cst.CSTNode]
    steps: tuple[Step, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the whole chain, never a part of it."""
        if not isinstance(node, cst.BooleanOperation) or not isinstance(
            node.operator, self.operator
        ):
            return
        parent = env.scene.tree.parents.get(node)
        if (
            isinstance(parent, cst.BooleanOperation)
            and isinstance(parent.operator, self.operator)
            and not node.lpar
        ):
            return
        yield from match_ordered(self.steps, operands_of(node, self.operator), env)


@dataclass(frozen=True, slots=True)
class Unordered:
    """A chain of an operator whose operands may change places, with others beside."""

    operator: type[cst.CSTNode]
    operands: tuple[Matcher, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match each operand to one of the chain."""
        chain = operands_of(node, self.operator)
        if len(chain) > 1:
            yield from match_unordered(self.operands, chain, env, extra=True)


@dataclass(frozen=True, slots=True)
class AnyRest:
    """`e + ...`: a chain that starts with `e`."""

    operator: type[cst.CSTNode]
    first: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the left side, or go on to the left."""
        if not isinstance(node, cst.BinaryOperation) or not isinstance(
            node.operator, self.operator
        ):
            return
        for found in self.first.match(node.left, env):
            yield found
            if found == env:
                # What binds nothing new has no other answer further to the left.
                return
        yield from self.match(node.left, env)


def _build_steps(operands: Sequence[cst.CSTNode], build: Build) -> Iterator[Step]:
    for operand in operands:
        matcher = build(operand)
        if isinstance(matcher, Anything):
            yield Gap(least=1)
        elif isinstance(matcher, Hole):
            yield Gap(None if matcher.name == "$_" else matcher.name, least=1)
        else:
            yield matcher


def build_boolean(node: cst.CSTNode, build: Build) -> Matcher:
    """`and` or `or` of a pattern."""
    operator = type(cst.ensure_type(node, cst.BooleanOperation).operator)
    operands = operands_of(node, operator)
    if build.options.commutative_boolop:
        return Unordered(operator, build.all(operands))
    return Logic(operator, tuple(_build_steps(operands, build)))


def build_binary(node: cst.CSTNode, build: Build) -> Matcher:
    """A binary operation of a pattern."""
    operation = cst.ensure_type(node, cst.BinaryOperation)
    operator = type(operation.operator)
    if isinstance(operation.operator, _COMMUTATIVE) and build.options.ac_matching:
        return Unordered(operator, build.all(operands_of(node, operator)))
    right = build(operation.right)
    if isinstance(right, Anything):
        return AnyRest(operator, build(operation.left))
    return build_shape(node, build)


@dataclass(frozen=True, slots=True)
class Equality:
    """`a == b` in either order."""

    written: Matcher
    turned: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Try the order as it is written first."""
        found = False
        for one in self.written.match(node, env):
            found = True
            yield one
        if not found:
            yield from self.turned.match(node, env)


def build_comparison(node: cst.CSTNode, build: Build) -> Matcher:
    """A comparison of a pattern."""
    comparison = cst.ensure_type(node, cst.Comparison)
    shape = build_shape(comparison, build)
    first = comparison.comparisons[0]
    is_equality = isinstance(first.operator, (cst.Equal, cst.NotEqual))
    if not build.options.symmetric_eq or len(comparison.comparisons) > 1 or not is_equality:
        return shape
    turned = comparison.with_changes(
        left=first.comparator,
        comparisons=[first.with_changes(comparator=comparison.left)],
    )
    return Equality(shape, build_shape(turned, build))
