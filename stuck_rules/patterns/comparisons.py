"""The expressions of `metavariable-comparison`, read with `ast` and computed by a table.

Only what the table knows is computed: no code of a rulebook is ever run.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from stuck_rules.errors import PatternError
from stuck_rules.patterns.regexes import compile_regex

Value = int | float | str | bool | list["Value"]

_PREFIX = "__hole_"
_NUMBERS = (int, float)
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_ORDER: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
# Larger powers would only keep the machine busy.
_MAX_EXPONENT = 1_000


@dataclass(frozen=True, slots=True)
class Operand:
    """What a metavariable stands for: its constant value, if known, and its text."""

    value: Value | None
    text: str


class _UnknownError(Exception):
    """A part of the expression has no value, so the condition does not hold."""


@lru_cache(maxsize=500)
def parse_comparison(text: str, *, line: int = 0, column: int = 0) -> ast.expr:
    """Parse an expression over metavariables; PatternError where it uses what has no meaning."""
    source = re.sub(r"\$([A-Z_][A-Z_0-9]*|\d+)", rf"{_PREFIX}\1", text).strip()
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        message = f"not a comparison: {error.msg}; the text is {text!r}"
        raise PatternError.at(message, line=line or None, column=column or None) from None
    for node in ast.walk(tree):
        problem = _problem_of(node)
        if problem is not None:
            message = f"{problem} in a metavariable-comparison is not supported"
            raise PatternError.at(message, line=line or None, column=column or None)
    return tree


def _problem_of(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call) and _function_of(node) is None:
        return f"the call {ast.unparse(node)!r}"
    if isinstance(node, ast.Constant) and not isinstance(node.value, (int, float, str)):
        return repr(node.value)
    if isinstance(node, (ast.Lambda, ast.IfExp, ast.Dict, ast.Set, ast.Subscript, ast.ListComp)):
        return repr(ast.unparse(node))
    return None


def _function_of(node: ast.Call) -> str | None:
    """The dotted name of a call that the table knows, with its number of arguments right."""
    name = ast.unparse(node.func)
    wanted = {"int": 1, "str": 1, "lower": 1, "upper": 1, "re.match": 2}.get(name)
    return name if wanted == len(node.args) and not node.keywords else None


def holds(comparison: ast.expr, operands: Mapping[str, Operand]) -> bool:
    """Whether the expression is true; false where a metavariable has no known value."""
    try:
        return _truth(_compute(comparison, operands))
    except (_UnknownError, TypeError, ValueError, ArithmeticError):
        return False


def _truth(value: Value) -> bool:
    if not isinstance(value, bool):
        raise _UnknownError
    return value


def _compute(node: ast.expr, operands: Mapping[str, Operand]) -> Value:
    compute = _TABLE.get(type(node))
    if compute is None:
        raise _UnknownError
    return compute(node, operands)


def _name(node: ast.expr, operands: Mapping[str, Operand]) -> Value:
    operand = _operand(node, operands)
    if operand is None or operand.value is None:
        raise _UnknownError
    return operand.value


def _operand(node: ast.expr, operands: Mapping[str, Operand]) -> Operand | None:
    if not isinstance(node, ast.Name):
        return None
    return operands.get("$" + node.id.removeprefix(_PREFIX))


def _constant(node: ast.expr, _operands: Mapping[str, Operand]) -> Value:
    value = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(value, (int, float, str)):
        raise _UnknownError
    return value


def _list(node: ast.expr, operands: Mapping[str, Operand]) -> Value:
    items = node.elts if isinstance(node, (ast.List, ast.Tuple)) else []
    return [_compute(item, operands) for item in items]


def _logic(node: ast.expr, operands: Mapping[str, Operand]) -> Value:
    if not isinstance(node, ast.BoolOp):
        raise _UnknownError
    values = (_truth(_compute(value, operands)) for value in node.values)
    return all(values) if isinstance(node.op, ast.And) else any(values)


def _unary(node: ast.expr, operands: Mapping[str, Operand]) -> Value:
    if not isinstance(node, ast.UnaryOp):
        raise _UnknownError
    value = _compute(node.operand, operands)
    if isinstance(node.op, ast.Not):
        return not _truth(value)
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        raise _UnknownError
    return -value if isinstance(node.op, ast.USub) else value


def _binary(node: ast.expr, operands: Mapping[str, Operand]) -> Value:
    if not isinstance(node, ast.BinOp):
        raise _UnknownError
    left, right = _compute(node.left, operands), _compute(node.right, operands)
    if isinstance(left, str) and isinstance(right, str) and isinstance(node.op, ast.Add):
        return left + right
    a, b = _number(left), _number(right)
    if isinstance(node.op, ast.Pow) and abs(b) <= _MAX_EXPONENT:
        return float(a**b) if isinstance(a, float) or isinstance(b, float) else int(a**b)
    function = _ARITHMETIC.get(type(node.op))
    if function is None:
        raise _UnknownError
    return function(a, b)


def _number(value: Value) -> int | float:
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        raise _UnknownError
    return value


def _compare(node: ast.expr, operands: Mapping[str, Operand]) -> Value:
    if not isinstance(node, ast.Compare):
        raise _UnknownError
    values = [_compute(part, operands) for part in (node.left, *node.comparators)]
    pairs = zip(node.ops, pairwise(values), strict=True)
    return all(_related(op, left, right) for op, (left, right) in pairs)


def _related(op: ast.cmpop, left: Value, right: Value) -> bool:
    if isinstance(op, (ast.Eq, ast.NotEq)):
        return _equal(left, right) is isinstance(op, ast.Eq)
    if isinstance(op, (ast.In, ast.NotIn)):
        return _contains(right, left) is isinstance(op, ast.In)
    order = _ORDER.get(type(op))
    if order is None:
        raise _UnknownError
    if isinstance(left, str) and isinstance(right, str):
        return order(float(left > right) - float(left < right), 0.0)
    return order(_number(left), _number(right))


def _equal(left: Value, right: Value) -> bool:
    """Equality that keeps True apart from 1."""
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def _contains(whole: Value, part: Value) -> bool:
    if isinstance(whole, list):
        return any(_equal(item, part) for item in whole)
    if isinstance(whole, str) and isinstance(part, str):
        return part in whole
    raise _UnknownError


def _call(node: ast.expr, operands: Mapping[str, Operand]) -> Value:
    if not isinstance(node, ast.Call):
        raise _UnknownError
    texts = [_text(argument, operands) for argument in node.args]
    name = _function_of(node)
    if name == "re.match":
        return compile_regex(texts[0]).match(texts[1]) is not None
    functions: dict[str | None, Callable[[str], Value]] = {
        "int": int,
        "str": str,
        "lower": str.lower,
        "upper": str.upper,
    }
    return functions[name](texts[0])


def _text(node: ast.expr, operands: Mapping[str, Operand]) -> str:
    """An argument as text: a string's value, else the source text of what is bound."""
    operand = _operand(node, operands)
    if operand is None:
        return str(_compute(node, operands))
    return operand.value if isinstance(operand.value, str) else operand.text


_TABLE: dict[type[ast.expr], Callable[[ast.expr, Mapping[str, Operand]], Value]] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.List: _list,
    ast.Tuple: _list,
    ast.BoolOp: _logic,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.Call: _call,
}
