"""Simple prose is read as the parser reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from stuck_rules.lessons.inline import read_prose
from stuck_rules.lessons.simple import is_simple, read_simple

_SIGNS = st.sampled_from("a1é _*`:\n\t.,()[]<&!\\-#>~\u00a0\u2014")
_WORDS = st.sampled_from(
    ["**a**", "**a b:**", "`a`", "`a b`", " ", "\n", "  \n", "word", "**", "`"]
)
_TEXTS = st.lists(st.one_of(_SIGNS, _WORDS), min_size=1, max_size=14).map("".join)


@given(_TEXTS)
def test_simple_text_is_read_as_the_parser_reads_it(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(text)
    for token in tokens:
        if token.type == "inline" and token.children and is_simple(token.content):
            assert token.map is not None
            assert read_simple(token.content, token.map[0] + 1) == read_prose(token)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("plain words, and more: (of them)", id="words"),
        pytest.param("use `a` and ` b ` now", id="code spans"),
        pytest.param("**Root Cause**: it broke", id="a label"),
        pytest.param("**Fix:** `a()`\n  goes on", id="a label with its colon, over two lines"),
        pytest.param("**Why** (twice): 1 > 0", id="a label with a remark"),
    ],
)
def test_most_of_a_log_needs_no_parser(text: str) -> None:
    assert is_simple(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a ``b` c", id="a span in two backticks"),
        pytest.param("a `b\nc` d", id="a span over two lines"),
        pytest.param("**a*** b", id="one star too many"),
        pytest.param("x**a** b", id="bold inside a word"),
        pytest.param("**a:**b", id="a colon that keeps the bold open"),
        pytest.param("** a**", id="a space inside"),
        pytest.param("snake_case_name", id="underscores"),
        pytest.param("a [link](b)", id="a link"),
        pytest.param("a <b> c", id="a tag"),
        pytest.param("&amp;", id="an entity"),
        pytest.param("a\\\nb", id="a break by a backslash"),
    ],
)
def test_what_could_be_something_else_is_left_to_the_parser(text: str) -> None:
    assert not is_simple(text)
