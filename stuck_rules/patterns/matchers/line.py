"""One line of a pattern, and the statements of a file that it may match."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from typing import overload

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.base import Matcher
from stuck_rules.patterns.matchers.choices import holes_in, shared_nodes
from stuck_rules.values import dataclass, field


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
