"""The nodes of a tree for the visitors of all checks, each taken to those that it asks for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, partial
from itertools import chain

import libcst as cst

from stuck_rules.checks.base import CheckedFile, CheckVisitor
from stuck_rules.checks.registry import find_check
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.rule import CheckCall

Handler = Callable[[cst.CSTNode], object]
# Runs a visitor; one that fails must not cost the others their results.
Contain = Callable[[CheckVisitor, Callable[[], None]], object]


def make_visitor(call: CheckCall, file: CheckedFile) -> CheckVisitor:
    """The visitor of a check for one file."""
    spec = find_check(call.name)
    if spec is None:
        raise LookupError(f"no check is named {call.name!r}")
    return _visitor_class(spec.visitor)(file, spec.for_call(call))


@cache
def _visitor_class(place: str) -> type[CheckVisitor]:
    module, _, name = place.partition(":")
    found: object = getattr(importlib.import_module(module), name)
    if not isinstance(found, type) or not issubclass(found, CheckVisitor):
        raise TypeError(f"{place} is no CheckVisitor")
    return found


def walk(tree: SyntaxTree, visitors: Iterable[CheckVisitor], contain: Contain) -> None:
    """Call what each visitor wants to see, in the order of LibCST's own walk."""
    for visitor in visitors:
        contain(visitor, partial(_visit, tree, visitor))


def _visit(tree: SyntaxTree, visitor: CheckVisitor) -> None:
    """Take one visitor to the nodes of the classes that it has methods for."""
    enter, leave = _handlers(visitor, "visit_"), _handlers(visitor, "leave_")
    opened: list[int] = []
    for node in _nodes_of(tree, enter.keys() | leave.keys()):
        name = type(node).__name__
        place = tree.index[node] if leave else 0
        while opened and tree.ends[opened[-1]] <= place:
            _leave(tree.nodes[opened.pop()], leave)
        if name in enter:
            enter[name](node)
        if name in leave:
            opened.append(place)
    while opened:
        _leave(tree.nodes[opened.pop()], leave)


def _leave(node: cst.CSTNode, handlers: Mapping[str, Handler]) -> None:
    handlers[type(node).__name__](node)


def _nodes_of(tree: SyntaxTree, names: Collection[str]) -> list[cst.CSTNode]:
    """The nodes of these classes, in source order."""
    groups = [nodes for kind, nodes in tree.by_type.items() if kind.__name__ in names]
    if len(groups) == 1:
        return groups[0]
    return sorted(chain.from_iterable(groups), key=tree.index.__getitem__)


def _handlers(visitor: CheckVisitor, prefix: str) -> dict[str, Handler]:
    """What a visitor wants to see, by the name of the node's class."""
    return {name: getattr(visitor, prefix + name) for name in _overridden(type(visitor), prefix)}


@cache
def _overridden(kind: type[CheckVisitor], prefix: str) -> tuple[str, ...]:
    """The node classes for which a visitor has a method of its own."""
    own = (
        name
        for name in dir(kind)
        if name.startswith(prefix) and getattr(kind, name) is not getattr(CheckVisitor, name, None)
    )
    return tuple(name.removeprefix(prefix) for name in own)
