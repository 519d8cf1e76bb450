"""Lists of nodes: in order with gaps between, or in any order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

import libcst as cst

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.matchers.base import Matcher
from stuck_rules.patterns.matchers.choices import Choices
from stuck_rules.values import dataclass

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
# The next place, the bindings, and whether a gap may go on to any place further down.
_Reached = tuple[int, Env, bool]
_Way = TypeVar("_Way", bound=Hashable)


def limit_ways(ways: int, *, size: int = 0) -> None:
    """Give up, aloud, where there are too many ways for code of that size."""
    if ways > MAX_WAYS + WAYS_EACH * size:
        message = (
            f"a pattern matches in more than {ways - 1} ways, so none is told; "
            "say more in it, or less: a last line that is `...` ends a match once"
        )
        raise SourceError(Problem(ProblemKind.TIMEOUT, message))


def distinct_ways(ways: Iterable[_Way]) -> list[_Way]:
    """Each way once, in order of appearance, as long as they are not too many."""
    kept: dict[_Way, None] = {}
    for way in ways:
        kept[way] = None
        limit_ways(len(kept))
    return list(kept)


def _skip(
    gap: Gap, states: Iterable[_Reached], nodes: Sequence[cst.CSTNode], *, is_last: bool
) -> Iterator[_Reached]:
    """Let a gap take any number of items; one without a name leaves open how many."""
    if gap.name is None:
        first: dict[Env, int] = {}
        for place, env, _ in states:
            first[env] = min(place, first.get(env, place))
        yield from ((place + gap.least, env, True) for env, place in first.items())
        return
    for place, env in _settled(states, nodes):
        nearest = place + gap.least
        for end in range(max(nearest, len(nodes)) if is_last else nearest, len(nodes) + 1):
            found = env.bind(gap.name, Bound(tuple(nodes[place:end])))
            if found is not None:
                yield end, found, False


def _settled(states: Iterable[_Reached], nodes: Sequence[cst.CSTNode]) -> Iterator[tuple[int, Env]]:
    for place, env, is_open in states:
        for start in range(place, len(nodes) + 1) if is_open else (place,):
            yield start, env


def _advance(
    matcher: Matcher, states: Iterable[_Reached], nodes: Sequence[cst.CSTNode], choices: Choices
) -> Iterator[_Reached]:
    """All states after one item was matched."""
    for place, env, is_open in states:
        places = choices.places(matcher, env, place) if is_open else range(place, place + 1)
        for here in places:
            if here < len(nodes):
                for found in matcher.match(nodes[here], env):
                    yield here + 1, found, False


def match_ordered(steps: Sequence[Step], nodes: Sequence[cst.CSTNode], env: Env) -> Iterator[Env]:
    """Match all nodes in order; no two ways that bind alike are followed twice."""
    states: list[_Reached] = [(0, env, False)]
    choices = Choices(nodes)
    for number, step in enumerate(steps, start=1):
        states = distinct_ways(
            _skip(step, states, nodes, is_last=number == len(steps))
            if isinstance(step, Gap)
            else _advance(step, states, nodes, choices)
        )
    ends = (env for place, env, is_open in states if _is_end(place, nodes, is_open=is_open))
    yield from dict.fromkeys(ends)


def _is_end(place: int, nodes: Sequence[cst.CSTNode], *, is_open: bool) -> bool:
    return place <= len(nodes) if is_open else place == len(nodes)
