"""Calls and their arguments: positional in order, keywords by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.holes import DEEP, DOTS, POSITIONAL, many_name
from stuck_rules.patterns.matchers.base import Build, Deep, Hole, Matcher
from stuck_rules.patterns.matchers.choices import Choices
from stuck_rules.patterns.matchers.items import Gap, distinct_ways
from stuck_rules.patterns.matchers.names import Identifier, build_identifier
from stuck_rules.values import dataclass


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


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is left of a call's arguments: those from a place on, without some keywords.

    Where it is open, a gap may go on to any place further down.
    """

    place: int
    taken: frozenset[int]
    env: Env
    is_open: bool = False


def match_arguments(
    arguments: Sequence[Argument], nodes: Sequence[cst.Arg], env: Env
) -> Iterator[Env]:
    """Match all arguments; a plain keyword is taken from wherever it stands."""
    states = [_Rest(0, frozenset(), env)]
    choices = Choices(nodes)
    for number, argument in enumerate(arguments, start=1):
        if isinstance(argument, Gap):
            found = _skip(argument, states, nodes, is_last=number == len(arguments))
        elif isinstance(argument, Keyword) and isinstance(argument.name, Identifier):
            found = _take(argument, states, nodes, choices)
        else:
            found = _next(argument, states, nodes, choices)
        states = distinct_ways(found)
    ends = (rest.env for rest in states if rest.is_open or not _left(rest, nodes))
    yield from dict.fromkeys(ends)


def _left(rest: _Rest, nodes: Sequence[cst.Arg]) -> list[int]:
    return [place for place in range(rest.place, len(nodes)) if place not in rest.taken]


def _take(
    keyword: Keyword, states: list[_Rest], nodes: Sequence[cst.Arg], choices: Choices
) -> Iterator[_Rest]:
    for rest in states:
        for place in choices.places(keyword, rest.env, rest.place):
            if place not in rest.taken:
                for found in keyword.match(nodes[place], rest.env):
                    yield _Rest(rest.place, rest.taken | {place}, found, rest.is_open)


def _next(
    argument: Positional | Starred | Keyword,
    states: list[_Rest],
    nodes: Sequence[cst.Arg],
    choices: Choices,
) -> Iterator[_Rest]:
    for rest in states:
        if rest.is_open:
            places = choices.places(argument, rest.env, rest.place)
        else:
            places = _left(rest, nodes)[:1]
        for place in places:
            if place not in rest.taken:
                for found in argument.match(nodes[place], rest.env):
                    yield _Rest(place + 1, rest.taken, found)


def _skip(
    gap: Gap, states: list[_Rest], nodes: Sequence[cst.Arg], *, is_last: bool
) -> Iterator[_Rest]:
    """Let a gap take any number of arguments; one without a name leaves open how many."""
    if gap.name is None:
        first: dict[tuple[frozenset[int], Env], int] = {}
        for rest in states:
            key = (rest.taken, rest.env)
            first[key] = min(rest.place, first.get(key, rest.place))
        for (taken, env), place in first.items():
            yield _Rest(place, taken, env, is_open=True)
        return
    for rest in _settled(states, nodes):
        left = _left(rest, nodes)
        for count in range(len(left) if is_last else 0, len(left) + 1):
            bound = Bound(tuple(nodes[place] for place in left[:count]))
            found = rest.env.bind(gap.name, bound)
            if found is not None:
                end = left[count - 1] + 1 if count else rest.place
                yield _Rest(end, rest.taken, found)


def _settled(states: list[_Rest], nodes: Sequence[cst.Arg]) -> Iterator[_Rest]:
    for rest in states:
        for place in range(rest.place, len(nodes) + 1) if rest.is_open else (rest.place,):
            yield _Rest(place, rest.taken, rest.env)


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
