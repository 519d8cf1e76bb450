"""Marked places in code as nodes of its syntax."""

from __future__ import annotations

import libcst as cst

from stuck_rules.cst.source import SyntaxTree, parse


def name_at(tree: SyntaxTree, name: str, place: int = -1) -> cst.Name:
    """One of the places where a name stands, by default the last."""
    found = [n for n in tree.nodes if isinstance(n, cst.Name) and n.value == name]
    return found[place]


def expression(code: str) -> cst.BaseExpression:
    """The syntax of an expression alone."""
    (statement,) = parse(code + "\n").module.body
    assert isinstance(statement, cst.SimpleStatementLine)
    (node,) = statement.body
    assert isinstance(node, cst.Expr)
    return node.value
