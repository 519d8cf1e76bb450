"""`match` statements."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

ONE = "match x:\n    case 1:\n        a()\n    case _:\n        b()"


def case(text: str, body: str = "...") -> str:
    return f"match $X:\n    case {text}:\n        {body}"


CASES = [
    pytest.param(case("1"), f"«{ONE}»", id="one case among others"),
    pytest.param(case("2"), ONE, id="no such case"),
    pytest.param(case("_"), f"«{ONE}»", id="wildcard"),
    pytest.param(case("y"), ONE, id="a name is no wildcard"),
    pytest.param(case("1", "b()"), ONE, id="body of another case"),
    pytest.param(case("1", "a()"), f"«{ONE}»", id="body"),
    pytest.param(case("1 if $C"), ONE, id="guard is missing"),
    pytest.param(case("1"), "«match x:\n    case 1 if y: pass»", id="guard is left out"),
    pytest.param(case("1 if $C"), "«match x:\n    case 1 if y: pass»", id="guard"),
    pytest.param("match f(...):\n    case 1: ...", ONE, id="other subject"),
    pytest.param(case('"a" | "b"'), '«match x:\n    case "a" | "b": pass»', id="alternatives"),
    pytest.param(case('"a" | "b"'), 'match x:\n    case "a" | "c": pass', id="other alternatives"),
    pytest.param(case("[$A, $B]"), "«match x:\n    case a, 2: pass»", id="sequence"),
    pytest.param(case("[$A, $B]"), "match x:\n    case [a, 2, 3]: pass", id="longer sequence"),
    pytest.param(case("[$A, ...]"), "«match x:\n    case (a, 2, *c): pass»", id="open sequence"),
    pytest.param(case("[$A, *$B]"), "«match x:\n    case (a, *c): pass»", id="star"),
    pytest.param(case("C(...)"), "«match x:\n    case C(1, k=2): pass»", id="any instance"),
    pytest.param(case("C(k=$V)"), "match x:\n    case C(1, k=2): pass", id="exact instance"),
    pytest.param(case("C(k=2, ...)"), "«match x:\n    case C(j=1, k=2): pass»", id="keyword"),
    pytest.param(case("C(k=3, ...)"), "match x:\n    case C(j=1, k=2): pass", id="other value"),
    pytest.param(case("m.C(...)"), "match x:\n    case C(): pass", id="unresolved class"),
    pytest.param(
        case("m.C(...)"), "from m import C\n«match x:\n    case C(): pass»", id="imported class"
    ),
    pytest.param(
        case('{"a": $A}'), 'match x:\n    case {"a": 1, "b": 2}: pass', id="exact mapping"
    ),
    pytest.param(
        case('{"b": $A, ...}'), '«match x:\n    case {"a": 1, "b": 2}: pass»', id="open mapping"
    ),
    pytest.param(case('{"a": 1, **$R}'), '«match x:\n    case {"a": 1, **rest}: pass»', id="rest"),
    pytest.param(case("int() as n"), "«match x:\n    case int() as n: pass»", id="capture"),
    pytest.param(case("int() as n"), "match x:\n    case int(): pass", id="no capture"),
    pytest.param("f()", "match x:\n    case 1:\n        «f()»", id="expression in a case"),
    pytest.param("f()\n...\ng()", "«f()\nmatch x:\n    case 1:\n        g()»", id="behind a gap"),
    pytest.param('f("a")', 'y = "a"\nmatch x:\n    case 1:\n        «f(y)»', id="constant inside"),
    pytest.param(
        'f("a")', 'y = "a"\nmatch x:\n    case {"y": y}:\n        f(y)', id="captured name"
    ),
    pytest.param(
        'f("a")', 'y = "a"\nmatch x:\n    case 1:\n        y = 2\nf(y)', id="assigned in a case"
    ),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_match(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


BOUND = [
    pytest.param(case("$Y"), ONE, [{"$X": "x", "$Y": "1"}, {"$X": "x", "$Y": "_"}], id="cases"),
    pytest.param(
        case("$Y", "f($Y)"), "match x:\n    case y: f(y)", [{"$X": "x", "$Y": "y"}], id="name"
    ),
    pytest.param(case("$Y", "f($Y)"), "match x:\n    case y: f(z)", [], id="other name"),
    pytest.param(
        case("$C($...ARGS)"),
        "match x:\n    case C(1, a): pass",
        [{"$...ARGS": "1, a", "$C": "C", "$X": "x"}],
        id="arguments",
    ),
]


@pytest.mark.parametrize(("pattern", "code", "bindings"), BOUND)
def test_names_are_bound(pattern: str, code: str, bindings: list[dict[str, str]]) -> None:
    assert bindings_of(pattern, code) == bindings
