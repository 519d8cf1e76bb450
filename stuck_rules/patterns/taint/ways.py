"""The ways that leave a block before its end, and where they come out."""

from __future__ import annotations

import libcst as cst

from stuck_rules.patterns.taint.state import State
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class LoopWays:
    """The states with which ways leave a loop's body."""

    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _TryWays:
    """The states with which ways leave a `try`, and how many loops stand around it."""

    loops: int
    exits: list[State] = field(default_factory=list)


class Ways:
    """The loops, and the `try` statements with a `finally`, that are being run."""

    def __init__(self) -> None:
        self._loops: list[LoopWays] = []
        self._tries: list[_TryWays] = []

    def enter_loop(self) -> None:
        """Begin a round of a loop."""
        self._loops.append(LoopWays())

    def leave_loop(self) -> LoopWays:
        """End a round of a loop."""
        return self._loops.pop()

    def enter_try(self) -> None:
        """Begin what a `finally` belongs to."""
        self._tries.append(_TryWays(len(self._loops)))

    def leave_try(self) -> list[State]:
        """End what a `finally` belongs to."""
        return self._tries.pop().exits

    def leave_function(self, state: State) -> None:
        """A `return` or `raise`: every `finally` around it is passed."""
        for around in self._tries:
            around.exits.append(state)

    def break_off(self, state: State) -> None:
        """A `break`."""
        self._pass_finally(state)
        if self._loops:
            self._loops[-1].breaks.append(state)

    def go_round(self, state: State) -> None:
        """A `continue`."""
        self._pass_finally(state)
        if self._loops:
            self._loops[-1].continues.append(state)

    def _pass_finally(self, state: State) -> None:
        for around in self._tries:
            if around.loops == len(self._loops):
                around.exits.append(state)


def is_endless(loop: cst.For | cst.While) -> bool:
    """Whether only a `break` goes on behind a loop."""
    test = loop.test if isinstance(loop, cst.While) else None
    return isinstance(test, cst.Name) and test.value == "True"


def is_exhaustive(match: cst.Match) -> bool:
    """Whether the last case takes whatever is left."""
    last = match.cases[-1]
    pattern = last.pattern
    return last.guard is None and isinstance(pattern, cst.MatchAs) and pattern.pattern is None
