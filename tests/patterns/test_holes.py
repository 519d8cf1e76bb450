"""Filling the holes of patterns so that Python reads them."""

from __future__ import annotations

import ast

import pytest

from stuck_rules.patterns.holes import fill_holes

FILLED = [
    pytest.param("f($X, ...)", "f(__hole_X, __dots)", id="call"),
    pytest.param("f(k=1, $X)", "f(k=1, __positional=__hole_X)", id="positional behind a keyword"),
    pytest.param("f(k=1, *$A)", "f(k=1, *__hole_A)", id="unpacking behind a keyword"),
    pytest.param("f($X: m.C)", "f(__typed_X[m.C])", id="typed"),
    pytest.param("f(lambda $X: $Y)", "f(lambda __hole_X: __hole_Y)", id="lambda is not typed"),
    pytest.param("{..., 'a': $V}", "{**__dots, 'a': __hole_V}", id="dict"),
    pytest.param("{..., 1}", "{__dots, 1}", id="set"),
    pytest.param("f(<... $X ...>)", "f(__deep( __hole_X ))", id="deep"),
    pytest.param("$O. ... .f()", "__hole_O. __dots .f()", id="chain"),
    pytest.param("f($...A)", "f(__holes_A)", id="many"),
    pytest.param('f("$X", "...")', 'f("$X", "...")', id="strings are kept"),
    pytest.param('f"$S{$X}{...}{{$Y}}"', 'f"$S{__hole_X}{__dots}{{$Y}}"', id="f-string"),
    pytest.param("@a(...)", "@a(__dots)\ndef __alone(): pass", id="lone decorator"),
    pytest.param("  f(1)", "f(1)", id="indented"),
    pytest.param("f(1)  # $X ...", "f(1)  # $X ...", id="comment"),
]


@pytest.mark.parametrize(("pattern", "filled"), FILLED)
def test_holes_become_names(pattern: str, filled: str) -> None:
    assert fill_holes(pattern) == filled


PARSED = [
    pytest.param("def $F(..., $A=[], ...):\n    ...", id="parameter behind a default"),
    pytest.param("def $F(*, $A=1, **$K): ...", id="markers"),
    pytest.param("class $C(..., metaclass=$M, ...):\n    ...", id="bases behind a keyword"),
    pytest.param("try:\n    ...\nexcept ...:\n    ...", id="except any"),
    pytest.param("with ... as ...:\n    ...", id="with any"),
    pytest.param("... = f(\n    ...,\n    k=1,\n    ...,\n)", id="over several lines"),
]


@pytest.mark.parametrize("pattern", PARSED)
def test_what_is_filled_parses_with_as_many_lines(pattern: str) -> None:
    filled = fill_holes(pattern)
    ast.parse(filled)
    assert filled.count("\n") == pattern.count("\n")
