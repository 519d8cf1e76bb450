"""Values that an expression has whatever happens: literals, and what is computed from them."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from stuck_rules.values import dataclass

Scalar = int | float | str | bool | None

# A folded text is never longer: a rule needs no more, and `"a" * 10 ** 9` must not be made.
_MAX_TEXT = 10_000
_WORDS: dict[str, bool | None] = {"True": True, "False": False, "None": None}


@dataclass(frozen=True, slots=True)
class Constant:
    """A known value; `kind` keeps True apart from 1 and 1 from 1.0.

    A string's value is its text as written, escapes and all.
    """

    value: Scalar
    kind: str

    @property
    def is_text(self) -> bool:
        """Whether it is a string, even one whose text is not known."""
        return self.kind in {"str", "bytes", "text"}


# A string, but which is not known.
SOME_TEXT = Constant(None, "text")

ValueOf = Callable[[cst.CSTNode], Constant | None]


def constant(value: Scalar) -> Constant:
    """Wrap a value."""
    return Constant(value, type(value).__name__)


def join(left: Constant | None, right: Constant | None) -> Constant | None:
    """What is known where either value may hold."""
    if left == right or left is None or right is None:
        return left if left == right else None
    return SOME_TEXT if left.is_text and right.is_text else None


def literal_value(node: cst.CSTNode) -> Constant | None:
    """The value of one literal, None for any other expression."""
    if isinstance(node, cst.SimpleString):
        return Constant(node.raw_value, "bytes" if "b" in node.prefix else "str")
    if isinstance(node, cst.Name) and node.value in _WORDS:
        return constant(_WORDS[node.value])
    if isinstance(node, (cst.Integer, cst.Float)):
        return constant(node.evaluated_value)
    return None


def fold(node: cst.CSTNode, value_of: ValueOf) -> Constant | None:
    """The value of an expression by those of its parts, or None where it is not known.

    A name has no value here, unless it is a literal.
    """
    literal = literal_value(node)
    if literal is not None:
        return literal
    folder = _FOLDERS.get(type(node))
    return None if folder is None else folder(node, value_of)


def combine(
    operator: cst.CSTNode, left: Constant | None, right: Constant | None
) -> Constant | None:
    """The value of a binary operation, or of the augmented assignment with that operator."""
    if left is None or right is None:
        return None
    name = type(operator).__name__.removesuffix("Assign")
    if left.is_text or right.is_text:
        return _combine_text(name, left, right)
    if not (_is_number(left.value) and _is_number(right.value)):
        return None
    function = _ARITHMETIC.get(name)
    try:
        return None if function is None else constant(function(left.value, right.value))
    except (ArithmeticError, ValueError):
        return None


def _is_number(value: Scalar) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _combine_text(name: str, left: Constant, right: Constant) -> Constant | None:
    if name == "Multiply":
        return _repeat(left, right) if left.is_text else _repeat(right, left)
    if name != "Add" or not left.is_text or not right.is_text:
        return None
    if isinstance(left.value, str) and isinstance(right.value, str):
        return constant((left.value + right.value)[:_MAX_TEXT])
    return SOME_TEXT


def _repeat(text: Constant, times: Constant) -> Constant | None:
    if times.kind != "int" or not isinstance(times.value, int):
        return None
    if not isinstance(text.value, str) or len(text.value) * times.value > _MAX_TEXT:
        return SOME_TEXT
    return constant(text.value * times.value)


def _fold_strings(node: cst.CSTNode, value_of: ValueOf) -> Constant | None:
    strings = cst.ensure_type(node, cst.ConcatenatedString)
    parts = (value_of(strings.left), value_of(strings.right))
    return combine(cst.Add(), *parts)


def _fold_formatted(node: cst.CSTNode, value_of: ValueOf) -> Constant | None:
    total = ""
    for part in cst.ensure_type(node, cst.FormattedString).parts:
        if isinstance(part, cst.FormattedStringText):
            total += part.value
        elif isinstance(part, cst.FormattedStringExpression):
            hole = value_of(part.expression)
            plain = part.conversion is None and not part.format_spec and part.equal is None
            if hole is None or not plain or not isinstance(hole.value, str):
                return None
            total += hole.value
    return constant(total)


def _fold_unary(node: cst.CSTNode, value_of: ValueOf) -> Constant | None:
    operation = cst.ensure_type(node, cst.UnaryOperation)
    inner = value_of(operation.expression)
    if inner is None:
        return None
    if isinstance(operation.operator, cst.Not):
        return constant(not inner.value) if isinstance(inner.value, bool) else None
    if not isinstance(inner.value, (int, float)) or isinstance(inner.value, bool):
        return None
    if isinstance(operation.operator, cst.Minus):
        return constant(-inner.value)
    return inner if isinstance(operation.operator, cst.Plus) else None


def _fold_binary(node: cst.CSTNode, value_of: ValueOf) -> Constant | None:
    operation = cst.ensure_type(node, cst.BinaryOperation)
    return combine(operation.operator, value_of(operation.left), value_of(operation.right))


def _fold_boolean(node: cst.CSTNode, value_of: ValueOf) -> Constant | None:
    operation = cst.ensure_type(node, cst.BooleanOperation)
    left, right = value_of(operation.left), value_of(operation.right)
    if left is None or right is None:
        return None
    if not isinstance(left.value, bool) or not isinstance(right.value, bool):
        return None
    both = isinstance(operation.operator, cst.And)
    return constant(left.value and right.value if both else left.value or right.value)


def _fold_choice(node: cst.CSTNode, value_of: ValueOf) -> Constant | None:
    choice = cst.ensure_type(node, cst.IfExp)
    return join(value_of(choice.body), value_of(choice.orelse))


def _add(left: float, right: float) -> float:
    return left + right


def _divide(left: float, right: float) -> float:
    """A quotient of whole numbers that comes out even is one, as it equals one."""
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return left // right
    return left / right


_ARITHMETIC: dict[str, Callable[..., float]] = {
    "Add": _add,
    "Subtract": lambda left, right: left - right,
    "Multiply": lambda left, right: left * right,
    "Divide": _divide,
    "FloorDivide": lambda left, right: left // right,
}
_FOLDERS: dict[type[cst.CSTNode], Callable[[cst.CSTNode, ValueOf], Constant | None]] = {
    cst.ConcatenatedString: _fold_strings,
    cst.FormattedString: _fold_formatted,
    cst.UnaryOperation: _fold_unary,
    cst.BinaryOperation: _fold_binary,
    cst.BooleanOperation: _fold_boolean,
    cst.IfExp: _fold_choice,
}
FOLDABLE: tuple[type[cst.CSTNode], ...] = (
    *_FOLDERS,
    cst.Name,
    cst.SimpleString,
    cst.Integer,
    cst.Float,
)
