"""Markdown text -> blocks with their lines, by a real block parser.

Front matter counts as blank lines, HTML and comments as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stuck_rules.errors import LogError, Problem, ProblemKind
from stuck_rules.lessons.blocks import (
    Block,
    Divider,
    Document,
    Fence,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Quote,
    Table,
)
from stuck_rules.lessons.inline import read_prose
from stuck_rules.lessons.prose import Prose, flatten
from stuck_rules.lessons.slugs import anchors

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

# The parser drops what nests deeper than its limit without a word; a list takes two levels.
MAX_NESTING = 200
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=[\w\"'-]+[ \t]*:)(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)


@dataclass(frozen=True, slots=True)
class _Source:
    """What the blocks need to know beside their node: the file's lines and all anchors."""

    lines: Sequence[str]
    anchors: dict[int, str]


def _lines(node: SyntaxTreeNode) -> tuple[int, int]:
    first, end = node.map or (0, 1)
    return (first + 1, max(end, first + 1))


def _inline(node: SyntaxTreeNode) -> Prose:
    return tuple(p for c in node.children if c.type == "inline" for p in read_prose(c))


def _rows(node: SyntaxTreeNode) -> Iterator[tuple[Prose, ...]]:
    for row in node.walk():
        if row.type == "tr":
            yield tuple(_inline(cell) for cell in row.children)


def _table(node: SyntaxTreeNode) -> Table:
    header, *rows = _rows(node)
    return Table(header, tuple(rows))


def _fence(node: SyntaxTreeNode) -> Fence:
    first, last = _lines(node)
    text = node.content.removesuffix("\n")
    start = first + (node.type == "fence")
    lines = (start, start + text.count("\n")) if node.content else (first, first)
    language = node.info.split()[0] if node.info.split() else ""
    return Fence(text, language, lines, (first, last))


def _block(node: SyntaxTreeNode, source: _Source) -> Block | None:
    match node.type:
        case "heading":
            line = _lines(node)[0]
            return Heading(int(node.tag[1]), _inline(node), line, source.anchors[line])
        case "paragraph":
            return Paragraph(_inline(node))
        case "fence" | "code_block":
            return _fence(node)
        case "bullet_list" | "ordered_list":
            return ItemList(tuple(Item(_blocks(item, source)) for item in node.children))
        case "blockquote":
            return Quote(_blocks(node, source))
        case "table":
            return _table(node)
        case "hr":
            return Divider(_lines(node)[0])
        case _:
            return None


def _blocks(node: SyntaxTreeNode, source: _Source) -> tuple[Block, ...]:
    found = (_block(child, source) for child in node.children)
    return tuple(block for block in found if block is not None)


def _is_closed(fence: SyntaxTreeNode, lines: Sequence[str]) -> bool:
    first, last = _lines(fence)
    closing = rf"[\s>]*{re.escape(fence.markup)}{re.escape(fence.markup[0])}*\s*"
    return last > first and re.fullmatch(closing, lines[last - 1]) is not None


def _document(root: SyntaxTreeNode, lines: Sequence[str]) -> Document:
    nodes = list(root.walk())
    headings = [node for node in nodes if node.type == "heading"]
    slugs = anchors(flatten(_inline(heading)) for heading in headings)
    source = _Source(lines, {_lines(h)[0]: s for h, s in zip(headings, slugs, strict=True)})
    fences = (node for node in nodes if node.type == "fence")
    unclosed = tuple(_lines(fence)[0] for fence in fences if not _is_closed(fence, lines))
    return Document(_blocks(root, source), unclosed)


def _too_deep(path: str, line: int | None) -> LogError:
    return LogError(
        Problem(
            ProblemKind.LOG,
            f"nested deeper than {MAX_NESTING // 2} lists: flatten the list or quote",
            path,
            line=line,
        )
    )


def read_blocks(text: str, *, path: str) -> Document:
    """Parse a file's text, all its line ends newlines; raises LogError where it nests too deeply."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    try:
        tokens = parser.parse(_FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text))
        deep = next((token for token in tokens if token.level >= MAX_NESTING - 1), None)
        if deep is not None:
            raise _too_deep(path, deep.map[0] + 1 if deep.map else None)
        return _document(SyntaxTreeNode(tokens), text.split("\n"))
    except RecursionError:
        raise _too_deep(path, None) from None
