"""What is known about one file while patterns are matched in it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, lru_cache

import libcst as cst

from stuck_rules.cst.imports import ImportTable
from stuck_rules.cst.names import dotted_name
from stuck_rules.cst.scopes import Binding, find_bindings, scope_of
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.constants import Constant, literal_value
from stuck_rules.patterns.flow import Flow
from stuck_rules.patterns.forms import same_form

_NUMBERS = (cst.Integer, cst.Float, cst.Imaginary)
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
        parent = self.tree.parents.get(name)
        if isinstance(parent, (cst.Attribute, cst.Arg)) and name in {
            getattr(parent, "attr", None),
            getattr(parent, "keyword", None),
        }:
            return None
        scopes = {binding.scope for binding in self.bindings.get(name.value, ())}
        if not scopes:
            return None
        start = parent if isinstance(parent, _DEFINITIONS) and parent.name is name else name
        scope = own = scope_of(self.tree, start)
        while scope not in scopes or (isinstance(scope, cst.ClassDef) and scope is not own):
            if scope is self.tree.module:
                return None
            scope = scope_of(self.tree, scope)
        return scope

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
            if left.value != right.value:
                return False
            scopes = (self.variable(left), self.variable(right))
            return None in scopes or scopes[0] is scopes[1]
        if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
            return type(left) is type(right) and left.evaluated_value == right.evaluated_value
        if isinstance(left, cst.SimpleString) and isinstance(right, cst.SimpleString):
            return (left.prefix, left.raw_value) == (right.prefix, right.raw_value)
        if isinstance(left, cst.Name) or isinstance(right, cst.Name):
            return self._equals_literal(left, right)
        return None

    def _equals_literal(self, left: cst.CSTNode, right: cst.CSTNode) -> bool:
        """Whether one is a variable with a known value, and the other that value's literal."""
        name, other = (left, right) if isinstance(left, cst.Name) else (right, left)
        literal = literal_value(other)
        return literal is not None and literal == self.constant(name)


def _first_name(node: cst.CSTNode) -> cst.Name | None:
    while isinstance(node, cst.Attribute):
        node = node.value
    return node if isinstance(node, cst.Name) else None


@lru_cache(maxsize=1)
def scene_of(tree: SyntaxTree) -> Scene:
    """The scene of a tree; rules are matched file by file, so the last one is kept."""
    return Scene(tree)
