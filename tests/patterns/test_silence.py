"""Formulas that can match nothing are told; those that can are not."""

from __future__ import annotations

import pytest

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
    Regex,
)
from stuck_rules.patterns.silence import silences
from tests.patterns.marked import assert_marked

F, G, X = Pattern("f($X)"), Pattern("g($X)"), "no pattern beside it binds $X, so it never matches"
ASKS = MetavariableRegex("$X", "a")

EXCLUDED = [
    pytest.param(All((F, Not(F))), id="the same"),
    pytest.param(All((F, Not(Pattern("f( $X, )")))), id="the same in another layout"),
    pytest.param(All((F, Not(Pattern("f($Y)")))), id="another name for anything"),
    pytest.param(All((F, Not(Pattern("f(...)")))), id="any arguments"),
    pytest.param(All((F, Not(Pattern("$ANY")))), id="any expression"),
    pytest.param(All((F, Not(Either((G, F))))), id="one of several"),
    pytest.param(All((Either((F, G)), Not(F), Not(G))), id="each of several"),
    pytest.param(All((F, Inside(G), Not(F))), id="beside an inside"),
    pytest.param(All((F, NotInside(F))), id="not inside itself"),
    pytest.param(All((F, Inside(G), NotInside(G))), id="inside and not inside"),
    pytest.param(All((Regex("a"), Not(Regex("a")))), id="regular expressions"),
    pytest.param(All((Pattern("f($X, $X)"), Not(Pattern("f($Y, $Y)")))), id="twice the same"),
    pytest.param(Either((G, All((F, Not(F))))), id="in an alternative"),
    pytest.param(All((G, Not(All((F, Not(F)))))), id="in a negative"),
    pytest.param(All((F, MetavariablePattern("$X", All((G, Not(G)))))), id="on a metavariable"),
]


@pytest.mark.parametrize("formula", EXCLUDED)
def test_what_is_matched_and_excluded_is_told(formula: Formula) -> None:
    ((message, _),) = silences(formula)
    assert message.endswith("matches, so nothing is left")


UNBOUND = [
    pytest.param(All((G, MetavariableRegex("$Y", "a"))), "$Y", id="by nothing"),
    pytest.param(All((G, Not(Pattern("f($Y)")), Focus(("$Y",)))), "$Y", id="by a negative"),
    pytest.param(All((F, All((Pattern("g($Y)"), ASKS)))), "$X", id="outside of its list"),
    pytest.param(All((F, Not(All((Pattern("g($Y)"), ASKS))))), "$X", id="in a negative"),
    pytest.param(All((F, Inside(All((Pattern("g($Y)"), ASKS))))), "$X", id="in an inside"),
    pytest.param(
        All((F, MetavariablePattern("$X", All((G, MetavariableRegex("$Z", "a")))))),
        "$Z",
        id="deep in a metavariable-pattern",
    ),
    pytest.param(All((F, MetavariablePattern("$Y", G))), "$Y", id="a metavariable-pattern's own"),
    pytest.param(All((F, MetavariableComparison("$Y > 1"))), "$Y", id="in a comparison"),
]


@pytest.mark.parametrize(("formula", "name"), UNBOUND)
def test_a_condition_on_what_is_not_bound_is_told(formula: Formula, name: str) -> None:
    ((message, _),) = silences(formula)
    assert message.startswith(f"no pattern beside it binds {name}, so it never matches")


def test_a_comparison_that_speaks_of_nothing_is_told() -> None:
    ((message, part),) = silences(All((F, MetavariableComparison("1 > 2", "$X"))))
    assert message.startswith("the comparison '1 > 2' speaks of no metavariable")
    assert isinstance(part, MetavariableComparison)


# Each with code in which it matches, so that telling it would be wrong.
FINE = [
    pytest.param(All((F, Not(Pattern("f(1)")))), "«f(2)»", id="some excluded"),
    pytest.param(All((Pattern("f($A, $B)"), Not(Pattern("f($A, $A)")))), "«f(1, 2)»", id="equals"),
    pytest.param(All((Pattern("f(...)"), Not(F))), "«f(1, 2)»", id="one argument of any number"),
    pytest.param(All((Pattern("f($...A)"), Not(F))), "«f()»", id="one argument of many"),
    pytest.param(All((F, Inside(Pattern("g($Y)")), Not(Pattern("f($Y)")))), "g(«f(1)»)", id="both"),
    pytest.param(All((F, Pattern("[$Z]"), Not(F))), "f(«[1]»)", id="of two patterns"),
    pytest.param(All((F, NotInside(Pattern("f(f($X))")))), "«f(1)»", id="inside of more"),
    pytest.param(All((Either((F, G)), Not(F))), "«g(1)»", id="one alternative of two"),
    pytest.param(All((Either((F, Pattern("h($Y)"))), ASKS)), "«f(a)»", id="bound in one"),
    pytest.param(All((F, MetavariableComparison("$X > 1"))), "«f(2)»", id="compared"),
    pytest.param(
        All((F, MetavariableComparison("today() > 1577836800"))), "«f(1)»", id="a date"
    ),
    pytest.param(All((F, MetavariablePattern("$X", ASKS))), "«f(a)»", id="the same one within"),
    pytest.param(
        All((Pattern("f($Y, $X)"), MetavariablePattern("$Y", All((Pattern("$Q"), ASKS))))),
        "«f(1, a)»\nf(1, b)",
        id="one of around within",
    ),
    pytest.param(
        All((F, MetavariableRegex("$X", "(?P<REST>.*)"), MetavariableRegex("$REST", "a"))),
        "«f(a)»",
        id="a group",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "marked"), FINE)
def test_what_can_match_is_not_told(formula: Formula, marked: str) -> None:
    assert list(silences(formula)) == []
    assert_marked(formula, marked)
