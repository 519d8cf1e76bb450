"""Calls and their arguments: positional in order, keywords by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.holes import DEEP, DOTS, POSITIONAL, many_name
from stuck_rules.patterns.matchers.base import Build, Deep, Hole, Matcher
from stuck_rules.patterns.matchers.items import Gap, advance_gap, advance_one, limit_ways
from stuck_rules.patterns.matchers.names import Identifier, build_identifier

Arguments = tuple[cst.Arg, ...]


@dataclass(frozen=True, slots=True)
class Positional:
    """An argument without a keyword; a hole also takes `*a` and `**k`."""

    value: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the value."""
        if not isinstance(node, cst.Arg) or node.keyword is not None:
            return
        if not node.star:
            yield from self.value.match(node.value, env)
        elif isinstance(self.value, Hole):
            yield from self.value.match(node, env)


@dataclass(frozen=True, slots=True)
class Starred:
    """`*a` or `**k`."""

    star: str
    value: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match what is unpacked."""
        if isinstance(node, cst.Arg) and node.star == self.star:
            yield from self.value.match(node.value, env)


@dataclass(frozen=True, slots=True)
class Keyword:
    """`k=v`; with a plain name it is looked up wherever it stands."""

    name: Matcher
    value: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match name and value."""
        if isinstance(node, cst.Arg) and node.keyword is not None:
            for found in self.name.match(node.keyword, env):
                yield from self.value.match(node.value, found)


Argument = Gap | Positional | Starred | Keyword
_State = tuple[Arguments, Env]


def match_arguments(
    arguments: Sequence[Argument], nodes: Sequence[cst.Arg], env: Env
) -> Iterator[Env]:
    """Match all arguments; a state is what is left of them."""
    states: dict[_State, None] = {(tuple(nodes), env): None}
    for argument in arguments:
        states = dict.fromkeys(
            following for state in states for following in _advance(argument, *state)
        )
        limit_ways(len(states))
    yield from dict.fromkeys(env for rest, env in states if not rest)


def _advance(argument: Argument, rest: Arguments, env: Env) -> Iterator[_State]:
    if isinstance(argument, Keyword) and isinstance(argument.name, Identifier):
        for place, node in enumerate(rest):
            for found in argument.match(node, env):
                yield (*rest[:place], *rest[place + 1 :]), found
        return
    start = [(0, env)]
    advance = (
        advance_gap(argument, start, rest)
        if isinstance(argument, Gap)
        else advance_one(argument, start, rest)
    )
    for place, found in advance:
        yield rest[place:], found


def build_argument(arg: cst.Arg, build: Build) -> Argument:
    """An argument of a pattern."""
    if arg.star:
        return Starred(arg.star, build(arg.value))
    if arg.keyword is not None and arg.keyword.value != POSITIONAL:
        return Keyword(build_identifier(arg.keyword), build(arg.value))
    if isinstance(arg.value, cst.Name):
        if arg.value.value == DOTS:
            return Gap()
        many = many_name(arg.value.value)
        if many is not None:
            return Gap(many)
    return Positional(build(arg.value))


def build_arguments(args: Sequence[cst.Arg], build: Build) -> tuple[Argument, ...]:
    """All arguments of a pattern's call or bases."""
    return tuple(build_argument(arg, build) for arg in args)


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments)`."""

    function: Matcher
    arguments: tuple[Argument, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match what is called, then the arguments."""
        if isinstance(node, cst.Call):
            for found in self.function.match(node.func, env):
                yield from match_arguments(self.arguments, node.args, found)


def build_call(node: cst.CSTNode, build: Build) -> Matcher:
    """A call of a pattern, or `<... e ...>`."""
    call = cst.ensure_type(node, cst.Call)
    if isinstance(call.func, cst.Name) and call.func.value == DEEP:
        return Deep(build(call.args[0].value))
    return Call(build(call.func), build_arguments(call.args, build))


def bind_all(name: str, nodes: Sequence[cst.CSTNode], env: Env) -> Iterator[Env]:
    """Bind a metavariable to several nodes."""
    found = env.bind(name, Bound(tuple(nodes)))
    if found is not None:
        yield found
