"""Which code may be the same, told by a number, so that not all pairs need comparing.

Two pieces of code that are the same have the same number. Those with the same number need not be
the same: a variable has one number with all values that it has anywhere in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.constants import ValueOf, literal_value
from stuck_rules.patterns.forms import meaning_fields


class Alikes:
    """The numbers of all code of one file, and where it stands; found when first asked for."""

    def __init__(self, tree: SyntaxTree, value_of: ValueOf) -> None:
        self._tree = tree
        self._value_of = value_of
        self._numbers: dict[Hashable, int] = {}
        self._known: dict[cst.CSTNode, int] = {}

    def number(self, node: cst.CSTNode) -> int:
        """The number of a piece of code, of this file or made of such."""
        number = self._known.get(node)
        if number is None:
            number = self._known[node] = self._number_of(self._form_of(node))
        return number

    def _number_of(self, form: Hashable) -> int:
        return self._numbers.setdefault(form, len(self._numbers))

    def _form_of(self, node: cst.CSTNode) -> Hashable:
        literal = literal_value(node)
        if literal is not None:
            return self._leaves(("value", literal))
        if isinstance(node, cst.Name):
            return self._leaves(("name", node.value))
        fields = meaning_fields(type(node))
        return type(node), tuple(self._part(getattr(node, name)) for name in fields)

    def _part(self, value: object) -> Hashable:
        if isinstance(value, cst.CSTNode):
            return self.number(value)
        if isinstance(value, (list, tuple)):
            return tuple(self._part(one) for one in value)
        return value if isinstance(value, str) else type(value).__name__

    @cached_property
    def _leaves(self) -> Callable[[Hashable], Hashable]:
        """What stands for a name or a value, one for all that may be the same."""
        parents: dict[Hashable, Hashable] = {}

        def root(leaf: Hashable) -> Hashable:
            while leaf in parents:
                leaf = parents[leaf]
            return leaf

        for node in self._tree.by_type.get(cst.Name, ()):
            value = self._value_of(node)
            if value is None or not isinstance(node, cst.Name):
                continue
            name, known = root(("name", node.value)), root(("value", value))
            if name != known:
                parents[name] = known
        return root

    @cached_property
    def _places(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, node in enumerate(self._tree.nodes):
            found.setdefault(self.number(node), []).append(place)
        return found

    def places(self, node: cst.CSTNode) -> list[int]:
        """The places in the tree of all that may be the same as a piece of code."""
        return self._places.get(self.number(node), [])
