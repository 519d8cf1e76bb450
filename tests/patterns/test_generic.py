"""Patterns over plain text."""

from __future__ import annotations

import pytest

from stuck_rules.patterns.generic import find_generic

MATCHES = [
    pytest.param("select $Y from", "select a from b", [{"$Y": "a"}], id="a word"),
    pytest.param("select $Y from", "SELECT a from b", [], id="case counts"),
    pytest.param("select $Y from", "select a.b from c", [], id="a word is one word"),
    pytest.param("select ... from", "select a.b, c from d", [{}], id="dots"),
    pytest.param("select ... from", "select from d", [{}], id="dots may be nothing"),
    pytest.param("a   =b", "a\n = b", [{}], id="white space"),
    pytest.param("ab", "abc", [], id="whole words"),
    pytest.param("$X = $X", "a = b; c = c", [{"$X": "c"}], id="the same word twice"),
    pytest.param("f($...ARGS)", "f(1, 2)", [{"$ARGS": "1, 2"}], id="many words"),
    pytest.param("... end", "a b end", [{}], id="dots in front say nothing"),
    pytest.param("$_ = 1", "a = 1", [{}], id="an anonymous word"),
    pytest.param("x", "x x", [{}, {}], id="each place"),
    pytest.param("a ... b", "a" + "\n" * 11 + "b", [], id="too many lines between"),
    pytest.param("a ... b", "a" + "\n" * 10 + "b", [{}], id="ten lines between"),
    pytest.param("$5", "costs $5", [{}], id="a dollar sign"),
]


@pytest.mark.parametrize(("pattern", "text", "found"), MATCHES)
def test_matches(pattern: str, text: str, found: list[dict[str, str]]) -> None:
    assert list(find_generic(pattern, text)) == found


def test_many_dots_end_soon() -> None:
    text = "a " * 400
    assert list(find_generic("a ... a ... a ... a ... a ... b", text)) == []
