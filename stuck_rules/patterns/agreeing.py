"""Bindings that may agree, looked up by what a metavariable stands for in them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.scene import Scene

_Value = TypeVar("_Value")
_Pair = tuple[Env, _Value]


class Agreeing(Generic[_Value]):
    """Values by their bindings; those that may agree with others are found without the rest."""

    def __init__(self, pairs: Iterable[_Pair[_Value]]) -> None:
        self._groups: dict[frozenset[str], list[_Pair[_Value]]] = {}
        self._indexes: dict[tuple[frozenset[str], str], dict[Hashable, list[int]]] = {}
        for env, value in pairs:
            names = frozenset(name for name, _ in env.bound)
            self._groups.setdefault(names, []).append((env, value))

    def find(self, env: Env) -> Iterator[_Pair[_Value]]:
        """The pairs whose bindings may agree with these; the caller asks whether they do."""
        for names, pairs in self._groups.items():
            shared = next((pair for pair in env.bound if pair[0] in names), None)
            if shared is None:
                yield from pairs
                continue
            index = self._index(names, shared[0], pairs)
            places = {place for key in _keys(shared[1], env.scene) for place in index.get(key, ())}
            yield from (pairs[place] for place in sorted(places))

    def _index(
        self, names: frozenset[str], name: str, pairs: Sequence[_Pair[_Value]]
    ) -> dict[Hashable, list[int]]:
        known = self._indexes.get((names, name))
        if known is None:
            known = self._indexes[names, name] = {}
            for place, (env, _) in enumerate(pairs):
                bound = env.get(name)
                for key in () if bound is None else _keys(bound, env.scene):
                    known.setdefault(key, []).append(place)
        return known


def _keys(bound: Bound, scene: Scene) -> Iterator[Hashable]:
    """What two pieces of code that are the same have at least one in common of."""
    if bound.text is not None:
        yield ("text", bound.text)
        return
    yield tuple(scene.alikes.number(node) for node in bound.nodes)
    if isinstance(bound.node, cst.Name):
        yield ("text", bound.node.value)
