"""What is known of a function's variables, statement by statement, with every change kept once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import libcst as cst

from stuck_rules.patterns.constants import Constant, join
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """What a variable holds: its value, and the expression it was last assigned."""

    constant: Constant | None = None
    expression: cst.CSTNode | None = None


NOTHING = Fact()
Changes = Mapping[str, Fact]


class Facts:
    """The facts of one function as it is read, and those in front of each statement read.

    A way that may or may not be taken is read between `fork` and `take_back`.
    """

    def __init__(self) -> None:
        self._now: dict[str, Fact] = {}
        self._steps: dict[cst.CSTNode, int] = {}
        # By name, the number of the statement from which on a fact holds.
        self._since: dict[str, list[int]] = {}
        self._history: dict[str, list[Fact | None]] = {}
        # What was known of what changed since each fork that is still open.
        self._before: list[dict[str, Fact | None]] = []

    def reach(self, statement: cst.CSTNode) -> None:
        """Go on to a statement."""
        self._steps[statement] = len(self._steps)

    def at(self, statement: cst.CSTNode, name: str) -> Fact | None:
        """What was known in front of a statement."""
        step = self._steps.get(statement)
        if step is None or name not in self._since:
            return None
        number = bisect_right(self._since[name], step)
        return self._history[name][number - 1] if number else None

    def get(self, name: str) -> Fact | None:
        """What is known now."""
        return self._now.get(name)

    def set(self, name: str, fact: Fact) -> None:
        """Learn something."""
        if self._before:
            self._before[-1].setdefault(name, self._now.get(name))
        self._now[name] = fact
        self._tell(name, fact)

    def _tell(self, name: str, fact: Fact | None) -> None:
        self._since.setdefault(name, []).append(len(self._steps))
        self._history.setdefault(name, []).append(fact)

    def fork(self) -> None:
        """Begin a way that may be taken."""
        self._before.append({})

    def take_back(self) -> Changes:
        """End a way as if it had not been taken, and tell what it changed."""
        before = self._before.pop()
        changes = {name: self._now[name] for name in before}
        for name, fact in before.items():
            if fact is None:
                del self._now[name]
            else:
                self._now[name] = fact
            self._tell(name, fact)
        return changes

    def join(self, ways: Sequence[Changes]) -> None:
        """Go on where one of these ways was taken; a name that one does not set keeps its value."""
        for name in dict.fromkeys(name for way in ways for name in way):
            self.set(name, _join_facts([way.get(name, self.get(name)) for way in ways]))


def _join_facts(facts: list[Fact | None]) -> Fact:
    known = [fact for fact in facts if fact is not None]
    if len(facts) == 1:
        return known[0]
    value = known[0].constant
    for fact in known[1:]:
        value = join(value, fact.constant)
    same = len(known) == len(facts) and all(f.expression is known[0].expression for f in known)
    return Fact(value, known[0].expression if same else None)
