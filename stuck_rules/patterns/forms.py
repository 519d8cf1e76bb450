"""What a node says apart from white space and punctuation, and whether two say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache

import libcst as cst

_LAYOUT = ("whitespace", "leading_lines", "lines_after", "lpar", "rpar", "lbr", "rbr")
_PUNCTUATION = frozenset(
    {"comma", "semicolon", "header", "footer", "indent", "trailing_whitespace", "dot"}
    | {"colon", "first_colon", "second_colon", "lsquare", "rsquare", "separator", "trailing_comma"}
)

Equal = Callable[[cst.CSTNode, cst.CSTNode], bool | None]


@cache
def meaning_fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a node class that carry meaning."""
    names = (field.name for field in fields(kind))
    kept = (n for n in names if not n.startswith(_LAYOUT) and n not in _PUNCTUATION)
    if kind is cst.FormattedStringExpression:
        return tuple(kept)
    return tuple(name for name in kept if name != "equal")


def same_form(left: object, right: object, equal: Equal) -> bool:
    """Compare field by field; `equal` decides on two nodes first, or answers None."""
    if isinstance(left, cst.CSTNode) and isinstance(right, cst.CSTNode):
        decided = equal(left, right)
        if decided is not None:
            return decided
        return type(left) is type(right) and all(
            same_form(getattr(left, name), getattr(right, name), equal)
            for name in meaning_fields(type(left))
        )
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(
            same_form(a, b, equal) for a, b in zip(left, right, strict=True)
        )
    return left == right


def statements_of(block: cst.CSTNode | None) -> tuple[cst.CSTNode, ...]:
    """A block's statements, those that share a line one by one."""
    if not isinstance(block, (cst.Module, cst.IndentedBlock, cst.SimpleStatementSuite)):
        return ()
    found: list[cst.CSTNode] = []
    body: Sequence[cst.CSTNode] = block.body
    for statement in body:
        if isinstance(statement, cst.SimpleStatementLine):
            found.extend(statement.body)
        else:
            found.append(statement)
    return tuple(found)


def core_of(node: cst.CSTNode) -> cst.CSTNode:
    """The innermost node with the same text: the call of a statement that is a call alone."""
    inner: cst.CSTNode | None = node
    while inner is not None:
        node = inner
        inner = _content_of(node)
    return node


def _content_of(node: cst.CSTNode) -> cst.CSTNode | None:
    if isinstance(node, (cst.Expr, cst.Element, cst.Index)):
        return node.value
    if isinstance(node, cst.Arg):
        return None if node.star or node.keyword is not None else node.value
    if isinstance(node, cst.Param):
        is_plain = node.annotation is None and node.default is None and not node.star
        return node.name if is_plain else None
    if isinstance(node, cst.WithItem):
        return node.item if node.asname is None else None
    return None
