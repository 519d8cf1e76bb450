"""Lines of a pattern one after another; behind the first `...` nested statements count too.

A place is a place in the tree, and the statement at a place is the first from there on. So
the one after a statement is at its end, or, where nested ones count, right behind its start.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import islice

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.matchers.items import Gap, distinct_ways
from stuck_rules.patterns.matchers.line import Line
from stuck_rules.values import dataclass


class Ends(Enum):
    """Which of the ends from one start are wanted, where the bindings make no difference."""

    FIRST = auto()
    LAST = auto()
    EACH = auto()


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the lines were matched: the next place, the last statement, the bindings."""

    place: int
    env: Env
    last: cst.CSTNode | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """The part of the tree in which lines are matched; `places` are those of its statements."""

    statements: Sequence[cst.CSTNode]
    places: Sequence[int]
    start: int
    end: int

    def number_at(self, place: int) -> int:
        """The number of the statement that a place is in."""
        return bisect_right(self.places, place) - 1


def _blocks(statements: Sequence[cst.CSTNode], starts: Iterable[int], env: Env) -> Iterator[_Block]:
    """The rest of a block from each of some of its statements on."""
    tree = env.scene.tree
    places = [tree.index[statement] for statement in statements]
    for start in starts:
        yield _Block(statements, places, places[start], tree.ends[places[-1]])


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines and gaps of a pattern's block, or of a whole pattern."""

    steps: tuple[Gap | Line, ...]

    @property
    def is_open(self) -> bool:
        """Whether they end with `...`."""
        return bool(self.steps) and self.steps[-1] == Gap()

    def runs(
        self, statements: Sequence[cst.CSTNode], env: Env, ends: Ends
    ) -> Iterator[tuple[cst.CSTNode, cst.CSTNode, Env]]:
        """The first and the last statement of all runs in a block that match.

        A run ends with a whole statement of the block, even where its last line stands deeper;
        a final `...` takes the rest. Lines that start with `...` start with the block, since
        that run holds all others.
        """
        starts = range(len(statements[:1] if self.steps[0] == Gap() else statements))
        for start, block in zip(starts, _blocks(statements, starts, env), strict=True):
            for reached in self._run(block, env, ends):
                last = statements[-1]
                if not self.is_open and reached.last is not None:
                    last = statements[block.number_at(env.scene.tree.index[reached.last])]
                yield statements[start], last, reached.env

    def match_whole(self, statements: Sequence[cst.CSTNode], env: Env) -> Iterator[Env]:
        """All ways to match a block from its start; without `...`, to its end."""
        is_loose = Gap() in self.steps
        for block in _blocks(statements, range(len(statements[:1])), env):
            ways = self._run(block, env, Ends.FIRST)
            yield from dict.fromkeys(r.env for r in ways if is_loose or r.place >= block.end)

    def _run(self, block: _Block, env: Env, ends: Ends) -> Iterable[Reached]:
        """All that is reached behind the last step, some of it perhaps more than once."""
        states: Iterable[Reached] = [Reached(block.start, env)]
        nested = False
        for number, step in enumerate(self.steps):
            after = self.steps[number + 1] if number + 1 < len(self.steps) else None
            behind_gap = number > 0 and self.steps[number - 1] == Gap()
            if step == Gap():
                nested = True
                continue
            if isinstance(step, Gap):
                follower = after if isinstance(after, Line) else None
                found = _advance_named(step, states, block, nested=nested, follower=follower)
                states = distinct_ways(found)
                continue
            if behind_gap:
                wanted = ends if after is None else Ends.FIRST if after == Gap() else None
                found = _seek(step, states, block, wanted)
            else:
                found = _advance(step, states, block, nested=nested)
            if after is None:
                return found
            states = distinct_ways(_promising(found, step.names, self._after(number), block))
        return states

    def _after(self, number: int) -> list[Line]:
        return [step for step in self.steps[number + 1 :] if isinstance(step, Line)]


def _promising(
    states: Iterable[Reached], names: frozenset[str], lines: Sequence[Line], block: _Block
) -> Iterator[Reached]:
    """The states whose new bindings stand again where a later line asks for them."""
    asking = [line for line in lines if not names.isdisjoint(line.holes)]
    for state in states:
        if all(line.choices(state.env, state.place, block.end) for line in asking):
            yield state


def _advance(
    line: Line, states: Iterable[Reached], block: _Block, *, nested: bool
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


def _advance_named(
    gap: Gap, states: Iterable[Reached], block: _Block, *, nested: bool, follower: Line | None
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
    nodes: Sequence[cst.CSTNode], state: Reached, block: _Block, follower: Line | None
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


def _seek(
    line: Line, states: Iterable[Reached], block: _Block, ends: Ends | None
) -> Iterator[Reached]:
    """Match a statement behind a gap; what adds no binding needs only the places wanted."""
    first: dict[Env, int] = {}
    for state in states:
        first[state.env] = min(state.place, first.get(state.env, state.place))
    for env, place in first.items():
        places = line.choices(env, place, block.end)
        if ends is None or not line.is_fixed(env):
            yield from _match_at(line, places, env)
        elif ends is Ends.EACH:
            yield from _each_end(line, places, env, block)
        else:
            found = _match_at(line, places if ends is Ends.FIRST else reversed(places), env)
            yield from islice(found, 1)


def _match_at(line: Line, places: Iterable[int], env: Env) -> Iterator[Reached]:
    tree = env.scene.tree
    for place in places:
        node = tree.nodes[place]
        for found in line.matcher.match(node, env):
            yield Reached(place + 1, found, node)


def _each_end(line: Line, places: Sequence[int], env: Env, block: _Block) -> Iterator[Reached]:
    """The first match in each statement of the block."""
    number = 0
    while number < len(places):
        reached = next(_match_at(line, places[number : number + 1], env), None)
        number += 1
        if reached is not None:
            yield reached
            behind = block.number_at(reached.place - 1) + 1
            rest = block.places[behind] if behind < len(block.places) else block.end
            number = bisect_left(places, rest, number)
