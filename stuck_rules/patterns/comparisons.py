"""The expressions of `metavariable-comparison`, computed by a table.

Only what the table knows is computed: no code of a rulebook is ever run.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from enum import Enum
from itertools import pairwise

from stuck_rules.patterns.comparison_syntax import PREFIX, function_of
from stuck_rules.patterns.regexes import compile_regex
from stuck_rules.values import dataclass


class Special(Enum):
    """A value that is none of Python's own here: None, and an element that is not known."""

    NONE = "None"
    UNKNOWN = "unknown"


Value = int | float | str | bool | Special | list["Value"]

_NUMBERS = (int, float)
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_BITS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_EQUALITIES = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)
_MEMBERSHIPS = (ast.In, ast.NotIn)
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
    return operands.get("$" + node.id.removeprefix(PREFIX))


def _constant(node: ast.expr, _operands: Mapping[str, Operand]) -> Value:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, str):
        return value.replace(PREFIX, "$")
    return value if isinstance(value, (int, float)) else Special.NONE


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
    bits = _BITS.get(type(node.op))
    if bits is not None and isinstance(left, int) and isinstance(right, int):
        return bits(left, right)
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
    if isinstance(op, _EQUALITIES):
        return _equal(left, right) is isinstance(op, (ast.Eq, ast.Is))
    if isinstance(op, _MEMBERSHIPS):
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
    name = function_of(node)
    if name == "today":
        return datetime.now(timezone.utc).timestamp()
    if name == "len":
        return _length(_compute(node.args[0], operands))
    if name == "int":
        return _whole(node.args[0], operands)
    texts = [_text(argument, operands) for argument in node.args]
    if name == "re.match":
        return compile_regex(texts[0]).match(texts[1]) is not None
    functions: dict[str | None, Callable[[str], Value]] = {
        "str": str,
        "lower": str.lower,
        "upper": str.upper,
        "strptime": _date,
    }
    return functions[name](texts[0])


def _whole(node: ast.expr, operands: Mapping[str, Operand]) -> int:
    """A number without its fraction, or the one that a text holds."""
    operand = _operand(node, operands)
    is_number = operand is not None and isinstance(operand.value, _NUMBERS)
    return int(_number(_compute(node, operands)) if is_number else _text(node, operands))


def _length(value: Value) -> int:
    if not isinstance(value, (str, list)):
        raise _UnknownError
    return len(value)


def _date(text: str) -> float:
    """A date such as 2024-12-31 as a number of seconds, to compare with `today()`."""
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=timezone.utc).timestamp()


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
