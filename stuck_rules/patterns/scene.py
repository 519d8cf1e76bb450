"""What is known about one file while patterns are matched in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache

import libcst as cst

from stuck_rules.cst.imports import ImportTable
from stuck_rules.cst.names import dotted_name
from stuck_rules.cst.scopes import Binding, find_bindings, scope_of
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.constants import Constant, literal_value
from stuck_rules.patterns.flow import Flow
from stuck_rules.patterns.forms import same_form

_LABELLED = (cst.Attribute, cst.Arg)
_DEFINITIONS = (cst.FunctionDef, cst.ClassDef)
_STATEMENTS = (cst.BaseSmallStatement, cst.BaseCompoundStatement)
_IMPORTS = (cst.ImportAlias, cst.ImportFrom, cst.AsName)
# Where a name stands that is no expression.
_NAME_FIELDS: dict[type[cst.CSTNode], str] = {
    cst.Attribute: "attr",
    cst.Arg: "keyword",
    cst.FunctionDef: "name",
    cst.ClassDef: "name",
    cst.Param: "name",
    cst.NameItem: "name",
    cst.CompFor: "target",
    cst.For: "target",
    cst.NamedExpr: "target",
}


class Scene:
    """A file's tree with its imports, variables and constants, found when asked for."""

    def __init__(self, tree: SyntaxTree) -> None:
        self.tree = tree
        self._fitting: dict[Hashable, list[int]] = {}

    @cached_property
    def imports(self) -> ImportTable:
        """The file's imports."""
        return ImportTable(self.tree)

    @cached_property
    def _imported(self) -> frozenset[str]:
        return frozenset(entry.local for entry in self.imports.entries)

    @cached_property
    def bindings(self) -> dict[str, list[Binding]]:
        """All bindings of the file by name."""
        return find_bindings(self.tree)

    @cached_property
    def flow(self) -> Flow:
        """What the file's variables hold."""
        return Flow(self.tree, self.bindings)

    @cached_property
    def _statements(self) -> list[int]:
        """The places of all statements, and of lambda bodies, which count as statements."""
        lambdas = {
            node.body
            for node in self.tree.by_type.get(cst.Lambda, ())
            if isinstance(node, cst.Lambda)
        }
        return [
            place
            for place, node in enumerate(self.tree.nodes)
            if isinstance(node, _STATEMENTS) or node in lambdas
        ]

    def statements_between(self, start: int, end: int) -> list[cst.CSTNode]:
        """The statements whose places are in a range, nested ones behind what holds them."""
        first, last = bisect_left(self._statements, start), bisect_left(self._statements, end)
        return [self.tree.nodes[place] for place in self._statements[first:last]]

    def statement_at(self, start: int, end: int) -> cst.CSTNode | None:
        """The first statement at or behind a place, if it stands before the end."""
        number = bisect_left(self._statements, start)
        if number == len(self._statements) or self._statements[number] >= end:
            return None
        return self.tree.nodes[self._statements[number]]

    def places_that_fit(self, key: Hashable, fits: Callable[[cst.CSTNode], bool]) -> list[int]:
        """The places of all statements that fit, remembered by what asks."""
        if key not in self._fitting:
            nodes = self.tree.nodes
            self._fitting[key] = [place for place in self._statements if fits(nodes[place])]
        return self._fitting[key]

    def resolve(self, node: cst.CSTNode) -> str | None:
        """The dotted name that a name or attribute stands for by the imports before it."""
        written = dotted_name(node)
        if written is None or written.partition(".")[0] not in self._imported:
            return None
        if isinstance(self._variable(node), (cst.FunctionDef, cst.Lambda)) and self._is_parameter(
            node
        ):
            return None
        return self.imports.resolve(written, before=self.tree.index[node])

    def _is_parameter(self, node: cst.CSTNode) -> bool:
        scope = self._variable(node)
        first = _first_name(node)
        return first is not None and any(
            binding.scope is scope and isinstance(binding.node, cst.Param)
            for binding in self.bindings.get(first.value, ())
        )

    def _variable(self, node: cst.CSTNode) -> cst.CSTNode | None:
        first = _first_name(node)
        return None if first is None else self.variable(first)

    def variable(self, name: cst.Name) -> cst.CSTNode | None:
        """The scope that a name belongs to, None where it is bound nowhere or is no variable."""
        scopes = {binding.scope for binding in self.bindings.get(name.value, ())}
        if not scopes or self._is_label(name):
            return None
        parent = self.tree.parents.get(name)
        start = parent if isinstance(parent, _DEFINITIONS) and parent.name is name else name
        own = scope_of(self.tree, start)
        for scope in (own, *self.tree.ancestors(own)):
            if scope in scopes and (scope is own or not isinstance(scope, cst.ClassDef)):
                return scope
        return None

    def _is_label(self, name: cst.Name) -> bool:
        """Whether a name is an attribute's or a keyword's, which no scope binds."""
        parent = self.tree.parents.get(name)
        field = _NAME_FIELDS.get(type(parent)) if isinstance(parent, _LABELLED) else None
        return field is not None and getattr(parent, field) is name

    def is_expression(self, node: cst.CSTNode) -> bool:
        """Whether a node stands where Python takes a value; names that only name do not."""
        parent = self.tree.parents.get(node)
        if parent is None or not isinstance(node, cst.BaseExpression):
            return False
        field = _NAME_FIELDS.get(type(parent))
        if field is not None and getattr(parent, field) is node:
            return False
        while isinstance(parent, cst.Attribute):
            parent = self.tree.parents.get(parent)
        return not isinstance(parent, _IMPORTS)

    def constant(self, node: cst.CSTNode) -> Constant | None:
        """The value that an expression is known to have."""
        return self.flow.value_of(node)

    def same(self, left: cst.CSTNode, right: cst.CSTNode) -> bool:
        """Whether two pieces of code are the same, layout apart, and their names the same too."""
        return left is right or same_form(left, right, self._same_leaf)

    def _same_leaf(self, left: cst.CSTNode, right: cst.CSTNode) -> bool | None:
        if isinstance(left, cst.Name) and isinstance(right, cst.Name):
            return left.value == right.value and self._same_variable(left, right)
        values = (literal_value(left), literal_value(right))
        if None not in values:
            return values[0] == values[1] and _prefix_of(left) == _prefix_of(right)
        if isinstance(left, cst.Name):
            return values[1] is not None and values[1] == self.constant(left)
        if isinstance(right, cst.Name):
            return values[0] is not None and values[0] == self.constant(right)
        return None

    def _same_variable(self, left: cst.Name, right: cst.Name) -> bool:
        scopes = (self.variable(left), self.variable(right))
        return None in scopes or scopes[0] is scopes[1]


def _prefix_of(node: cst.CSTNode) -> str:
    return node.prefix if isinstance(node, cst.SimpleString) else ""


def _first_name(node: cst.CSTNode) -> cst.Name | None:
    while isinstance(node, cst.Attribute):
        node = node.value
    return node if isinstance(node, cst.Name) else None


@lru_cache(maxsize=1)
def scene_of(tree: SyntaxTree) -> Scene:
    """The scene of a tree; rules are matched file by file, so the last one is kept."""
    return Scene(tree)
