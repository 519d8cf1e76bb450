"""Which names a file binds, where, and to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.values import dataclass

Comprehension = (cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)
Scope = (cst.FunctionDef, cst.Lambda, cst.ClassDef, cst.Module, *Comprehension)
# To ask LibCST's abstract classes about each node around another would take longer than the rest.
_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """One place that binds a name; `value` is the expression bound, where it is known."""

    name: str
    node: cst.CSTNode
    scope: cst.CSTNode
    value: cst.BaseExpression | None = None


_Bound = tuple[str, cst.BaseExpression | None]


def _targets(target: cst.CSTNode, value: cst.BaseExpression | None) -> Iterator[_Bound]:
    """The names that an assignment target binds, pairwise where both sides are displays."""
    if isinstance(target, cst.Name):
        yield target.value, value
    elif isinstance(target, (cst.Tuple, cst.List)):
        values: list[cst.BaseExpression | None] = [None] * len(target.elements)
        if isinstance(value, (cst.Tuple, cst.List)) and len(value.elements) == len(values):
            values = [element.value for element in value.elements]
        for element, part in zip(target.elements, values, strict=True):
            starred = isinstance(element, cst.StarredElement)
            yield from _targets(element.value, None if starred else part)


def _assign(node: cst.Assign) -> Iterator[_Bound]:
    for target in node.targets:
        yield from _targets(target.target, node.value)


def _aliases(node: cst.Import | cst.ImportFrom) -> Iterator[_Bound]:
    if isinstance(node.names, cst.ImportStar):
        return
    for alias in node.names:
        name = dotted_name(alias.asname.name if alias.asname else alias.name) or ""
        yield name.partition(".")[0], None


def _as_name(node: cst.AsName | None) -> Iterator[_Bound]:
    if node is not None:
        yield from _targets(node.name, None)


def _capture(name: cst.Name | None) -> Iterator[_Bound]:
    if name is not None:
        yield name.value, None


def _param(node: cst.Param) -> Iterator[_Bound]:
    yield node.name.value, None


_BINDERS: dict[type[cst.CSTNode], Callable[..., Iterator[_Bound]]] = {
    cst.Assign: _assign,
    cst.AnnAssign: lambda node: _targets(node.target, node.value),
    cst.AugAssign: lambda node: _targets(node.target, None),
    cst.NamedExpr: lambda node: _targets(node.target, node.value),
    cst.For: lambda node: _targets(node.target, None),
    cst.CompFor: lambda node: _targets(node.target, None),
    cst.WithItem: lambda node: _as_name(node.asname),
    cst.ExceptHandler: lambda node: _as_name(node.name),
    cst.ExceptStarHandler: lambda node: _as_name(node.name),
    cst.Import: _aliases,
    cst.ImportFrom: _aliases,
    cst.FunctionDef: lambda node: _capture(node.name),
    cst.ClassDef: lambda node: _capture(node.name),
    cst.Param: _param,
    cst.MatchAs: lambda node: _capture(node.name),
    cst.MatchStar: lambda node: _capture(node.name),
    cst.MatchMapping: lambda node: _capture(node.rest),
    cst.TypeAlias: lambda node: _capture(node.name),
    cst.TypeVar: lambda node: _capture(node.name),
    cst.TypeVarTuple: lambda node: _capture(node.name),
    cst.ParamSpec: lambda node: _capture(node.name),
}


def scope_of(tree: SyntaxTree, node: cst.CSTNode) -> cst.CSTNode:
    """The function, lambda, class, comprehension or module around a node."""
    return next((n for n in tree.ancestors(node) if type(n) in _SCOPES), tree.module)


def _binding_scope(tree: SyntaxTree, node: cst.CSTNode) -> cst.CSTNode:
    """The scope that a binding belongs to: a walrus leaves the comprehension that it stands in."""
    scope = scope_of(tree, node)
    while isinstance(node, cst.NamedExpr) and isinstance(scope, Comprehension):
        scope = scope_of(tree, scope)
    return scope


def find_bindings(tree: SyntaxTree) -> dict[str, list[Binding]]:
    """All bindings of a file by name, in source order."""
    found: dict[str, list[Binding]] = {}
    for node in tree.nodes:
        binder = _BINDERS.get(type(node))
        if binder is None:
            continue
        scope = _binding_scope(tree, node)
        for name, value in binder(node):
            found.setdefault(name, []).append(Binding(name, node, scope, value))
    return found
