"""The smallest matchers, and how a pattern's nodes become matchers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.forms import meaning_fields
from stuck_rules.patterns.options import Options
from stuck_rules.values import dataclass


class Matcher(Protocol):
    """What one piece of a pattern says about a node."""

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """All ways in which the node fits; each adds its bindings."""
        ...


Part = Matcher | tuple[Matcher, ...] | str | None
Builder = Callable[[cst.CSTNode, "Build"], Matcher]


@dataclass(frozen=True, slots=True)
class Build:
    """Turns a pattern's nodes into matchers, by a table of what needs more than comparing."""

    table: Mapping[type[cst.CSTNode], Builder]
    options: Options

    def __call__(self, node: cst.CSTNode) -> Matcher:
        """The matcher of a node inside a pattern."""
        matcher = self.root(node)
        propagates = self.options.symbolic_propagation and isinstance(node, cst.BaseExpression)
        return Propagated(matcher) if propagates else matcher

    def root(self, node: cst.CSTNode) -> Matcher:
        """The matcher of a whole pattern; variables do not stand for it."""
        builder = self.table.get(type(node))
        return build_shape(node, self) if builder is None else builder(node, self)

    def optional(self, node: cst.CSTNode | None) -> Matcher | None:
        """The matcher of what a pattern may leave out."""
        return None if node is None else self(node)

    def all(self, nodes: Sequence[cst.CSTNode]) -> tuple[Matcher, ...]:
        """The matchers of several nodes."""
        return tuple(self(node) for node in nodes)


@dataclass(frozen=True, slots=True)
class Anything:
    """`...` where an expression stands."""

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Any node fits."""
        del node
        yield env


@dataclass(frozen=True, slots=True)
class Hole:
    """`$X`: any node, the same one at each occurrence."""

    name: str

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Bind the node, or compare it with what is bound."""
        bound = env.bind(self.name, Bound((node,)))
        if bound is not None:
            yield bound


@dataclass(frozen=True, slots=True)
class Deep:
    """`<... e ...>`: the expression itself or any inside it."""

    inner: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Try every expression from the outside in."""
        for candidate in (node, *env.scene.tree.descendants(node)):
            if candidate is node or env.scene.is_expression(candidate):
                yield from self.inner.match(candidate, env)


@dataclass(frozen=True, slots=True)
class Propagated:
    """An expression, or a variable that holds it."""

    inner: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Follow a variable from assignment to assignment."""
        seen: set[cst.CSTNode] = set()
        current: cst.CSTNode | None = node
        while current is not None and current not in seen:
            seen.add(current)
            yield from self.inner.match(current, env)
            if isinstance(self.inner, Hole) or not isinstance(current, cst.Name):
                return
            current = env.scene.flow.expression_of(current)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node of one class whose parts fit one by one."""

    kind: type[cst.CSTNode]
    parts: tuple[tuple[str, Part], ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the parts from left to right."""
        if type(node) is self.kind:
            yield from self._match_parts(node, self.parts, env)

    def _match_parts(
        self, node: cst.CSTNode, parts: tuple[tuple[str, Part], ...], env: Env
    ) -> Iterator[Env]:
        if not parts:
            yield env
            return
        name, part = parts[0]
        for found in match_part(part, getattr(node, name), env):
            yield from self._match_parts(node, parts[1:], found)


def match_part(part: Part, value: object, env: Env) -> Iterator[Env]:
    """Match what one field of a node holds."""
    if part is None or isinstance(part, str):
        if part == value:
            yield env
    elif isinstance(part, tuple):
        if isinstance(value, (list, tuple)) and len(value) == len(part):
            yield from match_pairs(part, value, env)
    elif isinstance(value, cst.CSTNode):
        yield from part.match(value, env)


def match_pairs(
    matchers: Sequence[Matcher], nodes: Sequence[cst.CSTNode], env: Env
) -> Iterator[Env]:
    """Match nodes one by one; the caller sees to equal lengths."""
    if not matchers:
        yield env
        return
    for found in matchers[0].match(nodes[0], env):
        yield from match_pairs(matchers[1:], nodes[1:], found)


def build_shape(node: cst.CSTNode, build: Build, without: tuple[str, ...] = ()) -> Shape:
    """Compare a node field by field, except for those that a pattern does not speak of."""
    names = [name for name in meaning_fields(type(node)) if name not in without]
    return Shape(
        type(node), tuple((name, _build_part(getattr(node, name), build)) for name in names)
    )


def _build_part(value: object, build: Build) -> Part:
    if isinstance(value, cst.CSTNode):
        return build(value)
    if isinstance(value, (list, tuple)):
        return build.all(value)
    return value if isinstance(value, str) else None
