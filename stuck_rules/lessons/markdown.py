"""Markdown text -> blocks with their lines, by a real block parser.

Front matter counts as blank lines, HTML and comments as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TypeAlias

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
from stuck_rules.lessons.inline import read_inline, read_prose
from stuck_rules.lessons.nodes import Node, read_tree
from stuck_rules.lessons.prose import Prose, flatten, is_blank
from stuck_rules.lessons.slugs import anchors
from stuck_rules.lessons.titles import comment_id
from stuck_rules.values import replace

# Each heading's text and anchor by its line.
_Headings: TypeAlias = dict[int, tuple[Prose, str]]
# The parser drops what nests deeper than its limit without a word; a list takes two levels.
MAX_NESTING = 200
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=[\w\"'-]+[ \t]*:)(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)


def _inline(node: Node) -> Prose:
    return tuple(p for c in node.children if c.type == "inline" for p in read_prose(c.token))


def _rows(node: Node) -> Iterator[tuple[Prose, ...]]:
    for row in node.walk():
        if row.type == "tr":
            yield tuple(_inline(cell) for cell in row.children)


def _table(node: Node) -> Table:
    header, *rows = _rows(node)
    return Table(header, tuple(rows))


def _fence(node: Node) -> Fence:
    first, last = node.lines
    text = node.token.content.removesuffix("\n")
    start = first + (node.type == "fence")
    lines = (start, start + text.count("\n"))
    words = node.token.info.split()
    return Fence(text, words[0] if words else "", lines, (first, last))


def _own_id(node: Node) -> str | None:
    """What a comment in a heading's or an item's first line names it."""
    inline = next((child for child in node.children if child.type == "inline"), None)
    tokens = (inline.token.children if inline is not None else None) or ()
    found = (comment_id(token.content) for token in tokens if token.type == "html_inline")
    return next((told for told in found if told is not None), None)


def _item(node: Node, headings: _Headings) -> Item:
    return Item(
        _blocks(node.children, headings), _own_id(node.children[0]) if node.children else None
    )


def _block(node: Node, headings: _Headings) -> Block | None:
    match node.type:
        case "heading":
            line = node.lines[0]
            prose, anchor = headings[line]
            return Heading(int(node.token.tag[1]), prose, line, anchor, _own_id(node))
        case "paragraph":
            prose = _inline(node)
            return None if is_blank(prose) else Paragraph(prose)
        case "fence" | "code_block":
            return _fence(node) if node.token.content.strip() else None
        case "bullet_list" | "ordered_list":
            return ItemList(tuple(_item(item, headings) for item in node.children))
        case "blockquote":
            return Quote(_blocks(node.children, headings))
        case "table":
            return _table(node)
        case "hr":
            return Divider(node.lines[0])
        case _:
            return None


def _blocks(nodes: Sequence[Node], headings: _Headings) -> tuple[Block, ...]:
    found: list[Block] = []
    pending: tuple[str, int] | None = None
    for child, following in zip_longest(nodes, nodes[1:]):
        told = comment_id(child.token.content) if child.type == "html_block" else None
        if told is not None:
            pending = (told, child.lines[1])
            # What stands below a heading, with a blank line behind it, names that heading.
            if found and isinstance(found[-1], Heading) and not _follows(child, following):
                found[-1], pending = _named(found[-1], told), None
            continue
        block = _block(child, headings)
        if block is not None:
            found.append(_named(block, pending[0]) if pending else block)
            pending = None
    return tuple(found)


def _follows(comment: Node, following: Node | None) -> bool:
    """Whether what comes next stands right below a comment."""
    return following is not None and following.lines[0] == comment.lines[1] + 1


def _named(block: Block, own_id: str) -> Block:
    """A heading or the first item of a list with the id that a comment gives it."""
    if isinstance(block, Heading):
        return replace(block, own_id=block.own_id or own_id)
    if isinstance(block, ItemList):
        first, *others = block.items
        return ItemList((replace(first, own_id=first.own_id or own_id), *others))
    return block


def _is_closed(fence: Node, lines: Sequence[str]) -> bool:
    (first, last), markup = fence.lines, fence.token.markup
    closing = rf"[\s>]*{re.escape(markup)}{re.escape(markup[0])}*\s*"
    return last > first and re.fullmatch(closing, lines[last - 1]) is not None


def _document(top: Sequence[Node], lines: Sequence[str]) -> Document:
    nodes = [node for outer in top for node in outer.walk()]
    heads = [node for node in nodes if node.type == "heading"]
    proses = [_inline(head) for head in heads]
    slugs = anchors(map(flatten, proses))
    told = zip(proses, slugs, strict=True)
    headings = {head.lines[0]: each for head, each in zip(heads, told, strict=True)}
    fences = (node for node in nodes if node.type == "fence")
    unclosed = tuple(fence.lines[0] for fence in fences if not _is_closed(fence, lines))
    return Document(_blocks(top, headings), unclosed)


def too_deep(path: str, line: int | None = None) -> StuckRulesError:
    """What is said of lists and quotes that nest beyond what the parser carries."""
    return LogError.at("nests too deeply: flatten the lists and quotes", path, line)


def read_blocks(text: str, *, path: str) -> Document:
    """Parse a file's text, whose line ends are newlines; LogError where it nests too deeply."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    parser.core.ruler.at("inline", read_inline)
    tokens = parser.parse(_FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text))
    deep = next((token for token in tokens if token.level >= MAX_NESTING - 1), None)
    if deep is not None:
        raise too_deep(path, deep.map[0] + 1 if deep.map else None)
    return _document(read_tree(tokens), text.split("\n"))
