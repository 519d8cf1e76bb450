"""Lines of a pattern one after another; behind the first `...` nested statements count too.

A place is a place in the tree, and the statement at a place is the first from there on. So
the one after a statement is at its end, or, where nested ones count, right behind its start.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import overload

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.matchers.base import Matcher
from stuck_rules.patterns.matchers.choices import holes_in, shared_nodes
from stuck_rules.patterns.matchers.items import Gap, distinct_ways
from stuck_rules.values import dataclass, field

# From one start and with the same bindings, the nearest ends and the farthest are told.
_NEAREST = 9


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One statement of a pattern, with the metavariables that it binds."""

    matcher: Matcher
    names: frozenset[str]
    holes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "holes", holes_in(self.matcher))

    def candidates(self, env: Env) -> list[int]:
        """The places of all statements of the file that fit by themselves."""
        scene = env.scene
        return scene.places_that_fit(self, lambda node: self._fits(node, Env(scene)))

    def _fits(self, node: cst.CSTNode, env: Env) -> bool:
        return next(self.matcher.match(node, env), None) is not None

    def choices(self, env: Env, start: int, end: int) -> Sequence[int]:
        """The places between two of all statements that may match with these bindings.

        What is bound must stand again in the statement, so that few are left to be tried.
        That is found once for all bindings to the same code.
        """
        places: Sequence[int] = self.candidates(env)
        shared = list(shared_nodes(self.holes, env))
        exact = self._exact(env)
        if shared and exact is not None:
            places = env.scene.places_that_fit(
                (self, exact),
                lambda node: self._fits(node, env),
                lambda: self._holding(shared, env, 0, len(env.scene.tree.nodes)),
            )
        elif shared:
            return self._holding(shared, env, start, end)
        return _Part(places, bisect_left(places, start), bisect_left(places, end))

    def _exact(self, env: Env) -> Hashable | None:
        """All that a comparison looks at in the bindings, None where it is not known."""
        kept = [b for name, b in env.bound if name in self.names and name not in env.lone]
        if any(bound.text is not None or bound.node is None for bound in kept):
            return None
        return tuple(env.scene.exact(bound.node) for bound in kept if bound.node is not None)

    def _holding(
        self, shared: Iterable[cst.CSTNode], env: Env, start: int, end: int
    ) -> Sequence[int]:
        """The places between two of the candidates that hold all the code that is bound."""
        every = self.candidates(env)
        best: Sequence[int] = _Part(every, bisect_left(every, start), bisect_left(every, end))
        for node in shared:
            places = env.scene.alikes.places(node)
            part = _Part(places, bisect_left(places, start), bisect_left(places, end))
            if len(part) < len(best):
                best = _around(part, every, start, env)
        return best

    def is_fixed(self, env: Env) -> bool:
        """Whether it adds no binding, so that one place is as good as another."""
        return all(name in env.lone or env.get(name) is not None for name in self.names)


class _Part(Sequence[int]):
    """A part of a long list, without a copy of it."""

    def __init__(self, whole: Sequence[int], first: int, last: int) -> None:
        self._whole, self._range = whole, range(first, last)

    def __len__(self) -> int:
        return len(self._range)

    @overload
    def __getitem__(self, number: int) -> int: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[int]: ...
    def __getitem__(self, number: int | slice) -> int | Sequence[int]:
        if isinstance(number, slice):
            return [self._whole[place] for place in self._range[number]]
        return self._whole[self._range[number]]


def _around(parts: Iterable[int], every: Sequence[int], start: int, env: Env) -> list[int]:
    """The places from a start on, of those in a list, whose nodes hold one of some parts."""
    tree = env.scene.tree
    found: set[int] = set()
    for part in parts:
        node: cst.CSTNode | None = tree.nodes[part]
        while node is not None and (place := tree.index[node]) >= start and place not in found:
            number = bisect_left(every, place)
            if number < len(every) and every[number] == place:
                found.add(place)
            node = tree.parents.get(node)
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the lines were matched: the next place, the last statement, the bindings."""

    place: int
    env: Env
    last: cst.CSTNode | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """The part of the tree in which lines are matched."""

    statements: Sequence[cst.CSTNode]
    start: int
    end: int

    @classmethod
    def of(cls, statements: Sequence[cst.CSTNode], first: int, env: Env) -> _Block:
        tree = env.scene.tree
        start, last = tree.index[statements[first]], tree.index[statements[-1]]
        return cls(statements, start, tree.ends[last])


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines and gaps of a pattern's block, or of a whole pattern."""

    steps: tuple[Gap | Line, ...]

    @property
    def is_open(self) -> bool:
        """Whether they end with `...`."""
        return bool(self.steps) and self.steps[-1] == Gap()

    def endings(self, statements: Sequence[cst.CSTNode], first: int, env: Env) -> Iterator[Reached]:
        """All ways to match from a statement of a block on; a final `...` takes the rest.

        A match ends with a whole statement of the block, even where its last line stands deeper.
        """
        index = env.scene.tree.index
        for reached in self._run(_Block.of(statements, first, env), env, all_ends=True):
            number = len(statements)
            if not self.is_open and reached.last is not None:
                number = bisect_right(statements, index[reached.last], key=index.__getitem__)
            yield Reached(reached.place, reached.env, statements[number - 1])

    def match_whole(self, statements: Sequence[cst.CSTNode], env: Env) -> Iterator[Env]:
        """All ways to match a block from its start; without `...`, to its end."""
        if not statements:
            return
        block = _Block.of(statements, 0, env)
        is_loose = Gap() in self.steps
        ways = self._run(block, env, all_ends=False)
        yield from dict.fromkeys(r.env for r in ways if is_loose or r.place >= block.end)

    def _run(self, block: _Block, env: Env, *, all_ends: bool) -> list[Reached]:
        states = [Reached(block.start, env)]
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
                first_only = after == Gap() or (after is None and not all_ends)
                found = _seek(step, states, block, first_only=first_only, is_last=after is None)
            else:
                found = _advance(step, states, block, nested=nested)
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
            first = bisect_left(block.statements, state.place, key=tree.index.__getitem__)
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
    line: Line, states: Iterable[Reached], block: _Block, *, first_only: bool, is_last: bool
) -> Iterator[Reached]:
    """Match a statement behind a gap; what adds no binding needs only its first place."""
    first: dict[Env, int] = {}
    for state in states:
        first[state.env] = min(state.place, first.get(state.env, state.place))
    for env, place in first.items():
        if not line.is_fixed(env):
            yield from _match_at(line, line.choices(env, place, block.end), env)
        elif first_only:
            yield from _some(line, line.choices(env, place, block.end), env, 1)
        elif is_last:
            yield from _some(line, line.choices(env, place, block.end), env, _NEAREST)
            yield from _some(line, reversed(line.choices(env, place, block.end)), env, 1)
        else:
            yield from _match_at(line, line.choices(env, place, block.end), env)


def _match_at(line: Line, places: Iterable[int], env: Env) -> Iterator[Reached]:
    tree = env.scene.tree
    for place in places:
        node = tree.nodes[place]
        for found in line.matcher.match(node, env):
            yield Reached(place + 1, found, node)


def _some(line: Line, places: Iterable[int], env: Env, count: int) -> Iterator[Reached]:
    """The first matches in the order of the places."""
    for number, reached in enumerate(_match_at(line, places, env), start=1):
        yield reached
        if number == count:
            return
