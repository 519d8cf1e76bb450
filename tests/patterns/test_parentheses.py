"""Redundant parentheses, which change neither what matches nor where."""

from __future__ import annotations

import pytest

from stuck_rules.model.formula import All, Focus, Formula, MetavariableComparison, Pattern
from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param('"a" + ...', '««("a" + b)» + c»; «"a" + b»', id="left"),
    pytest.param("raise $X", "«raise (A)» from e", id="last name"),
    pytest.param("x[1, 2]", "«x[(1, 2)]»; «x[1, 2]»; x[1]", id="indices as a tuple"),
    pytest.param("x[(1, 2)]", "«x[(1, 2)]»; «x[1, 2]»; x[2, 1]", id="a tuple as indices"),
    pytest.param(
        All((Pattern("f($X)"), MetavariableComparison("int($X) > 10"))),
        "«f((12))»; «f(('11'))»; f((9))",
        id="number in a comparison",
    ),
    pytest.param(
        All((Pattern('f("$X")'), Focus(("$X",)))), 'f(("«abc»")); f( ( r"«abc»" ) )', id="focus"
    ),
]


@pytest.mark.parametrize(("condition", "marked"), CASES)
def test_parentheses(condition: str | Formula, marked: str) -> None:
    assert_marked(condition, marked)


def test_a_row_is_bound_with_its_parentheses() -> None:
    assert bindings_of("$X = $Y = 1", "(a) = (b) = 1") == [{"$X": "a", "$Y": "b"}]
    assert bindings_of("[$...X]", "[(a), (b)]") == [{"$...X": "(a), (b)"}]
