"""Names as they are written, and the words in them."""

from __future__ import annotations

import re
from functools import lru_cache

import libcst as cst

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def dotted_name(node: cst.CSTNode | None) -> str | None:
    """`a.b.c` for a chain of attributes on a name, else None."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    return ".".join([node.value, *reversed(parts)])


def _operand(node: cst.Call | cst.Subscript | cst.Await) -> cst.BaseExpression:
    """What is called, indexed or awaited."""
    if isinstance(node, cst.Call):
        return node.func
    return node.value if isinstance(node, cst.Subscript) else node.expression


def last_name(node: cst.CSTNode | None) -> str:
    """The name that a name, attribute, call or subscript ends with, or an empty string."""
    while isinstance(node, (cst.Call, cst.Subscript, cst.Await)):
        node = _operand(node)
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


@lru_cache(maxsize=10_000)
def words_in(text: str) -> tuple[str, ...]:
    """The lower-case words of an identifier or key; `redisURL` and `REDIS_URL` read alike."""
    return tuple(word.lower() for word in _WORD.findall(text))


def all_names(node: cst.CSTNode) -> str:
    """The names of an expression from left to right, joined by dots, calls and keys left out.

    `get_env().redis[0].get` reads `get_env.redis.get`, so that its words can be looked at.
    """
    parts: list[str] = []
    current: cst.CSTNode | None = node
    while current is not None:
        if isinstance(current, cst.Attribute):
            parts.append(current.attr.value)
            current = current.value
        elif isinstance(current, (cst.Call, cst.Subscript, cst.Await)):
            current = _operand(current)
        else:
            parts.extend([current.value] if isinstance(current, cst.Name) else [])
            current = None
    return ".".join(reversed(parts))
