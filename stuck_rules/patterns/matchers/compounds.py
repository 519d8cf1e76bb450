"""Statements with blocks: if, loops, with, try."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.matchers.base import Anything, Build, Deep, Hole, Matcher, match_part
from stuck_rules.patterns.matchers.blocks import Body, build_body, build_lines
from stuck_rules.patterns.matchers.names import build_identifier
from stuck_rules.patterns.matchers.unordered import match_unordered
from stuck_rules.values import dataclass


def _else_statements(orelse: cst.CSTNode | None) -> tuple[cst.CSTNode, ...]:
    """What stands under `else`; an `elif` is an `if` under it."""
    if isinstance(orelse, cst.If):
        return (orelse,)
    return statements_of(orelse.body) if isinstance(orelse, cst.Else) else ()


def _build_else(orelse: cst.CSTNode | None, build: Build) -> Body | None:
    if orelse is None:
        return None
    return Body(build_lines(_else_statements(orelse), build))


@dataclass(frozen=True, slots=True)
class Branch:
    """`if`; without `else` in the pattern, the code may have one."""

    test: Matcher
    body: Body
    orelse: Body | None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match test, body and else in turn."""
        if not isinstance(node, cst.If):
            return
        for tested in self.test.match(node.test, env):
            for found in self.body.match(node.body, tested):
                if self.orelse is None:
                    yield found
                elif node.orelse is not None:
                    yield from self.orelse.match_statements(_else_statements(node.orelse), found)


def build_if(node: cst.CSTNode, build: Build) -> Matcher:
    """An `if` of a pattern."""
    branch = cst.ensure_type(node, cst.If)
    return Branch(
        build(branch.test), build_body(branch.body, build), _build_else(branch.orelse, build)
    )


@dataclass(frozen=True, slots=True)
class Loop:
    """`for` or `while`; async ones and those with `else` match too."""

    kind: type[cst.For | cst.While]
    target: Matcher | None
    source: Matcher
    body: Body

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match target, source and body in turn."""
        if not isinstance(node, self.kind):
            return
        if isinstance(node, cst.For):
            target, source = node.target, node.iter
            starts = (env,) if self.target is None else self.target.match(target, env)
        else:
            source, starts = node.test, (env,)
        for started in starts:
            for found in self.source.match(source, started):
                yield from self.body.match(node.body, found)


def build_loop(node: cst.CSTNode, build: Build) -> Matcher:
    """A loop of a pattern."""
    if isinstance(node, cst.For):
        return Loop(cst.For, build(node.target), build(node.iter), build_body(node.body, build))
    loop = cst.ensure_type(node, cst.While)
    return Loop(cst.While, None, build(loop.test), build_body(loop.body, build))


@dataclass(frozen=True, slots=True)
class Managed:
    """An item of `with`; only what may be any item takes one with a name that it does not write."""

    item: Matcher
    name: Matcher | None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the item and its name."""
        if not isinstance(node, cst.WithItem):
            return
        for found in self.item.match(node.item, env):
            if node.asname is None or self.name is None:
                if (node.asname is None) is (self.name is None) or self._is_any():
                    yield found
            else:
                yield from self.name.match(node.asname.name, found)

    def _is_any(self) -> bool:
        return self.name is None and isinstance(self.item, (Anything, Deep, Hole))


@dataclass(frozen=True, slots=True)
class Managing:
    """`with`: its items one after another among those of the code."""

    items: tuple[Managed, ...]
    body: Body

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Try the items from each item of the code on."""
        if not isinstance(node, cst.With):
            return
        for start in range(len(node.items) - len(self.items) + 1):
            part = node.items[start : start + len(self.items)]
            for found in match_part(self.items, part, env):
                yield from self.body.match(node.body, found)


def build_with(node: cst.CSTNode, build: Build) -> Matcher:
    """A `with` of a pattern."""
    block = cst.ensure_type(node, cst.With)
    items = tuple(_build_item(item, build) for item in block.items)
    return Managing(items, build_body(block.body, build))


def _build_item(item: cst.WithItem, build: Build) -> Managed:
    name = build(item.asname.name) if item.asname is not None else None
    return Managed(build(item.item), name)


_AnyHandler = cst.ExceptHandler | cst.ExceptStarHandler


@dataclass(frozen=True, slots=True)
class Handler:
    """`except`: bare, with one class, or with a class and a name; `except ...` is any.

    `except*` counts as `except`, but not the other way round.
    """

    type: Matcher | None
    name: Matcher | None
    body: Body

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the class, the name and the body."""
        if isinstance(node, (cst.ExceptHandler, cst.ExceptStarHandler)):
            for found in self._match_head(node, env):
                yield from self.body.match(node.body, found)

    def _match_head(self, node: _AnyHandler, env: Env) -> Iterator[Env]:
        if isinstance(self.type, Anything) and self.name is None:
            yield env
            return
        if isinstance(node.type, cst.Tuple) and isinstance(self.type, Hole):
            return
        if (node.name is None) is not (self.name is None):
            return
        for found in match_part(self.type, node.type, env):
            yield from match_part(self.name, node.name.name if node.name else None, found)


@dataclass(frozen=True, slots=True)
class Attempt:
    """`try`: its handlers in any order among those of the code.

    `else` and `finally` must stand in both or in neither.
    """

    kinds: tuple[type[cst.CSTNode], ...]
    body: Body
    handlers: tuple[Handler, ...]
    orelse: Body | None
    final: Body | None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the body, the handlers, else and finally in turn."""
        if not isinstance(node, (cst.Try, cst.TryStar)) or not isinstance(node, self.kinds):
            return
        if (node.orelse is None) is not (self.orelse is None):
            return
        if (node.finalbody is None) is not (self.final is None):
            return
        for started in self.body.match(node.body, env):
            for handled in match_unordered(self.handlers, node.handlers, started, extra=True):
                yield from self._match_rest(node, handled)

    def _match_rest(self, node: cst.Try | cst.TryStar, env: Env) -> Iterator[Env]:
        blocks = [block.body for block in (node.orelse, node.finalbody) if block is not None]
        bodies = [body for body in (self.orelse, self.final) if body is not None]
        yield from _match_bodies(bodies, blocks, env)


def _match_bodies(bodies: Sequence[Body], blocks: Sequence[cst.CSTNode], env: Env) -> Iterator[Env]:
    yield from match_part(tuple(bodies), tuple(blocks), env)


def build_try(node: cst.CSTNode, build: Build) -> Matcher:
    """A `try` of a pattern."""
    if not isinstance(node, (cst.Try, cst.TryStar)):
        raise AssertionError(node)
    block, final = node, node.finalbody
    return Attempt(
        (cst.TryStar,) if isinstance(node, cst.TryStar) else (cst.Try, cst.TryStar),
        build_body(block.body, build),
        tuple(_build_handler(handler, build) for handler in block.handlers),
        _build_else(block.orelse, build),
        None if final is None else build_body(final.body, build),
    )


def _build_handler(handler: _AnyHandler, build: Build) -> Handler:
    name = handler.name.name if handler.name is not None else None
    return Handler(
        build.optional(handler.type),
        build_identifier(name) if isinstance(name, cst.Name) else None,
        build_body(handler.body, build),
    )
