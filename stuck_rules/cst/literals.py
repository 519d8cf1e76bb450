"""The values of literals, as far as the text alone tells them."""

from __future__ import annotations

import warnings

import libcst as cst

HOLE = "\x00"


def simple_value(node: cst.SimpleString) -> str | bytes | None:
    """What a literal stands for; None where its escapes are none for the running Python."""
    if "\\" not in node.value:
        return node.evaluated_value
    with warnings.catch_warnings():
        # An odd escape is the code's affair, and nothing to tell on stderr.
        warnings.simplefilter("ignore")
        try:
            return node.evaluated_value
        except (SyntaxError, ValueError):
            return None


def string_text(node: cst.CSTNode | None) -> str | None:
    """A string literal's value; each hole of an f-string reads as HOLE. Bytes are no strings."""
    if isinstance(node, cst.SimpleString):
        value = simple_value(node)
        return value if isinstance(value, str) else None
    if isinstance(node, cst.ConcatenatedString):
        left, right = string_text(node.left), string_text(node.right)
        return None if left is None or right is None else left + right
    if isinstance(node, cst.FormattedString):
        return "".join(
            part.value if isinstance(part, cst.FormattedStringText) else HOLE for part in node.parts
        )
    return None


def built_text(node: cst.CSTNode | None) -> str | None:
    """The text that an expression builds on a string literal; what is put in reads as HOLE.

    Understands `+`, `%` and `.format` as well as what `string_text` does.
    """
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo):
        return built_text(node.left)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        left, right = built_text(node.left), built_text(node.right)
        return None if left is None and right is None else f"{left or HOLE}{right or HOLE}"
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        return string_text(node.func.value) if node.func.attr.value == "format" else None
    return string_text(node)


def plain_string(node: cst.CSTNode | None) -> str | None:
    """A string literal's value when it has no holes."""
    text = string_text(node)
    return None if text is None or HOLE in text else text


def literal_text(node: cst.CSTNode | None) -> str | None:
    """A plain string's or an integer's value as text, so that `0` and `"0"` read alike."""
    if isinstance(node, cst.Integer):
        return str(node.evaluated_value)
    return plain_string(node)
