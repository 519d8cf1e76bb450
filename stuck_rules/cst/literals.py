"""The values of literals, as far as the text alone tells them."""

from __future__ import annotations

import libcst as cst

HOLE = "\x00"


def string_text(node: cst.CSTNode | None) -> str | None:
    """A string literal's value; each hole of an f-string reads as HOLE. Bytes are no strings."""
    if isinstance(node, cst.SimpleString):
        value = node.evaluated_value
        return value if isinstance(value, str) else None
    if isinstance(node, cst.ConcatenatedString):
        left, right = string_text(node.left), string_text(node.right)
        return None if left is None or right is None else left + right
    if isinstance(node, cst.FormattedString):
        return "".join(
            part.value if isinstance(part, cst.FormattedStringText) else HOLE for part in node.parts
        )
    return None


def plain_string(node: cst.CSTNode | None) -> str | None:
    """A string literal's value when it has no holes."""
    text = string_text(node)
    return None if text is None or HOLE in text else text


def literal_text(node: cst.CSTNode | None) -> str | None:
    """A plain string's or an integer's value as text, so that `0` and `"0"` read alike."""
    if isinstance(node, cst.Integer):
        return str(node.evaluated_value)
    return plain_string(node)
