"""Lists of nodes: in order with gaps between, or in any order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import libcst as cst

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.matchers.base import Matcher

# So many ways to match one pattern are no answer, but a rule that says too little. A larger
# piece of code may hold more of them.
MAX_WAYS = 20_000
WAYS_EACH = 10


@dataclass(frozen=True, slots=True)
class Gap:
    """`...` or `$...X` in a list: any number of items, at least `least`."""

    name: str | None = None
    least: int = 0


Step = Gap | Matcher
State = tuple[int, Env]
_Way = TypeVar("_Way", bound=Hashable)


def limit_ways(ways: int, *, size: int = 0) -> None:
    """Give up, aloud, where there are too many ways for code of that size."""
    if ways > MAX_WAYS + WAYS_EACH * size:
        message = f"a pattern matches in more than {ways - 1} ways"
        raise SourceError(Problem(ProblemKind.TIMEOUT, message))


def distinct_ways(ways: Iterable[_Way]) -> list[_Way]:
    """Each way once, in order of appearance, as long as they are not too many."""
    kept: dict[_Way, None] = {}
    for way in ways:
        kept[way] = None
        limit_ways(len(kept))
    return list(kept)


def advance_gap(gap: Gap, states: Iterable[State], nodes: Sequence[cst.CSTNode]) -> Iterator[State]:
    """All places to which a gap may lead, each only once for the same bindings."""
    if gap.name is None:
        first: dict[Env, int] = {}
        for place, env in states:
            first[env] = min(place, first.get(env, place))
        for env, place in first.items():
            yield from ((end, env) for end in range(place + gap.least, len(nodes) + 1))
        return
    for place, env in states:
        for end in range(place + gap.least, len(nodes) + 1):
            found = env.bind(gap.name, Bound(tuple(nodes[place:end])))
            if found is not None:
                yield end, found


def advance_one(
    matcher: Matcher, states: Iterable[State], nodes: Sequence[cst.CSTNode]
) -> Iterator[State]:
    """All states after one item was matched."""
    for place, env in states:
        if place < len(nodes):
            for found in matcher.match(nodes[place], env):
                yield place + 1, found


def match_ordered(steps: Sequence[Step], nodes: Sequence[cst.CSTNode], env: Env) -> Iterator[Env]:
    """Match all nodes in order; no two ways that bind alike are followed twice."""
    states: list[State] = [(0, env)]
    for number, step in enumerate(steps, start=1):
        if isinstance(step, Gap) and step.name is None and number == len(steps):
            ends = (env for place, env in states if place + step.least <= len(nodes))
            yield from dict.fromkeys(ends)
            return
        advance = (
            advance_gap(step, states, nodes)
            if isinstance(step, Gap)
            else advance_one(step, states, nodes)
        )
        states = distinct_ways(advance)
    yield from dict.fromkeys(env for place, env in states if place == len(nodes))


def match_unordered(
    matchers: Sequence[Matcher], nodes: Sequence[cst.CSTNode], env: Env, *, extra: bool
) -> Iterator[Env]:
    """Match each matcher to a node of its own, in any order; `extra` nodes may be left over."""
    if len(nodes) < len(matchers) or (not extra and len(nodes) > len(matchers)):
        return
    states: list[tuple[frozenset[int], Env]] = [(frozenset(), env)]
    for matcher in matchers:
        states = distinct_ways(
            (used | {place}, found)
            for used, known in states
            for place, node in enumerate(nodes)
            if place not in used
            for found in matcher.match(node, known)
        )
    yield from dict.fromkeys(env for _, env in states)
