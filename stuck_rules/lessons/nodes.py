"""The parser's flat tokens as a tree: what nests, with the token that opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token


class Node:
    """A block with those inside it; `token` is its own, or the one that opens it.

    Inline text is a node without children: its token has what stands in it.
    """

    __slots__ = ("children", "token", "type")

    def __init__(self, token: Token) -> None:
        self.token = token
        self.type = token.type.removesuffix("_open")
        self.children: list[Node] = []

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line, 1-based."""
        first, end = self.token.map or (0, 1)
        return (first + 1, max(end, first + 1))

    def walk(self) -> Iterator[Node]:
        """The node and all inside it, in file order."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_tree(tokens: Sequence[Token]) -> list[Node]:
    """The blocks at the top of a file."""
    top: list[Node] = []
    open_lists = [top]
    for token in tokens:
        if token.nesting < 0:
            open_lists.pop()
            continue
        node = Node(token)
        open_lists[-1].append(node)
        if token.nesting > 0:
            open_lists.append(node.children)
    return top
