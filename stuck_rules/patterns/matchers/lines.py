"""Lines of a pattern one after another; behind the first `...` nested statements count too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.items import Gap, distinct_ways
from stuck_rules.patterns.matchers.line import Line
from stuck_rules.patterns.matchers.states import (
    Block,
    Ends,
    Onward,
    Reached,
    Wanted,
    advance,
    advance_named,
    blocks,
    first_places,
    horizon,
    promising,
    seek,
)
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines and gaps of a pattern's block, or of a whole pattern."""

    steps: tuple[Gap | Line, ...]
    _names: tuple[tuple[int, frozenset[str]], ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        lines = enumerate(self.steps)
        names = tuple((number, line.names) for number, line in lines if isinstance(line, Line))
        object.__setattr__(self, "_names", names)

    @property
    def is_open(self) -> bool:
        """Whether they end with `...`."""
        return bool(self.steps) and self.steps[-1] == Gap()

    def runs(
        self, statements: Sequence[cst.CSTNode], env: Env, wanted: Wanted
    ) -> Iterator[tuple[cst.CSTNode, cst.CSTNode, Env]]:
        """The first and the last statement of all runs in a block that match.

        A run ends with a whole statement of the block, even where its last line stands deeper;
        a final `...` takes the rest. Lines that start with `...` start with the block, since
        that run holds all others.
        """
        starts = range(len(statements[:1] if self.steps[0] == Gap() else statements))
        for start, block in zip(starts, blocks(statements, starts, env), strict=True):
            for reached in self._run(block, env, wanted):
                last = statements[-1]
                if not self.is_open and reached.last is not None:
                    last = statements[block.number_at(env.scene.tree.index[reached.last])]
                yield statements[start], last, reached.env.retired(wanted.private)

    def match_whole(self, statements: Sequence[cst.CSTNode], env: Env) -> Iterator[Env]:
        """All ways to match a block from its start; without `...`, to its end."""
        is_loose = Gap() in self.steps
        for block in blocks(statements, range(len(statements[:1])), env):
            ways = self._run(block, env, Wanted(Ends.FIRST))
            yield from dict.fromkeys(r.env for r in ways if is_loose or r.place >= block.end)

    def _run(
        self, block: Block, env: Env, wanted: Wanted, *, nested: bool = False
    ) -> Iterable[Reached]:
        """All that is reached behind the last step, some of it perhaps more than once."""
        states: Iterable[Reached] = [Reached(block.start, env)]
        number = 0
        while number < len(self.steps):
            step = self.steps[number]
            if step == Gap():
                nested = True
                number += 1
                continue
            if isinstance(step, Line):
                found, last = self._match_line(number, states, block, wanted, nested=nested)
            else:
                behind = self.steps[number + 1 : number + 2]
                follower = behind[0] if behind and isinstance(behind[0], Line) else None
                found = advance_named(step, states, block, nested=nested, follower=follower)
                last = number
            number = last + 1
            if number == len(self.steps):
                return found
            states = distinct_ways(self._retired(number, found, wanted))
        return states

    def _retired(self, number: int, states: Iterable[Reached], wanted: Wanted) -> Iterable[Reached]:
        """The states without what makes no difference from a step on."""
        later = frozenset(name for at, names in self._names if at >= number for name in names)
        names = wanted.private - later
        if not names:
            return states
        return (Reached(each.place, each.env.retired(names), each.last) for each in states)

    def _match_line(
        self, number: int, states: Iterable[Reached], block: Block, wanted: Wanted, *, nested: bool
    ) -> tuple[Iterable[Reached], int]:
        """What a line makes of the states, or several where nothing but their end matters.

        The second is the number of the last of them.
        """
        line = self.steps[number]
        assert isinstance(line, Line)
        if number == 0 or self.steps[number - 1] != Gap():
            found = advance(line, states, block, nested=nested)
            return self._promising(number, found, block), number
        first = first_places(states)
        lasts = {self._last_of_group(number, env, wanted) for env in first}
        last = lasts.pop() if len(lasts) == 1 else None
        if last is None:
            found = seek(line, first, block, None, self._after(number))
            return self._promising(number, found, block), number
        if last + 1 < len(self.steps):
            wanted = wanted.with_ends(Ends.FIRST)
        # What asks about no binding is matched once for all starts, where each end is wanted.
        is_shared = wanted.ends is Ends.EACH and all(line.names <= env.lone for env in first)
        if last == number and not is_shared and all(line.is_fixed(env) for env in first):
            return seek(line, first, block, wanted.ends, ()), last
        return Lines(self.steps[number : last + 1])._seek(first, block, wanted), last

    def _promising(self, number: int, states: Iterable[Reached], block: Block) -> Iterable[Reached]:
        line = self.steps[number]
        assert isinstance(line, Line)
        return promising(states, line.names, self._after(number), block)

    def _after(self, number: int) -> Sequence[Line]:
        return [step for step in self.steps[number + 1 :] if isinstance(step, Line)]

    def _last_of_group(self, number: int, env: Env, wanted: Wanted) -> int | None:
        """The last of the lines that hang together with one: in a row, or by what they bind.

        None where they bind what a later line or another part of the rule asks about.
        """
        last = place = number
        unbound: set[str] = set()
        while place <= last:
            step = self.steps[place]
            if isinstance(step, Line):
                unbound.update(n for n in step.names - env.lone if env.get(n) is None)
                last = max([last, *(at for at, names in self._names if names & unbound)])
            elif step != Gap():
                return None
            if place == last and self.steps[place + 1 : place + 2] not in ((), (Gap(),)):
                last += 1
            place += 1
        return last if unbound <= wanted.private else None

    def _seek(self, first: Mapping[Env, int], block: Block, wanted: Wanted) -> Iterator[Reached]:
        """Match these lines behind a gap, from wherever the first of them may stand."""
        names = frozenset(name for _, each in self._names for name in each)
        for env, place in first.items():
            kept = env.only(names)
            key, known = (self.steps, wanted.ends, kept.exactly()), block.work.known
            if key not in known or known[key].first > place:
                known[key] = self._onward(place, kept, block, wanted)
            for reached in known[key].after(place):
                block.work.spend()
                yield Reached(reached.place, env.beside(reached.env), reached.last)

    def _onward(self, place: int, env: Env, block: Block, wanted: Wanted) -> Onward:
        line = self.steps[0]
        assert isinstance(line, Line)
        onward = Onward(place, wanted.ends)
        end = horizon(self._after(0), env, place, block)
        for start in reversed(line.choices(env, place, end)):
            for reached in self._run(block.at(start), env, wanted, nested=True):
                onward.add(start, reached, block.number_at(reached.place - 1))
        return onward
