"""Calls and their arguments."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param("f(1)", "«f(1)»; «f(1,)»; f(1, 2); f(x=1); g(1)", id="exact"),
    pytest.param("f()", "«f()»; f(1); f(*a)", id="none"),
    pytest.param("f(...)", "«f()»; «f(1, *a, k=2)»; g.f()", id="any"),
    pytest.param("f(1, ...)", "«f(1)»; «f(1, 2)»; f(0, 1); f(k=1)", id="first"),
    pytest.param("f(..., 1, ...)", "«f(0, 1, 2)»; f(0); f(k=1)", id="somewhere"),
    pytest.param("f(..., k=1, ...)", "«f(j=2, k=1)»; f(1); f(k=2); f(**k)", id="keyword anywhere"),
    pytest.param("f(a=1, b=2)", "«f(b=2, a=1)»; f(a=1); f(a=1, b=2, c=3)", id="order of keywords"),
    pytest.param("f(k=1, $X)", "«f(0, k=1)»; f(k=1, j=2)", id="positional behind a keyword"),
    pytest.param("f($X, ...)", "«f(1)»; «f(*a)»; f(k=1)", id="hole is no keyword"),
    pytest.param("f(*$A)", "«f(*a)»; f(a); f(**a)", id="unpacked list"),
    pytest.param("f(..., **$K)", "«f(1, **k)»; f(**k, a=1); f(k=1)", id="unpacked dict"),
    pytest.param("f($K=$V)", "«f(a=1)»; f(1); f(**d)", id="any keyword"),
    pytest.param("f($X, $X)", "«f(a, a)»; f(a, b); f(x=a, y=a)", id="twice the same"),
    pytest.param("f(g(...))", "«f(g(1))»; f(h(g(1))); f(k=g())", id="nested"),
    pytest.param("f(<... g() ...>)", "«f(g())»; «f(1 + h(g()))»; f(k=g())", id="deep"),
    pytest.param("f([$X for $X in $Y])", "«f(i for i in x)»; f((i for i in x))", id="generator"),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_calls(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_many_arguments_are_bound_together() -> None:
    assert bindings_of("f($...A, 3, $...B)", "f(1, 2, 3, k=4)") == [
        {"$...A": "1, 2", "$...B": "k=4"}
    ]


def test_each_way_to_match_is_told() -> None:
    assert bindings_of("f(..., $X, ...)", "f(1, 2)") == [{"$X": "1"}, {"$X": "2"}]
