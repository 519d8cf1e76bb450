"""Metavariables that stand once: what they stand for makes no difference, unless it is told."""

from __future__ import annotations

import pytest

from stuck_rules.cst.source import parse
from stuck_rules.engine import check_source
from stuck_rules.model.formula import (
    All,
    Either,
    Focus,
    Formula,
    Inside,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    Not,
    NotInside,
    Pattern,
)
from stuck_rules.patterns.compile import compile_formula
from stuck_rules.patterns.evaluate import find_matches
from stuck_rules.patterns.matches import Match
from stuck_rules.patterns.metavariables import lone_metavariables, private_metavariables
from stuck_rules.rulebook.loader import parse_rulebook

LONE = [
    pytest.param(Pattern("f($X, $Y)"), {"$X", "$Y"}, id="once each"),
    pytest.param(Pattern("f($X, $X)"), set(), id="twice"),
    pytest.param(Pattern("f($...A, $A)"), {"$...A", "$A"}, id="many are another"),
    pytest.param(All((Pattern("f($X)"), Inside(Pattern("g($X, $Y)")))), {"$Y"}, id="shared"),
    pytest.param(All((Pattern("f($X)"), Not(Pattern("f($X)")))), set(), id="negative"),
    pytest.param(All((Pattern("f($X)"), NotInside(Pattern("g($X)")))), set(), id="not inside"),
    pytest.param(Either((Pattern("f($X)"), Pattern("g($X)"))), {"$X"}, id="one at a time"),
    pytest.param(Either((Pattern("f($X)"), Pattern("g($X, $X)"))), set(), id="twice in one"),
    pytest.param(All((Pattern("f($X)"), Focus(("$X",)))), set(), id="focus"),
    pytest.param(All((Pattern("f($X)"), MetavariableRegex("$X", "a"))), set(), id="regex"),
    pytest.param(All((Pattern("f($X)"), MetavariableComparison("$X > 1"))), set(), id="comparison"),
    pytest.param(
        All((Pattern("f($X)"), MetavariablePattern("$X", Pattern("g($Y)")))),
        {"$Y"},
        id="pattern on it",
    ),
]


@pytest.mark.parametrize(("formula", "expected"), LONE)
def test_lone_metavariables(formula: Formula, expected: set[str]) -> None:
    assert lone_metavariables(formula) == expected


PRIVATE = [
    pytest.param(Pattern("f($X, $X)"), {"$X"}, id="twice in one pattern"),
    pytest.param(All((Pattern("f($X, $X)"), Inside(Pattern("g($X)")))), set(), id="in another"),
    pytest.param(All((Pattern("f($X)"), Not(Pattern("f($X)")))), set(), id="in a negative"),
    pytest.param(All((Pattern("f($X, $X)"), Focus(("$X",)))), set(), id="in a focus"),
    pytest.param(All((Pattern("f($X)"), MetavariableRegex("$X", "a"))), set(), id="asked about"),
    pytest.param(Either((Pattern("f($X, $X)"), Pattern("g($X)"))), {"$X"}, id="one at a time"),
]


@pytest.mark.parametrize(("formula", "expected"), PRIVATE)
def test_private_metavariables(formula: Formula, expected: set[str]) -> None:
    assert private_metavariables(formula) == expected


def test_what_a_private_metavariable_stands_for_is_told_once() -> None:
    code = "a()\nb(x)\nb(y)\nc(y)\nc(x)"
    (found,) = told("a()\n...\nb($X)\n...\nc($X)\n...", code)
    assert found.bindings["$X"] in {"x", "y"}
    assert len(told("a()\n...\nb($X)\n...\nc($X)\n...", code, "$X")) == 2


def told(pattern: str, code: str, *names: str) -> list[Match]:
    compiled = compile_formula(Pattern(pattern), {})
    return find_matches(compiled, parse(code), path="example.py", told=frozenset(names))


@pytest.mark.parametrize(
    ("names", "count"),
    [
        pytest.param((), 1, id="one match where nothing is told"),
        pytest.param(("$X",), 3, id="each first"),
        pytest.param(("$X", "$Y"), 6, id="each pair"),
    ],
)
def test_what_is_told_is_told_apart(names: tuple[str, ...], count: int) -> None:
    assert len(told("f(..., $X, ..., $Y, ...)", "f(1, 2, 3, 4)", *names)) == count


def test_one_metavariable_is_bound_all_the_same() -> None:
    (found,) = told("{..., $A: $X, ..., $B: $Y}", "{k: 1, l: 2}")
    assert found.bindings["$A"] != found.bindings["$B"]
    assert (found.bindings["$A"], found.bindings["$X"]) in {("k", "1"), ("l", "2")}


SIX = "\n...\n".join(f"f_{number}($X{number})" for number in range(6))


@pytest.mark.parametrize("message", ["none", "$X0", "$X0 $X1 $X2 $X3 $X4 $X5"])
def test_the_engine_gives_up_on_no_number_of_gaps(message: str) -> None:
    code = "\n".join(f"f_{number % 6}(x{number})" for number in range(600))
    lines = "".join(f"      {line}\n" for line in SIX.split("\n"))
    rules = parse_rulebook(
        f"rules:\n  - id: six\n    message: {message}\n    pattern: |\n{lines}", shown="rules.yaml"
    ).rules
    result = check_source(code, "example.py", rules)
    assert not result.problems
    starts = {violation.span.start.line for violation in result.violations}
    assert starts == set(range(1, 600, 6))
