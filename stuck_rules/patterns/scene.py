"""What is known about one file while patterns are matched in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable
from functools import cache, cached_property, lru_cache

import libcst as cst

from stuck_rules.cst.imports import ImportTable
from stuck_rules.cst.names import dotted_name
from stuck_rules.cst.scopes import Binding, find_bindings, scope_of
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.alike import Alikes
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


@cache
def _is_expression_class(kind: type[cst.CSTNode]) -> bool:
    """Asking LibCST's abstract classes about each node would take longer than all the rest."""
    return issubclass(kind, cst.BaseExpression)


class Scene:
    """A file's tree with its imports, variables and constants, found when asked for."""

    def __init__(self, tree: SyntaxTree) -> None:
        self.tree = tree
        self._fitting: dict[Hashable, list[int]] = {}
        self._resolved: dict[cst.CSTNode, str | None] = {}

    @cached_property
    def imports(self) -> ImportTable:
        """The file's imports."""
        return ImportTable(self.tree)

    @cached_property
    def _imported(self) -> dict[str, list[tuple[int, str]]]:
        """Where each name is imported, and as what."""
        found: dict[str, list[tuple[int, str]]] = {}
        for entry in self.imports.entries:
            found.setdefault(entry.local, []).append((entry.index, entry.target))
        return found

    @cached_property
    def bindings(self) -> dict[str, list[Binding]]:
        """All bindings of the file by name."""
        return find_bindings(self.tree)

    @cached_property
    def _scopes(self) -> dict[str, frozenset[cst.CSTNode]]:
        """The scopes that bind each name."""
        return {name: frozenset(b.scope for b in all_) for name, all_ in self.bindings.items()}

    @cached_property
    def _parameters(self) -> frozenset[tuple[str, cst.CSTNode]]:
        """The names that are parameters, with their functions."""
        return frozenset(
            (name, binding.scope)
            for name, all_ in self.bindings.items()
            for binding in all_
            if isinstance(binding.node, cst.Param)
        )

    @cached_property
    def alikes(self) -> Alikes:
        """Which code of the file may be the same."""
        return Alikes(self.tree, self.constant)

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

    def places_that_fit(
        self,
        key: Hashable,
        fits: Callable[[cst.CSTNode], bool],
        among: Callable[[], Iterable[int]] | None = None,
    ) -> list[int]:
        """The places of all statements that fit, remembered by what asks.

        `among` tells those that need to be tried, where they are not all.
        """
        if key not in self._fitting:
            nodes = self.tree.nodes
            places = self._statements if among is None else among()
            self._fitting[key] = [place for place in places if fits(nodes[place])]
        return self._fitting[key]

    def resolve(self, node: cst.CSTNode) -> str | None:
        """The dotted name that a name or attribute stands for by the imports before it."""
        if node not in self._resolved:
            self._resolved[node] = self._resolve(node)
        return self._resolved[node]

    def _resolve(self, node: cst.CSTNode) -> str | None:
        first = _first_name(node)
        imported = None if first is None else self._imported.get(first.value)
        if first is None or imported is None or self._is_parameter(first):
            return None
        last = bisect_left(imported, (self.tree.index[node], "")) - 1
        if last < 0:
            return None
        rest = (dotted_name(node) or "").partition(".")[2]
        return f"{imported[last][1]}.{rest}" if rest else imported[last][1]

    def _is_parameter(self, name: cst.Name) -> bool:
        scope = self.variable(name)
        return isinstance(scope, (cst.FunctionDef, cst.Lambda)) and (
            (name.value, scope) in self._parameters
        )

    def variable(self, name: cst.Name) -> cst.CSTNode | None:
        """The scope that a name belongs to, None where it is bound nowhere or is no variable."""
        scopes = self._scopes.get(name.value)
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
        if not _is_expression_class(type(node)):
            return False
        parent = self.tree.parents.get(node)
        if parent is None:
            return False
        field = _NAME_FIELDS.get(type(parent))
        if field is not None and getattr(parent, field) is node:
            return False
        if type(parent) is cst.Element:
            return not self._is_loop_target(parent)
        while type(parent) is cst.Attribute:
            parent = self.tree.parents.get(parent)
        return type(parent) not in _IMPORTS

    def _is_loop_target(self, element: cst.CSTNode) -> bool:
        """Whether an element is among what a loop assigns, as in `for a, b in c`."""
        inner = element
        for outer in self.tree.ancestors(element):
            if not isinstance(outer, (cst.Element, cst.Tuple, cst.List)):
                return isinstance(outer, (cst.For, cst.CompFor)) and outer.target is inner
            inner = outer
        return False

    def constant(self, node: cst.CSTNode) -> Constant | None:
        """The value that an expression is known to have."""
        return self.flow.value_of(node)

    def exact(self, node: cst.CSTNode) -> Hashable:
        """What two pieces of code share only if they are the same as the same others."""
        if node not in self.tree.index:
            return node
        leaves = (self._exact_leaf(part) for part in (node, *self.tree.descendants(node)))
        return (self.alikes.number(node), *leaves)

    def _exact_leaf(self, node: cst.CSTNode) -> Hashable:
        if isinstance(node, cst.Name):
            return node.value, self.variable(node), self.constant(node)
        value = literal_value(node)
        return None if value is None else (value, _prefix_of(node))

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
