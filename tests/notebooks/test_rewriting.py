from __future__ import annotations

import json

import pytest

from stuck_rules.notebooks.rewriting import line_numbers, rewrite
from tests.notebooks.books import notebook, prose


def one(
    source: str, rest: str = '"outputs": [1, {"source": "x"}], "metadata": {"a": "\\u00e9"}'
) -> str:
    """A notebook of one cell with the source as it is written."""
    return f'{{"nbformat":4 , "cells" : [ {{ "source":{source} , {rest} }} ]}}\r\n'


@pytest.mark.parametrize(
    ("before", "source", "after"),
    [
        pytest.param('["a\\n", "b"]', "a\nc", '["a\\n", "c"]', id="a line"),
        pytest.param('[\n  "a\\n",\n  "b"\n ]', "a", '[\n  "a"\n ]', id="a line less"),
        pytest.param(
            '[\n\t"a\\n",\n\t"b"\n]', "a\nb\nc\n", '[\n\t"a\\n",\n\t"b\\n",\n\t"c\\n"\n]', id="more"
        ),
        pytest.param('[\n  "a"\n ]', "a\nb", '[\n  "a\\n",\n  "b"\n ]', id="a second line"),
        pytest.param('["a"]', "b\nc", '["b\\n", "c"]', id="a second line in a row"),
        pytest.param("[]", "a\nb", '["a\\n", "b"]', id="lines where none were"),
        pytest.param('["a"]', "", "[]", id="no line left"),
        pytest.param('"a\\nb"', "a\nc", '"a\\nc"', id="a text"),
        pytest.param('["\\u0061\\n","b"]', "a\nc", '["\\u0061\\n","c"]', id="escapes that stay"),
        pytest.param('["a\\r\\n","b"]', "a\nc", '["a\\r\\n","c"]', id="a line end that stays"),
        pytest.param('["b"]', "'é'", "[\"'\\u00e9'\"]", id="escapes where all is ASCII"),
        pytest.param('["ü\\n","b"]', "ü\né", '["ü\\n","é"]', id="letters where not all is"),
        pytest.param('["a"]', 'x = "\\n\t"', '["x = \\"\\\\n\\t\\""]', id="quotes and tabs"),
    ],
)
def test_only_the_source_is_written(before: str, source: str, after: str) -> None:
    assert rewrite(one(before), {1: source}) == one(after)
    read = json.loads(one(after))["cells"][0]["source"]
    assert "".join(read).replace("\r", "") == source


def test_other_cells_stay() -> None:
    text = notebook(prose("p"), "a", "b", "c")
    assert rewrite(text, {3: "x"}) == notebook(prose("p"), "a", "x", "c")


def test_nothing_to_do() -> None:
    text = one('["a"]')
    assert rewrite(text, {}) == text


def test_a_byte_order_mark_stays() -> None:
    text = "\ufeff" + one('["a"]')
    assert rewrite(text, {1: "b"}) == "\ufeff" + one('["b"]')


def test_a_key_that_comes_twice_counts_as_json_counts_it() -> None:
    text = '{"nbformat": 4, "cells": [{"source": ["a"], "source": ["b"]}]}'
    assert json.loads(rewrite(text, {1: "c"}))["cells"] == [{"source": ["c"]}]


def test_numbers_of_lines() -> None:
    text = notebook(prose("p"), "a\nb", "c\n")
    numbers = line_numbers(text)
    lines = text.splitlines()
    assert [lines[numbers[place] - 1].strip() for place in ((2, 1), (2, 2), (3, 1))] == [
        '"a\\n",',
        '"b"',
        '"c\\n"',
    ]


@pytest.mark.parametrize("source", ['"a\\nb"', '["a\\n","b"]', '["a", "\\nb"]'])
def test_numbers_of_lines_where_all_is_in_one(source: str) -> None:
    numbers = line_numbers(one(source))
    assert (numbers[1, 1], numbers[1, 2]) == (1, 1)
