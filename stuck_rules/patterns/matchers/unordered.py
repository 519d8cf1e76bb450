"""Lists of nodes in any order: each matcher of a pattern gets a node of its own.

A matcher that binds nothing new only asks that a node is left for it. So such ones are counted
on at the end, instead of following each choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.base import Matcher
from stuck_rules.patterns.matchers.choices import Choices
from stuck_rules.patterns.matchers.items import distinct_ways
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class _Waiter:
    """A matcher that needs one of several places, and the bindings at its turn."""

    number: int
    places: tuple[int, ...]
    env: Env


@dataclass(frozen=True, slots=True)
class _Taken:
    """The places that are taken, and the matchers that wait for one."""

    used: frozenset[int]
    waiters: tuple[_Waiter, ...]
    env: Env


def match_unordered(
    matchers: Sequence[Matcher], nodes: Sequence[cst.CSTNode], env: Env, *, extra: bool
) -> Iterator[Env]:
    """Match each matcher to a node of its own, in any order; `extra` nodes may be left over."""
    if len(nodes) < len(matchers) or (not extra and len(nodes) > len(matchers)):
        return
    states = [_Taken(frozenset(), (), env)]
    choices = Choices(nodes)
    for number, matcher in enumerate(matchers):
        states = distinct_ways(
            after
            for state in states
            for after in _take(number, _ways(matcher, state, nodes, choices), state)
        )
    ends = (_end_of(state, matchers, nodes) for state in states)
    yield from dict.fromkeys(end for end in ends if end is not None)


def _ways(
    matcher: Matcher, state: _Taken, nodes: Sequence[cst.CSTNode], choices: Choices
) -> list[tuple[int, Env]]:
    return [
        (place, env)
        for place in choices.places(matcher, state.env)
        if place not in state.used
        for env in matcher.match(nodes[place], state.env)
    ]


def _take(number: int, ways: list[tuple[int, Env]], state: _Taken) -> Iterator[_Taken]:
    """Give a matcher a node in each way, or let it wait where all ways bind alike."""
    if ways and all(env == ways[0][1] for _, env in ways):
        places = tuple(dict.fromkeys(place for place, _ in ways))
        waiter = _Waiter(number, places, state.env)
        yield _Taken(state.used, (*state.waiters, waiter), ways[0][1])
        return
    for place, env in ways:
        yield _Taken(state.used | {place}, state.waiters, env)


def _end_of(state: _Taken, matchers: Sequence[Matcher], nodes: Sequence[cst.CSTNode]) -> Env | None:
    """The bindings where all that wait get a place of their own, else None."""
    owners: dict[int, int] = {}
    waiters = range(len(state.waiters))
    if not all(_find_place(waiter, state, owners, set()) for waiter in waiters):
        return None
    env = state.env
    for place, number in owners.items() if env.lone else ():
        waiter = state.waiters[number]
        found = next(matchers[waiter.number].match(nodes[place], waiter.env))
        env = env.with_lone(found, since=waiter.env)
    return env


def _find_place(waiter: int, state: _Taken, owners: dict[int, int], seen: set[int]) -> bool:
    """Give a waiter a place, moving others to another of theirs where that helps."""
    for place in state.waiters[waiter].places:
        if place in state.used or place in seen:
            continue
        seen.add(place)
        if place not in owners or _find_place(owners[place], state, owners, seen):
            owners[place] = waiter
            return True
    return False
