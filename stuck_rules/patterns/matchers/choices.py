"""Which nodes of a list or a file are worth trying, by what must be the same in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass

import libcst as cst

from stuck_rules.cst.source import children
from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.base import Hole, Matcher, Propagated

# Shorter lists are quicker gone through than looked up.
_SHORT = 12


def holes_in(matcher: object) -> frozenset[str]:
    """The metavariables that a match must find in the node itself.

    With symbolic propagation none must: a variable may stand for it.
    """
    found: set[str] = set()
    pending: list[object] = [matcher]
    while pending:
        part = pending.pop()
        if isinstance(part, Propagated):
            return frozenset()
        if isinstance(part, Hole):
            found.add(part.name)
        elif isinstance(part, (list, tuple)):
            pending.extend(part)
        elif is_dataclass(part):
            pending.extend(getattr(part, field.name) for field in fields(part))
    return frozenset(found)


def shared_nodes(holes: frozenset[str], env: Env) -> Iterator[cst.CSTNode]:
    """The code that must stand again in whatever a matcher with these holes matches."""
    for name, bound in env.bound:
        if name in holes and bound.text is None and bound.node is not None:
            yield bound.node


class Choices:
    """The nodes of a list, found by what is in them."""

    def __init__(self, nodes: Sequence[cst.CSTNode]) -> None:
        self._nodes = nodes
        self._holes: dict[int, frozenset[str]] = {}
        self._known: dict[int, list[int]] | None = None

    def places(self, matcher: Matcher, env: Env, start: int = 0) -> Iterable[int]:
        """The places from a start on whose nodes may match, in order."""
        every = range(start, len(self._nodes))
        if len(every) < _SHORT or not env.bound:
            return every
        holes = self._holes.get(id(matcher))
        if holes is None:
            holes = self._holes[id(matcher)] = holes_in(matcher)
        best: Sequence[int] = every
        for node in shared_nodes(holes, env):
            places = self._places(env).get(env.scene.alikes.number(node), [])
            if len(places) < len(best):
                best = places[bisect_left(places, start) :]
        return best

    def _places(self, env: Env) -> dict[int, list[int]]:
        if self._known is None:
            self._known = {}
            for place, node in enumerate(self._nodes):
                for number in {env.scene.alikes.number(part) for part in _with_parts(node)}:
                    self._known.setdefault(number, []).append(place)
        return self._known


def _with_parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and all inside it, one that was made for a list too."""
    yield node
    for child in children(node):
        yield from _with_parts(child)
