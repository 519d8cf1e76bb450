"""Formulas: what their operators keep and drop."""

from __future__ import annotations

import pytest

from stuck_rules.errors import SourceError
from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    Inside,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    MetavariableType,
    Not,
    NotInside,
    Pattern,
    Regex,
)
from tests.patterns.marked import assert_marked, bindings_of, matches_of

CALL = Pattern("f($X)")

PAIR = All(
    (
        Pattern('{..., "Authorization": $VALUE, ...}'),
        Not(Pattern('{..., "=~/^sec-websocket-protocol$/i": $OTHER, ...}')),
        Inside(Pattern("def $FUNCTION(...):\n    ...\n")),
        MetavariableRegex("$FUNCTION", "(?i).*websocket.*headers"),
        NotInside(
            Pattern(
                "def $FUNCTION(...):\n    ...\n"
                '    $HEADERS["=~/^sec-websocket-protocol$/i"] = $OTHER\n    ...\n'
            )
        ),
    )
)

KEPT = [
    pytest.param(
        PAIR, 'def websocket_headers(t):\n    return «{"a": 1, "Authorization": t}»', id="dict"
    ),
    pytest.param(
        PAIR,
        'def websocket_headers(t):\n    if t:\n        h = «{"Authorization": t}»\n    return h',
        id="dict in a branch",
    ),
    pytest.param(Either((CALL, Pattern("g()"))), "«f(1)»; «g()»", id="either"),
    pytest.param(All((CALL, Pattern("f(1)"))), "«f(1)»; f(2)", id="both"),
    pytest.param(All((CALL, Not(Pattern("f(1)")))), "f(1); «f(f(1))»", id="not"),
    pytest.param(
        All((CALL, NotInside(Pattern("with lock:\n    ...")))),
        "with lock:\n    f(1)\n«f(2)»",
        id="not inside",
    ),
    pytest.param(All((CALL, Not(Regex("secret")))), "f(secret); «f(1)»  # secret", id="not regex"),
    pytest.param(All((Inside(CALL), Regex(r"\d+"))), "f(«12»); g(3)", id="regex inside"),
    pytest.param(
        All((CALL, MetavariableRegex("$X", "ab"))), "«f(abc)»; f(xab); f('ab')", id="regex"
    ),
    pytest.param(
        All((CALL, MetavariableComparison("$X > 3"))), "n = 4\n«f(n)»; f(3); f(x)", id="comparison"
    ),
    pytest.param(
        All((CALL, MetavariablePattern("$X", Pattern("g(...)")))),
        "«f(1 + g(2))»; f(h(3))",
        id="pattern in a binding",
    ),
    pytest.param(
        All((CALL, MetavariablePattern("$X", All((Not(Pattern("g(...)")),))))),
        "f(g(2)); «f(h(g(2)))»",
        id="no such binding",
    ),
    pytest.param(
        All((Pattern('f("$X")'), MetavariablePattern("$X", Regex("b+"), "regex"))),
        "«f('abc')»; f('ac')",
        id="regex on a text",
    ),
    pytest.param(
        All((CALL, MetavariableType("$X", ("m.C",)))),
        "from m import C\ndef g(a: C, b: int):\n    «f(a)»\n    f(b)",
        id="type",
    ),
]


@pytest.mark.parametrize(("formula", "marked"), KEPT)
def test_formula(formula: Formula, marked: str) -> None:
    assert_marked(formula, marked)


DROPPED = [
    pytest.param(
        PAIR,
        'def websocket_headers(t):\n    return {"Authorization": t, "SEC-WebSocket-Protocol": t}',
        id="both",
    ),
    pytest.param(
        PAIR,
        'def websocket_headers(t):\n    h = {"Authorization": t}\n    if t:\n'
        '        h["sec-websocket-protocol"] = t\n    return h',
        id="set further down",
    ),
    pytest.param(PAIR, 'def headers(t):\n    return {"Authorization": t}', id="other function"),
    pytest.param(PAIR, 'websocket_headers = {"Authorization": t}', id="no function"),
    pytest.param(
        All((CALL, MetavariableRegex("$Y", ".*"))), "f(1)", id="condition on what is not bound"
    ),
    pytest.param(
        All((Pattern("f($X, $Y)"), Not(Pattern("f($X, $X)")))), "f(a, a)", id="not with a binding"
    ),
    pytest.param(
        All((CALL, Inside(Pattern("g($X)")))), "g(f(1))", id="inside with another binding"
    ),
]


@pytest.mark.parametrize(("formula", "code"), DROPPED)
def test_formula_without_match(formula: Formula, code: str) -> None:
    assert_marked(formula, code)


def test_what_is_bound_inside_is_told() -> None:
    formula = All((CALL, Inside(Pattern("def $F(...):\n    ..."))))
    assert bindings_of(formula, "def g():\n    f(1)") == [{"$F": "g", "$X": "1"}]


def test_the_order_of_parts_is_free() -> None:
    parts: tuple[Formula, ...] = (
        MetavariableRegex("$X", "a"),
        Not(Pattern("f(ab)")),
        Inside(Pattern("def $F(...):\n    ...")),
        CALL,
    )
    code = "def g():\n    f(a)\n    f(ab)\n    f(b)"
    assert matches_of(All(parts), code) == matches_of(All(parts[::-1]), code)


def test_symbolic_propagation_follows_a_variable() -> None:
    assert_marked("f().g()", "x = f()\n«x.g()»", symbolic_propagation=True)
    assert_marked("f().g()", "x = f()\nx.g()")


@pytest.mark.parametrize("last", ["f(1999)", "h()"])
def test_many_gaps_over_many_lines_stay_in_proportion(last: str) -> None:
    code = "\n".join(f"x{number} = f({number})" for number in range(2_000))
    pattern = f"f($X)\n...\nf(1)\n...\nf(2)\n...\nf(3)\n...\nf(4)\n...\n{last}"
    assert len(matches_of(pattern, code)) == (last == "f(1999)")


def test_too_many_ways_are_told() -> None:
    code = "\n".join(f"x{number} = f()" for number in range(300))
    with pytest.raises(SourceError, match="ways"):
        matches_of("$A = f()\n...\n$B = f()\n...\n$C = f()", code)
