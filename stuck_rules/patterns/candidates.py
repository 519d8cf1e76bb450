"""The nodes of a file that a pattern may match, looked up by class, name and value.

All is found once a file and for the patterns that ask, so that many rules cost little each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import libcst as cst

from stuck_rules.patterns.compile import NodePattern
from stuck_rules.patterns.constants import FOLDABLE, Constant
from stuck_rules.patterns.matchers.arguments import Call
from stuck_rules.patterns.matchers.base import Matcher
from stuck_rules.patterns.matchers.chains import Chain
from stuck_rules.patterns.matchers.literals import Literal
from stuck_rules.patterns.matchers.names import Identifier, Member, Word
from stuck_rules.patterns.matchers.strings import StringText
from stuck_rules.patterns.scene import Scene

_Kinds = tuple[type[cst.CSTNode], ...]


class Candidates:
    """What may match in one file; names that only name something are left out."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._by_kinds: dict[_Kinds, list[cst.CSTNode]] = {}
        self._by_name: dict[type[cst.CSTNode], dict[str, list[cst.CSTNode]]] = {}

    @cached_property
    def expressions(self) -> list[cst.CSTNode]:
        """All expressions, in order."""
        scene = self._scene
        return [node for node in scene.tree.nodes if scene.is_expression(node)]

    def of(self, pattern: NodePattern) -> Sequence[cst.CSTNode]:
        """The nodes that a pattern with classes may match."""
        kinds, matcher = pattern.kinds or (), pattern.matcher
        if kinds == FOLDABLE:
            return self._valued(matcher)
        name = _name_in(matcher)
        if name is None:
            return self._of_kinds(kinds)
        return [node for kind in kinds for node in self._named(kind, name)]

    def _of_kinds(self, kinds: _Kinds) -> list[cst.CSTNode]:
        if kinds not in self._by_kinds:
            self._by_kinds[kinds] = [node for kind in kinds for node in self._of_kind(kind)]
        return self._by_kinds[kinds]

    def _of_kind(self, kind: type[cst.CSTNode]) -> Iterable[cst.CSTNode]:
        nodes = self._scene.tree.by_type.get(kind, [])
        if not issubclass(kind, cst.BaseExpression):
            return nodes
        return filter(self._scene.is_expression, nodes)

    def _named(self, kind: type[cst.CSTNode], name: str) -> Sequence[cst.CSTNode]:
        """The nodes of a class with a name, or with another that imports give it."""
        groups = self._by_name.get(kind)
        if groups is None:
            groups = self._by_name[kind] = {}
            for node in self._of_kind(kind):
                groups.setdefault(_name_of(node), []).append(node)
        aliases = [alias for alias in self._aliases.get(name, ()) if alias in groups]
        if not aliases:
            return groups.get(name, ())
        found = [node for one in dict.fromkeys((name, *aliases)) for node in groups.get(one, ())]
        return sorted(found, key=self._scene.tree.index.__getitem__)

    @cached_property
    def _aliases(self) -> dict[str, list[str]]:
        """The other names that imports give, by the last name of what they import."""
        found: dict[str, list[str]] = {}
        for entry in self._scene.imports.entries:
            last = entry.target.rpartition(".")[2]
            if last != entry.local:
                found.setdefault(last, []).append(entry.local)
        return found

    def _valued(self, matcher: Matcher) -> Sequence[cst.CSTNode]:
        """The nodes with a known value, or those with the value that a pattern wants."""
        if isinstance(matcher, Literal):
            return self._by_value.get(matcher.value, ())
        if isinstance(matcher, StringText):
            texts = [Constant(matcher.value, kind) for kind in ("str", "bytes")]
            return [node for text in texts for node in self._by_value.get(text, ())]
        return [node for nodes in self._by_value.values() for node in nodes]

    @cached_property
    def _by_value(self) -> dict[Constant, list[cst.CSTNode]]:
        found: dict[Constant, list[cst.CSTNode]] = {}
        for node in self._of_kinds(FOLDABLE):
            value = self._scene.constant(node)
            if value is not None:
                found.setdefault(value, []).append(node)
        return found


def _name_in(matcher: Matcher) -> str | None:
    """The last name of what a pattern matches, imports apart; None where any name may stand."""
    if isinstance(matcher, Call):
        matcher = matcher.function
    if isinstance(matcher, (Member, Chain)):
        matcher = matcher.attribute
    return matcher.value if isinstance(matcher, (Word, Identifier)) else None


def _name_of(node: cst.CSTNode) -> str:
    """The last name of a name, an attribute or what is called, empty where it has none."""
    if isinstance(node, cst.Call):
        node = node.func
    if isinstance(node, cst.Attribute):
        node = node.attr
    return node.value if isinstance(node, cst.Name) else ""


@lru_cache(maxsize=1)
def candidates_of(scene: Scene) -> Candidates:
    """The candidates of a file; rules are matched file by file, so the last one is kept."""
    return Candidates(scene)
