"""Markdown text -> blocks with their lines, by a real block parser.

Front matter counts as blank lines, HTML and comments as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from stuck_rules.errors import LogError, StuckRulesError
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
from stuck_rules.lessons.prose import Prose, flatten, is_blank
from stuck_rules.lessons.slugs import anchors
from stuck_rules.lessons.titles import comment_id
from stuck_rules.values import replace

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

# Each heading's anchor by its line.
_Slugs: TypeAlias = dict[int, str]
# The parser drops what nests deeper than its limit without a word; a list takes two levels.
MAX_NESTING = 200
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=[\w\"'-]+[ \t]*:)(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)


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
    lines = (start, start + text.count("\n"))
    language = node.info.split()[0] if node.info.split() else ""
    return Fence(text, language, lines, (first, last))


def _own_id(node: SyntaxTreeNode) -> str | None:
    """What a comment in a heading's or an item's first line names it."""
    inline = next((child for child in node.children if child.type == "inline"), None)
    comments = inline.children if inline is not None else ()
    found = (comment_id(c.content) for c in comments if c.type == "html_inline")
    return next((told for told in found if told is not None), None)


def _item(node: SyntaxTreeNode, slugs: _Slugs) -> Item:
    return Item(_blocks(node, slugs), _own_id(node.children[0]) if node.children else None)


def _block(node: SyntaxTreeNode, slugs: _Slugs) -> Block | None:
    match node.type:
        case "heading":
            line = _lines(node)[0]
            return Heading(int(node.tag[1]), _inline(node), line, slugs[line], _own_id(node))
        case "paragraph":
            prose = _inline(node)
            return None if is_blank(prose) else Paragraph(prose)
        case "fence" | "code_block":
            return _fence(node) if node.content.strip() else None
        case "bullet_list" | "ordered_list":
            return ItemList(tuple(_item(item, slugs) for item in node.children))
        case "blockquote":
            return Quote(_blocks(node, slugs))
        case "table":
            return _table(node)
        case "hr":
            return Divider(_lines(node)[0])
        case _:
            return None


def _blocks(node: SyntaxTreeNode, slugs: _Slugs) -> tuple[Block, ...]:
    found: list[Block] = []
    pending: tuple[str, int] | None = None
    for child in node.children:
        told = comment_id(child.content) if child.type == "html_block" else None
        if told is not None:
            pending = (told, _lines(child)[1])
            # What stands below a heading, with a blank line behind it, names that heading.
            if found and isinstance(found[-1], Heading) and not _follows(child):
                found[-1], pending = _named(found[-1], told), None
            continue
        block = _block(child, slugs)
        if block is not None:
            found.append(_named(block, pending[0]) if pending else block)
            pending = None
    return tuple(found)


def _follows(comment: SyntaxTreeNode) -> bool:
    """Whether what comes next stands right below a comment."""
    following = comment.next_sibling
    return following is not None and _lines(following)[0] == _lines(comment)[1] + 1


def _named(block: Block, own_id: str) -> Block:
    """A heading or the first item of a list with the id that a comment gives it."""
    if isinstance(block, Heading):
        return replace(block, own_id=block.own_id or own_id)
    if isinstance(block, ItemList):
        first, *others = block.items
        return ItemList((replace(first, own_id=first.own_id or own_id), *others))
    return block


def _is_closed(fence: SyntaxTreeNode, lines: Sequence[str]) -> bool:
    first, last = _lines(fence)
    closing = rf"[\s>]*{re.escape(fence.markup)}{re.escape(fence.markup[0])}*\s*"
    return last > first and re.fullmatch(closing, lines[last - 1]) is not None


def _document(root: SyntaxTreeNode, lines: Sequence[str]) -> Document:
    nodes = list(root.walk())
    headings = [node for node in nodes if node.type == "heading"]
    found = anchors(flatten(_inline(heading)) for heading in headings)
    slugs = {_lines(h)[0]: slug for h, slug in zip(headings, found, strict=True)}
    fences = (node for node in nodes if node.type == "fence")
    unclosed = tuple(_lines(fence)[0] for fence in fences if not _is_closed(fence, lines))
    return Document(_blocks(root, slugs), unclosed)


def too_deep(path: str, line: int | None = None) -> StuckRulesError:
    """What is said of lists and quotes that nest beyond what the parser carries."""
    return LogError.at("nests too deeply: flatten the lists and quotes", path, line)


def read_blocks(text: str, *, path: str) -> Document:
    """Parse a file's text, whose line ends are newlines; LogError where it nests too deeply."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    tokens = parser.parse(_FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text))
    deep = next((token for token in tokens if token.level >= MAX_NESTING - 1), None)
    if deep is not None:
        raise too_deep(path, deep.map[0] + 1 if deep.map else None)
    return _document(SyntaxTreeNode(tokens), text.split("\n"))
