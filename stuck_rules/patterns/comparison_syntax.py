"""The expressions of `metavariable-comparison` as syntax: what they may say, and nothing else."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from stuck_rules.errors import PatternError

# What stands for the `$` of a metavariable while Python reads an expression.
PREFIX = "__hole_"

_KNOWN = (*(ast.Constant, ast.List, ast.Tuple, ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Compare),)
_OPERATORS = (
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow),
    *(ast.BitAnd, ast.BitOr, ast.BitXor),
)
_CONSTANTS = (int, float, str, type(None))
# The functions that an expression may call, with how many arguments each takes.
_ARGUMENTS = {"int": 1, "str": 1, "lower": 1, "upper": 1, "len": 1, "re.match": 2} | {
    "today": 0,
    "strptime": 1,
}


@lru_cache(maxsize=500)
def parse_comparison(text: str, *, line: int = 0, column: int = 0) -> ast.expr:
    """Parse an expression over metavariables; PatternError where it uses what has no meaning."""
    source = re.sub(r"\$([A-Z_][A-Z_0-9]*|\d+)", rf"{PREFIX}\1", text).strip()
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        message = f"not a comparison: {error.msg}; the text is {text!r}"
        raise PatternError.at(message, line=line or None, column=column or None) from None
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {name for call in calls for name in ast.walk(call.func)}
    for node in ast.walk(tree):
        problem = _problem_of(node) if node not in called else None
        if problem is not None:
            message = f"{problem} in a metavariable-comparison is not supported"
            raise PatternError.at(message, line=line or None, column=column or None)
    return tree


def _problem_of(node: ast.AST) -> str | None:
    """What in a piece of the expression has no meaning, if anything."""
    if not isinstance(node, ast.expr):
        return None
    text = repr(ast.unparse(node).replace(PREFIX, "$"))
    if isinstance(node, ast.Call):
        return None if function_of(node) is not None else f"the call {text}"
    if isinstance(node, ast.Name):
        return None if node.id.startswith(PREFIX) else f"the name {text}"
    if not isinstance(node, _KNOWN) or not _is_known_operator(node):
        return text
    is_odd = isinstance(node, ast.Constant) and not isinstance(node.value, _CONSTANTS)
    return text if is_odd else None


def _is_known_operator(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, _OPERATORS)
    if isinstance(node, ast.UnaryOp):
        return not isinstance(node.op, ast.Invert)
    if isinstance(node, ast.Compare):
        by_identity = any(isinstance(op, (ast.Is, ast.IsNot)) for op in node.ops)
        return not by_identity or any(_is_none(part) for part in (node.left, *node.comparators))
    return True


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def function_of(node: ast.Call) -> str | None:
    """The dotted name of a call that the table knows, with its number of arguments right."""
    name = ast.unparse(node.func)
    return name if _ARGUMENTS.get(name) == len(node.args) and not node.keywords else None
