"""Blocks with their lines."""

from __future__ import annotations

import pytest

from stuck_rules.errors import LogError
from stuck_rules.lessons.blocks import Divider, Fence, Heading, ItemList, Paragraph, Quote, Table
from stuck_rules.lessons.markdown import MAX_NESTING, read_blocks
from stuck_rules.lessons.prose import flatten, line_span


def test_blocks_and_where_they_stand() -> None:
    text = "A\nb\n===\n\nx\ny\n\n~~~~ py\n1\n~~~~\n***\n> q\n\n- i\n\n| a |\n|---|\n| b |\n"

    heading, paragraph, fence, divider, quote, items, table = read_blocks(text, path="p").blocks

    assert isinstance(heading, Heading)
    assert (heading.level, heading.text, heading.line, heading.anchor) == (1, "A b", 1, "a-b")
    assert isinstance(paragraph, Paragraph)
    assert line_span(paragraph.prose) == (5, 6)
    assert fence == Fence("1", "py", (9, 9), (8, 10))
    assert divider == Divider(11)
    assert isinstance(quote, Quote)
    assert isinstance(items, ItemList)
    assert isinstance(table, Table)
    assert [flatten(cell) for row in table.rows for cell in row] == ["b"]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("a **b** *c* [d](x) ![e](x) \\* &amp;", "a b c d e * &", id="markup"),
        pytest.param("a  b\n  c", "a b c", id="white space"),
        pytest.param("a `b  c` d", "a `b c` d", id="code"),
        pytest.param("``a`b``", "``a`b``", id="backtick in code"),
        pytest.param("`` `a` ``", "`` `a` ``", id="backtick at the edge of code"),
        pytest.param("a<br>b <b>c</b> <!-- d -->", "a b c", id="HTML"),
    ],
)
def test_prose_in_one_line(markdown: str, expected: str) -> None:
    (block,) = read_blocks(markdown, path="p").blocks

    assert isinstance(block, Paragraph)
    assert flatten(block.prose) == expected


def test_front_matter_counts_as_blank_lines() -> None:
    (heading,) = read_blocks("---\ntitle: x\n---\n# A\n", path="p").blocks

    assert isinstance(heading, Heading)
    assert heading.line == 4


def test_divider_at_the_top_is_no_front_matter() -> None:
    blocks = read_blocks("---\n\n# A\n\n---\n", path="p").blocks

    assert [type(block) for block in blocks] == [Divider, Heading, Divider]


@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        pytest.param("```\na\n```\n", (), id="closed"),
        pytest.param("```\na\n`````\n", (), id="closed by a longer one"),
        pytest.param("````\na\n```\n", (1,), id="closing fence too short"),
        pytest.param("x\n\n```\na\n", (3,), id="end of file"),
        pytest.param("```", (1,), id="nothing after it"),
        pytest.param("> ```\n> a\n\nb\n", (1,), id="end of a quote"),
    ],
)
def test_unclosed_fences(text: str, unclosed: tuple[int, ...]) -> None:
    assert read_blocks(text, path="p").unclosed == unclosed


def test_nesting_never_drops_text() -> None:
    depth = MAX_NESTING - 10

    (block,) = read_blocks(">" * depth + " deep", path="p").blocks
    for _ in range(depth - 1):
        assert isinstance(block, Quote)
        (block,) = block.blocks

    assert isinstance(block, Quote)
    assert len(block.blocks) == 1


def test_nesting_beyond_the_limit_is_refused() -> None:
    with pytest.raises(LogError, match="p:1: nests too deeply"):
        read_blocks(">" * (MAX_NESTING + 10) + " deep", path="p")
