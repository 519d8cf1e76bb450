"""What metavariables stand for while a pattern is matched."""

from __future__ import annotations

from collections.abc import Hashable

import libcst as cst

from stuck_rules.patterns.scene import Scene
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Bound:
    """What a metavariable stands for: a node, several in a row, or text.

    `text` is a string's inside or what a regular expression found; `resolved` is the name
    that an imported alias stands for.
    """

    nodes: tuple[cst.CSTNode, ...] = ()
    text: str | None = None
    resolved: str | None = None

    @property
    def node(self) -> cst.CSTNode | None:
        """The node, where it is exactly one."""
        return self.nodes[0] if len(self.nodes) == 1 else None


@dataclass(frozen=True, slots=True, eq=False)
class Witness(Bound):
    """What stands for a metavariable that nothing else speaks of: one is as good as another."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Witness)

    def __hash__(self) -> int:
        return hash(Witness)


def agree(left: Bound, right: Bound, scene: Scene) -> bool:
    """Whether two occurrences of a metavariable stand for the same code."""
    if left.text is not None or right.text is not None:
        return _text_of(left) == _text_of(right)
    return len(left.nodes) == len(right.nodes) and all(
        scene.same(a, b) for a, b in zip(left.nodes, right.nodes, strict=True)
    )


def _text_of(bound: Bound) -> str | None:
    """The text, or the identifier that a string's inside may equal."""
    if bound.text is not None:
        return bound.text
    return bound.node.value if isinstance(bound.node, cst.Name) else None


@dataclass(frozen=True, slots=True)
class Env:
    """Bindings in one file; never changed, so that alternatives share it.

    Of the metavariables in `lone`, what they stand for makes no difference.
    """

    scene: Scene = field(compare=False, repr=False)
    bound: tuple[tuple[str, Bound], ...] = ()
    lone: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def get(self, name: str) -> Bound | None:
        """What a metavariable stands for so far."""
        return next((bound for known, bound in self.bound if known == name), None)

    def bind(self, name: str, bound: Bound) -> Env | None:
        """The bindings with one more, or None where it contradicts them; `$_` binds nothing."""
        if name == "$_":
            return self
        known = self.get(name)
        if known is not None:
            return self if agree(known, bound, self.scene) else None
        if name in self.lone:
            bound = _witness(bound)
        pairs = sorted((*self.bound, (name, bound)), key=_name_of)
        return Env(self.scene, tuple(pairs), self.lone)

    def with_lone(self, other: Env, *, since: Env) -> Env:
        """These bindings, with what lone metavariables stand for in others since a step."""
        lone = {n: b for n, b in other.bound if n in self.lone and since.get(n) is None}
        kept = tuple((name, lone.get(name, bound)) for name, bound in self.bound)
        return Env(self.scene, kept, self.lone)

    def exactly(self) -> Hashable:
        """All that a comparison looks at in these bindings, equal for the same code elsewhere."""
        return tuple((name, self._exact(bound)) for name, bound in self.bound)

    def _exact(self, bound: Bound) -> Hashable:
        is_plain = type(bound) is Bound and bound.text is None
        return bound if not is_plain or bound.node is None else self.scene.exact(bound.node)

    def retired(self, names: frozenset[str]) -> Env:
        """These bindings where what some names stand for makes no difference any more."""
        if not any(name in names and type(bound) is Bound for name, bound in self.bound):
            return self
        pairs = ((name, _witness(b) if name in names else b) for name, b in self.bound)
        return Env(self.scene, tuple(pairs), self.lone)

    def beside(self, other: Env) -> Env:
        """These bindings, and those that others have more, of which no difference is made."""
        names = {name for name, _ in self.bound}
        more = [(name, _witness(bound)) for name, bound in other.bound if name not in names]
        if not more:
            return self
        return Env(self.scene, tuple(sorted((*self.bound, *more), key=_name_of)), self.lone)

    def merge(self, other: Env) -> Env | None:
        """Both bindings, or None where they contradict; these win where they agree."""
        merged: Env | None = self
        for name, bound in other.bound:
            merged = merged.bind(name, bound) if merged is not None else None
        return merged

    def only(self, names: frozenset[str]) -> Env:
        """The bindings of some names alone."""
        kept = tuple(pair for pair in self.bound if pair[0] in names)
        return Env(self.scene, kept, self.lone)

    def agrees(self, other: Env) -> bool:
        """Whether what both bind stands for the same code."""
        return self.merge(other) is not None


def _witness(bound: Bound) -> Witness:
    return Witness(bound.nodes, bound.text, bound.resolved)


def _name_of(pair: tuple[str, Bound]) -> str:
    return pair[0]
