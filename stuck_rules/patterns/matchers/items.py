"""Lists of nodes: in order with gaps between, or in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.matchers.base import Matcher

# So many ways to match one pattern at one place are no answer, but a rule that says too little.
MAX_WAYS = 20_000


@dataclass(frozen=True, slots=True)
class Gap:
    """`...` or `$...X` in a list: any number of items, at least `least`."""

    name: str | None = None
    least: int = 0


Step = Gap | Matcher
State = tuple[int, Env]


def limit_ways(ways: int) -> None:
    """Give up, aloud, where a pattern can match in too many ways."""
    if ways > MAX_WAYS:
        message = f"a pattern matches in more than {MAX_WAYS} ways at one place"
        raise SourceError(Problem(ProblemKind.TIMEOUT, message))


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
    states: dict[State, None] = {(0, env): None}
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
        states = dict.fromkeys(advance)
        limit_ways(len(states))
    yield from dict.fromkeys(env for place, env in states if place == len(nodes))


def match_unordered(
    matchers: Sequence[Matcher], nodes: Sequence[cst.CSTNode], env: Env, *, extra: bool
) -> Iterator[Env]:
    """Match each matcher to a node of its own, in any order; `extra` nodes may be left over."""
    if len(nodes) < len(matchers) or (not extra and len(nodes) > len(matchers)):
        return
    states: dict[tuple[frozenset[int], Env], None] = {(frozenset(), env): None}
    for matcher in matchers:
        states = dict.fromkeys(
            (used | {place}, found)
            for used, known in states
            for place, node in enumerate(nodes)
            if place not in used
            for found in matcher.match(node, known)
        )
        limit_ways(len(states))
    yield from dict.fromkeys(env for _, env in states)
