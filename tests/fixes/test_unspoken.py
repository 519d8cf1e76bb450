"""What a match holds and its pattern does not speak of is kept, or there is no fix."""

from __future__ import annotations

import pytest

from stuck_rules.model.formula import All, Inside, Pattern
from tests.fixes.cases import fixed, fixes_of, rule

IF = "if a:\n    b()\nelif c:\n    d()  # why\nelse:\n    e()\n"
GAP = "x = foo()\n# keep\na()  # this\nif b:\n    c()\nbar(x)\nd()\n"


@pytest.mark.parametrize(
    ("pattern", "fix", "before", "after"),
    [
        pytest.param(
            "if $X:\n    $...B",
            "if not $X:\n    $...B",
            IF,
            IF.replace("if a", "if not a").replace("elif c", "elif not c"),
            id="branches of an if",
        ),
        pytest.param("if c: ...", "if d: ...", IF, IF.replace("elif c", "elif d"), id="elif"),
        pytest.param(
            "if $X:\n    $...B\nelse:\n    pass",
            "if $X:\n    $...B",
            "if a:\n    b()\nelse:\n    pass\n",
            "if a:\n    b()\n",
            id="a branch that the pattern asks for goes",
        ),
        pytest.param(
            "try: ...\nexcept E: ...",
            "try: ...\nexcept F: ...",
            "try:\n    a()\nexcept E:\n    b()\n    c()\n",
            "try:\n    a()\nexcept F:\n    b()\n    c()\n",
            id="bodies written as dots",
        ),
        pytest.param(
            "with $A as $B: ...",
            "with z($A) as $B: ...",
            "with a as b:\n    x()  # c\n",
            "with z(a) as b:\n    x()  # c\n",
            id="body of a with",
        ),
        pytest.param("$X = 1", "$X = 2", "x: int = 1\n", "x: int = 2\n", id="annotation"),
        pytest.param(
            "raise E($X)", "raise F($X)", "raise E(a) from b\n", "raise F(a) from b\n", id="cause"
        ),
        pytest.param(
            "$X = foo()\n...\nbar($X)",
            "$X = goo()\n...\nbaz($X)",
            GAP,
            GAP.replace("foo", "goo").replace("bar", "baz"),
            id="lines between",
        ),
    ],
)
def test_it_is_kept(pattern: str, fix: str, before: str, after: str) -> None:
    assert fixed(before, rule(pattern, fix)) == after


@pytest.mark.parametrize(
    ("pattern", "fix", "code"),
    [
        pytest.param("if a: ...", "a and b()", IF, id="branches to an expression"),
        pytest.param("if a: ...", "x = 1\ny = 2", IF, id="branches to other statements"),
        pytest.param("if a: ...", "", IF, id="branches taken out"),
        pytest.param("if c: ...", "x = 1", IF, id="elif to another statement"),
        pytest.param(
            "try: ...\nexcept E: ...",
            "try: ...\nexcept F: ...",
            "try:\n    a()\nexcept E:\n    b()\nexcept G:\n    c()\n",
            id="another handler",
        ),
        pytest.param(
            "with $A as $B: ...",
            "with z($A) as $B: ...",
            "with a as b, c as d:\n    x()\n",
            id="another item",
        ),
        pytest.param("$X = 1", "$X = 2", "x = y = 1\n", id="another target"),
        pytest.param("$X = foo()\n...\nbar($X)", "baz()", GAP, id="lines between"),
        pytest.param("$X = foo()\n...\nbar($X)", "", GAP, id="lines between taken out"),
        pytest.param(
            "$X = foo()\n...\nbar($X)",
            "$X = goo()\n...\nbaz($X)",
            "x = foo()\nif z:\n    bar(x)\n    y()\n",
            id="the last line is nested",
        ),
    ],
)
def test_or_there_is_no_fix(pattern: str, fix: str, code: str) -> None:
    assert fixes_of(code, rule(pattern, fix)) == []


def test_what_stands_around_a_match_is_no_part_of_it() -> None:
    inside = Inside(Pattern("$X = foo()\n...\n$Y"))
    formula = All((Pattern("bar($Z)"), inside))
    assert fixed(GAP, rule(formula, "baz($Z)")) == GAP.replace("bar", "baz")
