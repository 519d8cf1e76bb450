"""Matches as plain data."""

from __future__ import annotations

import pytest

from stuck_rules.model.formula import All, Focus, Pattern
from stuck_rules.patterns.matches import interpolate
from tests.patterns.marked import assert_marked, bindings_of, matches_of

MESSAGES = [
    pytest.param("use $X", "use a", id="metavariable"),
    pytest.param("$X, $Y and $Z", "a, b and $Z", id="unbound"),
    pytest.param("$XY", "$XY", id="longer name"),
    pytest.param("value($Y)", "1", id="value"),
    pytest.param("value($X)", "a", id="text where the value is not known"),
    pytest.param("costs 5 $", "costs 5 $", id="dollar"),
    pytest.param("of $...A", "of c, d=1", id="many"),
]


@pytest.mark.parametrize(("message", "text"), MESSAGES)
def test_messages_show_what_is_bound(message: str, text: str) -> None:
    (match,) = matches_of("f($X, $Y, $...A)", "b = 1\nf(a, b, c, d=1)\n")
    assert interpolate(message, match) == text


BOUND = [
    pytest.param("f($X)", "f( (1) )", {"$X": "(1)"}, id="parentheses belong to an expression"),
    pytest.param("f($X)", "f((a))", {"$X": "a"}, id="and not to a name"),
    pytest.param(
        "f($X)", "f(a  +  # why\n  b)", {"$X": "a  +  # why\n  b"}, id="text as it stands"
    ),
    pytest.param('f("$X")', "f(r'a')", {"$X": "a"}, id="inside of a string"),
    pytest.param("f($...A)", "f()", {}, id="nothing"),
    pytest.param("$X = 1", "a = b = 1", {"$X": "a = b"}, id="several targets"),
    pytest.param(
        "def $F():\n    $S", "def f():\n    a\n    b", {"$F": "f", "$S": "a\n    b"}, id="body"
    ),
]


@pytest.mark.parametrize(("pattern", "code", "bindings"), BOUND)
def test_bindings_are_source_text(pattern: str, code: str, bindings: dict[str, str]) -> None:
    assert bindings_of(pattern, code) == [bindings]


FOCUSED = [
    pytest.param('f("$X")', "f('«abc»')", id="inside the quotes"),
    pytest.param('f("$X")', "f(r'''«abc»''')", id="prefix and triple quotes"),
    pytest.param("def $X(...):\n    ...", "@d\ndef «f»(): pass", id="name of a definition"),
    pytest.param("f($X, ...)", "f(«(a + b)», c)", id="parentheses"),
]


@pytest.mark.parametrize(("pattern", "marked"), FOCUSED)
def test_focus_reports_the_binding(pattern: str, marked: str) -> None:
    assert_marked(All((Pattern(pattern), Focus(("$X",)))), marked)
