"""Fixes applied in rounds."""

from __future__ import annotations

import pytest

from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Rule
from stuck_rules.repairs import FixedSource, fix_source


def rule(pattern: str, fix: str, name: str = "p", imports: tuple[str, ...] = ()) -> Rule:
    return Rule(name, "m", Pattern(pattern), fix=fix, fix_imports=imports)


def messages(fixed: FixedSource) -> list[tuple[str | None, str]]:
    return [(problem.rule, problem.message) for problem in fixed.problems]


@pytest.mark.parametrize(
    ("before", "rules", "after", "rounds"),
    [
        pytest.param("x = 1\n", [rule("foo()", "bar()")], "x = 1\n", 0, id="nothing to fix"),
        pytest.param("foo()\nfoo()\n", [rule("foo()", "b()")], "b()\nb()\n", 1, id="two at once"),
        pytest.param("a + 0 + 0\n", [rule("$X + 0", "$X")], "a\n", 2, id="one inside another"),
        pytest.param(
            "a()\n", [rule("a()", "b()"), rule("b()", "c()", "q")], "c()\n", 2, id="chain"
        ),
        pytest.param(
            "foo(a, c)\n",
            [rule("foo($X, c)", "foo($X, d)"), rule("foo(a, $Y)", "bar(b, $Y)", "q")],
            "bar(b, d)\n",
            1,
            id="two rules at different places of one call",
        ),
        pytest.param(
            "x = A()\ny = B()\n",
            [
                rule("A()", "a()", imports=("from m import a",)),
                rule("B()", "b()", "q", ("from m import b",)),
            ],
            "from m import a, b\nx = a()\ny = b()\n",
            1,
            id="two imports of a module",
        ),
        pytest.param(
            "foo(a)\r\n", [rule("foo($X)", "b()\nc($X)")], "b()\r\nc(a)\r\n", 1, id="CRLF"
        ),
        pytest.param("foo(a)\r", [rule("foo($X)", "b()\nc($X)")], "b()\rc(a)\r", 1, id="CR"),
        pytest.param("\ufefffoo(a)", [rule("foo($X)", "b($X)")], "\ufeffb(a)", 1, id="BOM, no end"),
        pytest.param(
            "\ffoo(a)\n\f\nx\n", [rule("foo($X)", "b($X)")], "\fb(a)\n\f\nx\n", 1, id="form feed"
        ),
        pytest.param(
            "# coding: latin-1\nfoo('é')\n",
            [rule("foo($X)", "b($X)")],
            "# coding: latin-1\nb('é')\n",
            1,
            id="cookie",
        ),
    ],
)
def test_rounds(before: str, rules: list[Rule], after: str, rounds: int) -> None:
    fixed = fix_source(before, "a.py", rules)
    assert (fixed.source, fixed.rounds, fixed.problems) == (after, rounds, ())
    assert fixed.result.violations == ()


def test_many_fixes_inside_one_another_come_to_an_end() -> None:
    fixed = fix_source("f(" * 40 + "1" + ")" * 40 + "\n", "a.py", [rule("f($X)", "$X")])
    assert (fixed.source, fixed.problems) == ("1\n", ())


def test_suppressed_violations_stay() -> None:
    code = "foo()  # stuck-rules: ignore[p] -- why\nfoo()\n"
    fixed = fix_source(code, "a.py", [rule("foo()", "bar()")])
    assert fixed.source == "foo()  # stuck-rules: ignore[p] -- why\nbar()\n"
    assert [violation.span.start.line for violation in fixed.applied] == [2]


@pytest.mark.parametrize("unsafe", [True, False])
def test_fixes_that_are_not_safe_wait_for_a_word(unsafe: bool) -> None:
    code = "x = foo(  # why\n    a)\n"
    fixed = fix_source(code, "a.py", [rule("foo($X)", "$X")], unsafe=unsafe)
    assert fixed.source == ("x = a\n" if unsafe else code)


def test_fixes_that_undo_one_another_change_nothing() -> None:
    rules = [rule("a()", "b()"), rule("b()", "a()", "q")]
    fixed = fix_source("a()\n", "a.py", rules)
    assert (fixed.source, fixed.applied) == ("a()\n", ())
    assert messages(fixed) == [
        ("p", "the fixes of p, q undo one another; the code is left as it was before them")
    ]
    assert len(fixed.result.violations) == 1


def test_what_was_fixed_before_the_trouble_stays() -> None:
    rules = [rule("c()", "a()", "r"), rule("a()", "b()"), rule("b()", "a()", "q")]
    fixed = fix_source("c()\n", "a.py", rules)
    assert (fixed.source, [v.rule for v in fixed.applied]) == ("a()\n", ["r"])


def test_a_fix_that_is_flagged_again_for_ever_changes_nothing() -> None:
    fixed = fix_source("f(1)\n", "a.py", [rule("f($X)", "f(f($X))")])
    assert fixed.source == "f(1)\n"
    assert messages(fixed) == [
        ("p", "the fixes of p never come to an end; the code is left as it was before them")
    ]


def test_a_fix_that_leaves_no_code_is_left_out_and_told() -> None:
    # Each is a statement by itself, but `return` belongs in a function.
    rules = [rule("foo()", "return"), rule("bar()", "baz()", "q")]
    fixed = fix_source("foo()\nbar()\n", "a.py", rules)
    assert fixed.source == "foo()\nbaz()\n"
    assert messages(fixed) == [
        ("p", "its fix would leave code that does not parse, so it was left out")
    ]
    assert fixed.problems[0].line == 1
    assert [violation.rule for violation in fixed.result.violations] == ["p"]


def test_code_that_python_refuses_anyway_is_fixed_all_the_same() -> None:
    fixed = fix_source("return foo()\n", "a.py", [rule("foo()", "bar()")])
    assert (fixed.source, fixed.problems) == ("return bar()\n", ())


def test_code_that_does_not_parse_is_left_alone() -> None:
    fixed = fix_source("foo(\n", "a.py", [rule("foo()", "bar()")])
    assert fixed.source == "foo(\n"
    assert [problem.kind.value for problem in fixed.result.problems] == ["syntax"]
