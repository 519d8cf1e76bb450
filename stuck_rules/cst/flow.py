"""Which values a local name may have where it is used.

A reading of straight code and branches, without loops: enough to see that an id made two
lines above reaches a call, and that one overwritten in between does not.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.cst.names import last_name
from stuck_rules.cst.scopes import Binding, Comprehension, scope_of
from stuck_rules.cst.source import SyntaxTree

_ASSIGNMENTS = (cst.Assign, cst.AnnAssign, cst.AugAssign)
_BLOCKS = (cst.IndentedBlock, cst.SimpleStatementSuite, cst.Module)


def leaves(block: cst.BaseSuite | cst.Module, *, loop: bool = False) -> bool:
    """Whether a block ends by leaving its function, or with `loop` also by going round."""
    last = block.body[-1] if block.body else None
    if isinstance(last, (cst.SimpleStatementLine, cst.SimpleStatementSuite)):
        last = last.body[-1]
    if isinstance(last, (cst.Return, cst.Raise)):
        return True
    if isinstance(last, (cst.Continue, cst.Break)):
        return loop
    if isinstance(last, cst.If) and isinstance(last.orelse, cst.Else):
        return leaves(last.body, loop=loop) and leaves(last.orelse.body, loop=loop)
    return isinstance(last, cst.Expr) and _is_exit(last.value)


def _is_exit(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Call) and last_name(node) in {"exit", "_exit", "abort", "quit"}


def reaching(tree: SyntaxTree, bindings: dict[str, list[Binding]], use: cst.Name) -> list[Binding]:
    """The bindings that a use of a name may see; empty where the name is bound nowhere around."""
    candidates = bindings.get(use.value, [])
    scope: cst.CSTNode = scope_of(tree, use)
    own = True
    while True:
        here = [binding for binding in candidates if binding.scope is scope]
        if here and own:
            return list(_live(tree, here, use))
        if here and not isinstance(scope, cst.ClassDef):
            return here
        if scope is tree.module:
            return []
        own = own and isinstance(scope, Comprehension)
        scope = scope_of(tree, scope)


def _live(tree: SyntaxTree, bindings: list[Binding], use: cst.Name) -> Iterator[Binding]:
    """Go back from the use to the binding that always holds, past those that may."""
    place = tree.index[use]
    halves: set[cst.CSTNode] = set()
    for binding in reversed(bindings):
        node = binding.node
        if tree.index[node] > place or not _reaches(tree, node, use):
            continue
        yield binding
        block = _block(tree, node)
        if tree.encloses(block, use):
            return
        branch = tree.parents.get(block, block)
        whole = tree.parents.get(branch) if isinstance(branch, cst.Else) else branch
        if (
            isinstance(whole, cst.If)
            and whole in halves
            and tree.encloses(_block(tree, whole), use)
        ):
            return
        halves.add(whole or branch)


def _reaches(tree: SyntaxTree, node: cst.CSTNode, use: cst.CSTNode) -> bool:
    """Whether control can pass from a binding to a use further down."""
    if isinstance(node, _ASSIGNMENTS) and tree.encloses(node, use):
        return False
    inner = node
    for outer in tree.ancestors(node):
        if tree.encloses(outer, use):
            return not _excludes(tree, outer, inner, use)
        if isinstance(outer, _BLOCKS) and leaves(outer):
            return False
        inner = outer
    return True


def _excludes(tree: SyntaxTree, outer: cst.CSTNode, inner: cst.CSTNode, use: cst.CSTNode) -> bool:
    """Whether `outer` runs either the branch `inner` or the one that holds the use."""
    if isinstance(outer, (cst.If, cst.IfExp)) and outer.orelse is not None:
        return inner is outer.body and tree.encloses(outer.orelse, use)
    if isinstance(outer, (cst.Try, cst.TryStar)):
        handlers = [handler for handler in outer.handlers if tree.encloses(handler, use)]
        return inner in outer.handlers and bool(handlers)
    return isinstance(outer, cst.Match)


def _block(tree: SyntaxTree, node: cst.CSTNode) -> cst.CSTNode:
    return next((n for n in tree.ancestors(node) if isinstance(n, _BLOCKS)), tree.module)
