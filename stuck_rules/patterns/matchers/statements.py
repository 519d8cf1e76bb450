"""Statements of one line: assignments and what else needs more than comparing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.arguments import bind_all
from stuck_rules.patterns.matchers.base import (
    Anything,
    Build,
    Hole,
    Matcher,
    build_shape,
    match_part,
)
from stuck_rules.patterns.matchers.displays import build_step
from stuck_rules.patterns.matchers.items import Step, match_ordered
from stuck_rules.patterns.matchers.names import build_identifier
from stuck_rules.values import dataclass

Targets = Sequence[cst.CSTNode]


def _targets_of(node: cst.CSTNode) -> tuple[cst.CSTNode, ...]:
    """What an assignment assigns to; several for `a = b = e`."""
    if isinstance(node, cst.Assign):
        return tuple(target.target for target in node.targets)
    if isinstance(node, (cst.AnnAssign, cst.NamedExpr)):
        return (node.target,)
    return ()


def _value_of(node: cst.CSTNode) -> cst.BaseExpression | None:
    if isinstance(node, (cst.Assign, cst.AnnAssign, cst.NamedExpr)):
        return node.value
    return None


@dataclass(frozen=True, slots=True)
class Assignment:
    """`target = value`, annotated or not, as a statement or a walrus.

    `steps` is set where the pattern has several targets, or a tuple as its target.
    """

    target: Matcher
    steps: tuple[Step, ...] | None
    value: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the value first, since it says more; then pairs of `a, b = c, d`."""
        value = _value_of(node)
        if value is None:
            return
        targets = _targets_of(node)
        for found in self.value.match(value, env):
            yield from self._match_targets(targets, found)
        for one, part in _pairs(targets, value) if self.steps is None else ():
            for found in self.value.match(part, env):
                yield from self.target.match(one, found)

    def _match_targets(self, targets: Targets, env: Env) -> Iterator[Env]:
        if self.steps is not None:
            yield from match_ordered(self.steps, _elements(targets), env)
        elif len(targets) == 1:
            yield from self.target.match(targets[0], env)
        elif isinstance(self.target, Hole):
            yield from bind_all(self.target.name, targets, env)
        elif isinstance(self.target, Anything):
            yield env


def _elements(targets: Targets) -> Targets:
    """The targets of `a = b = e` and of `a, b = e` alike, as elements."""
    if len(targets) > 1:
        return [cst.Element(target) for target in targets if isinstance(target, cst.BaseExpression)]
    return targets[0].elements if isinstance(targets[0], cst.Tuple) else ()


def _pairs(targets: Targets, value: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    target = targets[0]
    if len(targets) > 1 or not isinstance(target, cst.Tuple) or not isinstance(value, cst.Tuple):
        return
    if len(target.elements) != len(value.elements):
        return
    for left, right in zip(target.elements, value.elements, strict=True):
        if isinstance(left, cst.Element) and isinstance(right, cst.Element):
            yield left.value, right.value


def build_assign(node: cst.CSTNode, build: Build) -> Matcher:
    """An assignment or walrus of a pattern."""
    targets = _targets_of(node)
    value = _value_of(node)
    if value is None:
        raise AssertionError(node)
    is_list = len(targets) > 1 or isinstance(targets[0], cst.Tuple)
    steps = tuple(build_step(element, build) for element in _elements(targets)) if is_list else None
    return Assignment(_build_target(targets[0], build), steps, build(value))


def _build_target(target: cst.CSTNode, build: Build) -> Matcher:
    return build_identifier(target) if isinstance(target, cst.Name) else build(target)


@dataclass(frozen=True, slots=True)
class Optional:
    """A statement whose expression may also be missing, such as `return ...`."""

    kind: type[cst.CSTNode]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Look at the statement's class alone."""
        if isinstance(node, self.kind):
            yield env


def build_return(node: cst.CSTNode, build: Build) -> Matcher:
    """A return of a pattern; `return ...` is any."""
    value = cst.ensure_type(node, cst.Return).value
    is_any = value is not None and isinstance(build(value), Anything)
    return Optional(cst.Return) if is_any else build_shape(node, build)


def build_assert(node: cst.CSTNode, build: Build) -> Matcher:
    """An assert of a pattern; `assert ...` is any."""
    test = cst.ensure_type(node, cst.Assert)
    is_any = test.msg is None and isinstance(build(test.test), Anything)
    return Optional(cst.Assert) if is_any else build_shape(node, build)


def build_raise(node: cst.CSTNode, build: Build) -> Matcher:
    """A raise of a pattern, which says nothing of `from` unless it is written."""
    cause = cst.ensure_type(node, cst.Raise).cause
    return build_shape(node, build, without=("cause",) if cause is None else ())


def build_alias(node: cst.CSTNode, build: Build) -> Matcher:
    """A type alias of a pattern; its parameters count where they are written."""
    parameters = cst.ensure_type(node, cst.TypeAlias).type_parameters
    return build_shape(node, build, without=("type_parameters",) if parameters is None else ())


@dataclass(frozen=True, slots=True)
class Yielded:
    """`yield e`, which `yield from e` is not."""

    value: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match what is yielded."""
        if isinstance(node, cst.Yield) and isinstance(node.value, cst.BaseExpression):
            yield from self.value.match(node.value, env)


def build_yield(node: cst.CSTNode, build: Build) -> Matcher:
    """A yield of a pattern."""
    value = cst.ensure_type(node, cst.Yield).value
    return (
        Yielded(build(value)) if isinstance(value, cst.BaseExpression) else build_shape(node, build)
    )


@dataclass(frozen=True, slots=True)
class Deleted:
    """`del e` with one target."""

    target: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the target; several are a tuple only where the pattern says so."""
        if isinstance(node, cst.Del):
            several = isinstance(node.target, cst.Tuple) and not node.target.lpar
            if not (several and isinstance(self.target, Hole)):
                yield from self.target.match(node.target, env)


def build_del(node: cst.CSTNode, build: Build) -> Matcher:
    """A del of a pattern."""
    return Deleted(build(cst.ensure_type(node, cst.Del).target))


@dataclass(frozen=True, slots=True)
class NameList:
    """`global a` or `nonlocal a`: the names of the pattern are among those of the statement."""

    kind: type[cst.Global | cst.Nonlocal]
    names: tuple[Matcher, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match each name to one of the statement's."""
        if isinstance(node, self.kind):
            yield from self._match_names([item.name for item in node.names], self.names, env)

    def _match_names(
        self, nodes: Sequence[cst.Name], names: tuple[Matcher, ...], env: Env
    ) -> Iterator[Env]:
        if not names:
            yield env
            return
        for node in nodes:
            for found in names[0].match(node, env):
                yield from self._match_names(nodes, names[1:], found)


def build_names(node: cst.CSTNode, build: Build) -> Matcher:
    """A global or nonlocal statement of a pattern."""
    del build
    if isinstance(node, (cst.Global, cst.Nonlocal)):
        return NameList(type(node), tuple(build_identifier(item.name) for item in node.names))
    raise AssertionError(node)


@dataclass(frozen=True, slots=True)
class Annotated:
    """`target: type`, with a value where the pattern has one."""

    target: Matcher
    annotation: Matcher
    value: Matcher | None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match target, type and value in turn."""
        if not isinstance(node, cst.AnnAssign) or (node.value is None) is not (self.value is None):
            return
        for found in self.target.match(node.target, env):
            for typed in self.annotation.match(node.annotation.annotation, found):
                yield from match_part(self.value, node.value, typed)


def build_annotated(node: cst.CSTNode, build: Build) -> Matcher:
    """An annotated assignment of a pattern."""
    assign = cst.ensure_type(node, cst.AnnAssign)
    return Annotated(
        _build_target(assign.target, build),
        build(assign.annotation.annotation),
        build.optional(assign.value),
    )
