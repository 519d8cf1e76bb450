"""`requires` of a sink: an expression over the labels of what reaches it."""

from __future__ import annotations

import ast
from collections.abc import Set as AbstractSet
from functools import lru_cache

from stuck_rules.errors import PatternError


@lru_cache(maxsize=200)
def parse_requires(text: str, *, line: int = 0, column: int = 0) -> ast.expr:
    """Parse it; raises PatternError where it is more than labels, `and`, `or` and `not`."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        message = f"'requires' is no expression over labels: {text!r}"
        raise PatternError.at(message, line=line or None, column=column or None) from None
    for node in ast.walk(tree):
        if not isinstance(node, (ast.BoolOp, ast.boolop, ast.UnaryOp, ast.Not, ast.Name, ast.Load)):
            message = f"'requires' holds only labels, and, or, not: {text!r}"
            raise PatternError.at(message, line=line or None, column=column or None)
    return tree


def holds(node: ast.expr, labels: AbstractSet[str]) -> bool:
    """Whether the expression holds for a set of labels."""
    if isinstance(node, ast.BoolOp):
        results = [holds(value, labels) for value in node.values]
        return all(results) if isinstance(node.op, ast.And) else any(results)
    if isinstance(node, ast.UnaryOp):
        return not holds(node.operand, labels)
    return isinstance(node, ast.Name) and node.id in labels


def labels_in(text: str) -> tuple[str, ...]:
    """The labels that a `requires` names; none where there is nothing."""
    if not text:
        return ()
    names = (node.id for node in ast.walk(parse_requires(text)) if isinstance(node, ast.Name))
    return tuple(dict.fromkeys(names))
