"""How far the lines of a pattern were matched in a block, and what one more line makes of it.

A place is a place in the tree, and the statement at a place is the first from there on. So
the one after a statement is at its end, or, where nested ones count, right behind its start.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import islice

import libcst as cst

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.matchers.items import Gap
from stuck_rules.patterns.matchers.line import Line
from stuck_rules.values import dataclass, replace

# So many statements may be tried in a block, and so many more for each of its nodes.
_TRIES = 50_000
_TRIES_EACH = 30


class Ends(Enum):
    """Which of the ends from one start are wanted, where the bindings make no difference."""

    FIRST = auto()
    LAST = auto()
    EACH = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the ways to match makes a difference: which ends, and which bindings.

    What the metavariables in `private` stand for matters to nothing but the lines themselves.
    """

    ends: Ends
    private: frozenset[str] = frozenset()

    def with_ends(self, ends: Ends) -> Wanted:
        """The same with other ends."""
        return Wanted(ends, self.private)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the lines were matched: the next place, the last statement, the bindings."""

    place: int
    env: Env
    last: cst.CSTNode | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The part of the tree in which lines are matched; `places` are those of its statements.

    `work` is what was done in the whole block before, whatever the start.
    """

    statements: Sequence[cst.CSTNode]
    places: Sequence[int]
    start: int
    end: int
    work: Work

    def number_at(self, place: int) -> int:
        """The number of the statement that a place is in."""
        return bisect_right(self.places, place) - 1

    def at(self, place: int) -> Block:
        """The rest of the block from a place on."""
        return replace(self, start=place)


class Work:
    """What was found in a block, and how much may still be tried there."""

    def __init__(self, size: int) -> None:
        self.known: dict[Hashable, Onward] = {}
        self._most = self._left = _TRIES + _TRIES_EACH * size

    def spend(self) -> None:
        """Count one statement that is tried; raises SourceError where they become too many."""
        self._left -= 1
        if self._left < 0:
            message = (
                f"a pattern was tried in more than {self._most} ways on one block, so none is "
                "told; say more in its lines, or use fewer of them"
            )
            raise SourceError(Problem(ProblemKind.TIMEOUT, message))


class Onward:
    """Where some lines of a pattern lead to, told for all places to begin from at once.

    Starts are added from the last to the first. What is reached from a place on is what is
    reached from the starts behind it: each end once, or the first or last alone.
    """

    def __init__(self, first: int, ends: Ends) -> None:
        self.first = first
        self._ends = ends
        self._starts: list[int] = []
        self._reached: list[Reached] = []
        self._seen: set[int] = set()
        self._best = sys.maxsize

    def add(self, start: int, reached: Reached, end: int) -> None:
        """Add what is reached from a start; `end` is the number of the last statement."""
        rank = -end if self._ends is Ends.LAST else end
        if self._ends is Ends.FIRST:
            rank = reached.place
        is_new = rank not in self._seen if self._ends is Ends.EACH else rank < self._best
        if is_new:
            self._seen.add(rank)
            self._best = rank
            self._starts.append(-start)
            self._reached.append(reached)

    def after(self, place: int) -> Sequence[Reached]:
        """All that is reached from a place on."""
        count = bisect_right(self._starts, -place)
        return self._reached[:count] if self._ends is Ends.EACH else self._reached[:count][-1:]


def blocks(statements: Sequence[cst.CSTNode], starts: Iterable[int], env: Env) -> Iterator[Block]:
    """The rest of a block from each of some of its statements on."""
    tree = env.scene.tree
    places = [tree.index[statement] for statement in statements]
    work = Work(tree.ends[places[-1]] - places[0]) if places else Work(0)
    for start in starts:
        yield Block(statements, places, places[start], tree.ends[places[-1]], work)


def promising(
    states: Iterable[Reached], names: frozenset[str], lines: Sequence[Line], block: Block
) -> Iterator[Reached]:
    """The states whose new bindings stand again where a later line asks for them."""
    asking = [line for line in lines if not names.isdisjoint(line.holes)]
    for state in states:
        if all(line.choices(state.env, state.place, block.end) for line in asking):
            yield state


def advance(
    line: Line, states: Iterable[Reached], block: Block, *, nested: bool
) -> Iterator[Reached]:
    """Match the very next statement."""
    for state in states:
        scene = state.env.scene
        node = scene.statement_at(state.place, block.end)
        if node is None:
            continue
        index = scene.tree.index[node]
        place = index + 1 if nested else scene.tree.ends[index]
        for found in line.matcher.match(node, state.env):
            yield Reached(place, found, node)


def advance_named(
    gap: Gap, states: Iterable[Reached], block: Block, *, nested: bool, follower: Line | None
) -> Iterator[Reached]:
    """Let `$...X` take any number of statements, as long as the line behind it may follow."""
    for state in states:
        tree = state.env.scene.tree
        if nested:
            nodes: Sequence[cst.CSTNode] = state.env.scene.statements_between(
                state.place, block.end
            )
            counts: Iterable[int] = range(len(nodes) + 1)
        else:
            first = bisect_left(block.places, state.place)
            nodes = block.statements[first:]
            counts = _counts(nodes, state, block, follower)
        for count in counts:
            found = state.env.bind(gap.name or "", Bound(tuple(nodes[:count])))
            if found is not None:
                last = nodes[count - 1] if count else state.last
                place = tree.ends[tree.index[nodes[count - 1]]] if count else state.place
                yield Reached(place, found, last)


def _counts(
    nodes: Sequence[cst.CSTNode], state: Reached, block: Block, follower: Line | None
) -> Iterator[int]:
    """How many statements `$...X` may take."""
    if follower is None:
        yield from range(len(nodes) + 1)
        return
    index = state.env.scene.tree.index
    for place in follower.choices(state.env, state.place, block.end):
        count = bisect_left(nodes, place, key=index.__getitem__)
        if count < len(nodes) and index[nodes[count]] == place:
            yield count


def first_places(states: Iterable[Reached]) -> dict[Env, int]:
    """The first place that is reached with each bindings."""
    first: dict[Env, int] = {}
    for state in states:
        first[state.env] = min(state.place, first.get(state.env, state.place))
    return first


def horizon(lines: Sequence[Line], env: Env, place: int, block: Block) -> int:
    """The end of the places from which these lines may still follow, told by what is bound."""
    end = block.end
    for line in reversed(lines):
        if any(name in line.holes and name not in env.lone for name, _ in env.bound):
            choices = line.choices(env, place, end)
            end = choices[-1] if choices else place
    return end


def seek(
    line: Line, first: Mapping[Env, int], block: Block, ends: Ends | None, later: Sequence[Line]
) -> Iterator[Reached]:
    """Match a statement behind a gap; what adds no binding needs only the places wanted."""
    for env, place in first.items():
        places = line.choices(env, place, horizon(later, env, place, block))
        if ends is None or not line.is_fixed(env):
            yield from _match_at(line, places, env, block)
        elif ends is Ends.EACH:
            yield from _each_end(line, places, env, block)
        else:
            ordered = places if ends is Ends.FIRST else reversed(places)
            found = _match_at(line, ordered, env, block)
            yield from islice(found, 1)


def _match_at(line: Line, places: Iterable[int], env: Env, block: Block) -> Iterator[Reached]:
    tree = env.scene.tree
    for place in places:
        block.work.spend()
        node = tree.nodes[place]
        for found in line.matcher.match(node, env):
            yield Reached(place + 1, found, node)


def _each_end(line: Line, places: Sequence[int], env: Env, block: Block) -> Iterator[Reached]:
    """The first match in each statement of the block."""
    number = 0
    while number < len(places):
        reached = next(_match_at(line, places[number : number + 1], env, block), None)
        number += 1
        if reached is not None:
            yield reached
            behind = block.number_at(reached.place - 1) + 1
            rest = block.places[behind] if behind < len(block.places) else block.end
            number = bisect_left(places, rest, number)
