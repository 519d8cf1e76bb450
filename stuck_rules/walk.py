"""One walk of a tree for the visitors of all checks."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import libcst as cst

from stuck_rules.checks.base import CheckedFile, CheckVisitor
from stuck_rules.checks.registry import find_check
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.rule import CheckCall

Handler = Callable[[cst.CSTNode], object]
# Runs a step of a visitor; False says that it failed and must not be asked again.
Contain = Callable[[CheckVisitor, Callable[[], object]], bool]
_Table = dict[str, list[tuple[CheckVisitor, Handler]]]


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


def walk(tree: SyntaxTree, visitors: Sequence[CheckVisitor], contain: Contain) -> None:
    """Call what each visitor wants to see, in the order of LibCST's own walk."""
    enter, leave = _handlers(visitors, "visit_"), _handlers(visitors, "leave_")
    failed: set[CheckVisitor] = set()

    def call(table: _Table, node: cst.CSTNode) -> None:
        for visitor, handler in table[type(node).__name__]:
            if visitor not in failed and not contain(visitor, lambda: handler(node)):  # noqa: B023 - called at once
                failed.add(visitor)

    opened: list[int] = []
    for place, node in enumerate(tree.nodes):
        while opened and tree.ends[opened[-1]] <= place:
            call(leave, tree.nodes[opened.pop()])
        name = type(node).__name__
        if name in enter:
            call(enter, node)
        if name in leave:
            opened.append(place)
    while opened:
        call(leave, tree.nodes[opened.pop()])


def _handlers(visitors: Iterable[CheckVisitor], prefix: str) -> _Table:
    """What the visitors want to see, by the name of the node's class."""
    table: _Table = {}
    for visitor in visitors:
        for name in _overridden(type(visitor), prefix):
            table.setdefault(name, []).append((visitor, getattr(visitor, prefix + name)))
    return table


@cache
def _overridden(kind: type[CheckVisitor], prefix: str) -> tuple[str, ...]:
    """The node classes for which a visitor has a method of its own."""
    own = (
        name
        for name in dir(kind)
        if name.startswith(prefix) and getattr(kind, name) is not getattr(CheckVisitor, name, None)
    )
    return tuple(name.removeprefix(prefix) for name in own)
