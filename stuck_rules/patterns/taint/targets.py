"""What nodes are made of: the names that they bind, the expressions that they hold."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.cst.names import dotted_name


def owner_of(node: cst.CSTNode) -> cst.CSTNode:
    """What an index belongs to."""
    while isinstance(node, cst.Subscript):
        node = node.value
    return node


def captured_names(pattern: cst.CSTNode) -> list[str]:
    """The names that a case's pattern binds."""
    names: list[str] = []
    pending: list[cst.CSTNode] = [pattern]
    while pending:
        node = pending.pop()
        name = getattr(node, "name", None)
        is_capture = isinstance(node, (cst.MatchAs, cst.MatchStar))
        if is_capture and isinstance(name, cst.Name):
            names.append(name.value)
        rest = getattr(node, "rest", None)
        if isinstance(node, cst.MatchMapping) and isinstance(rest, cst.Name):
            names.append(rest.value)
        pending.extend(node.children)
    return names


def imported_names(node: cst.Import | cst.ImportFrom) -> list[str]:
    """The names that an import binds, as far as it tells them."""
    if isinstance(node.names, cst.ImportStar):
        return []
    paths = (dotted_name(alias.asname.name if alias.asname else alias.name) for alias in node.names)
    return [path.partition(".")[0] for path in paths if path is not None]


def deleted_paths(node: cst.Del) -> list[str]:
    """The variables and attributes that a `del` takes away; an item is none of them."""
    target = node.target
    targets = [e.value for e in target.elements] if isinstance(target, cst.Tuple) else [target]
    paths = (dotted_name(one) for one in targets)
    return [path for path in paths if path is not None]


def inner_expressions(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The expressions directly inside a node, whatever wraps them."""
    for child in node.children:
        if isinstance(child, cst.BaseExpression):
            yield child
        elif not isinstance(child, cst.BaseSuite):
            yield from inner_expressions(child)
