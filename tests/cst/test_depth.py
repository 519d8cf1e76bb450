"""Code that nests too deeply is told before a parser sees it."""

from __future__ import annotations

import pytest

from stuck_rules.cst.depth import MAX_BRACKETS, MAX_CHAIN, find_too_deep, is_too_deep


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        pytest.param(
            "\n\nx = " + "(" * 201 + ")" * 201, 3, "200 nested brackets", id="parentheses"
        ),
        pytest.param("x = " + "[" * 10_000, 1, "nested brackets", id="never closed"),
        pytest.param("x = " + "{[(" * 100, 1, "nested brackets", id="mixed"),
        pytest.param("x = 1" + " + 1" * 3_000, 1, "3000 chained", id="operators"),
        pytest.param("x = a" + ".b" * 3_000, 1, "chained", id="attributes"),
        pytest.param("x = f" + "()" * 6_000, 1, "chained", id="calls"),
        pytest.param("x = " + "not " * 6_001 + "a", 1, "chained", id="not"),
        pytest.param("x = (" + "'a'\n" * 6_000 + ")", 3000, "chained", id="strings"),
        pytest.param("if a: b\n" + "elif a: b\n" * 3_001, 3002, "chained", id="elif"),
        pytest.param("x = lambda: " * 3_000, 1, "chained", id="lambdas"),
    ],
)
def test_what_nests_too_deeply_is_told_with_its_line(source: str, line: int, words: str) -> None:
    found = find_too_deep(source)
    assert found is not None
    assert words in found.message
    assert abs(found.line - line) <= 1


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="empty"),
        pytest.param("x = " + "(" * MAX_BRACKETS + ")" * MAX_BRACKETS, id="just so"),
        pytest.param("x = ()\n" * 10_000, id="many brackets, none nested"),
        pytest.param("x = [" + "(1, 2), " * 10_000 + "]", id="a long list"),
        pytest.param("x = {" + "'a': 1, " * 10_000 + "}", id="a long dict"),
        pytest.param("x = 1\n" * 10_000, id="many statements"),
        pytest.param("x = 1; " * 10_000, id="many on a line"),
        pytest.param("# " + "(" * 10_000, id="in a comment"),
        pytest.param("x = '" + "(" * 10_000 + "'", id="in a string"),
        pytest.param("x = '''" + "(\n" * 10_000 + "'''", id="in a long string"),
        pytest.param("x = rb'" + "(" * 10_000 + "'", id="in bytes"),
        pytest.param("x = 'a\\'" + "(" * 10_000 + "'", id="behind an escaped quote"),
        pytest.param("x = 1" + " + 1" * (MAX_CHAIN // 2 - 10), id="a long sum"),
    ],
)
def test_what_is_long_but_not_deep_is_let_through(source: str) -> None:
    assert find_too_deep(source) is None


@pytest.mark.parametrize(
    ("line", "deep"),
    [
        pytest.param("x = f(1, 2)", False, id="short"),
        pytest.param("x = [" + "(1, 2), " * 10_000 + "]", False, id="long"),
        pytest.param("x = " + "(" * 201 + ")" * 201, True, id="parentheses"),
        pytest.param("x=1" + "+1" * 1_510, True, id="a sum without spaces"),
    ],
)
def test_a_single_line_is_too_deep_by_itself(line: str, deep: bool) -> None:
    assert is_too_deep(line) is deep
