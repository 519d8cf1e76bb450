"""Templates of expressions: arguments, commas, parentheses, comments."""

from __future__ import annotations

import pytest

from stuck_rules.model.formula import All, Focus, Pattern
from tests.fixes.cases import fixed, fixes_of, rule


@pytest.mark.parametrize(
    ("pattern", "fix", "before", "after"),
    [
        pytest.param("foo($X)", "bar($X)", "foo(a)", "bar(a)", id="name"),
        pytest.param("foo($X)", "bar($X)", "foo( a + 1 )", "bar( a + 1 )", id="space stays"),
        pytest.param("foo($X)", "bar($X)", "foo(a,)", "bar(a,)", id="comma stays"),
        pytest.param("foo($X)", "bar($X)", "foo(foo(1))", "bar(bar(1))", id="nested, one round"),
        pytest.param(
            "foo($X)", "bar($X)", "foo(  # c\n    a\n)", "bar(  # c\n    a\n)", id="comment inside"
        ),
        pytest.param(
            "foo($X, $Y)",
            "bar($X, $Y)",
            "foo(a,  # first\n    b)",
            "bar(a,  # first\n    b)",
            id="comment between arguments",
        ),
        pytest.param(
            "foo($X, $Y)",
            "bar($Y, $X)",
            "foo(a,  # first\n    b)",
            "bar(b,  # first\n    a)",
            id="comment where arguments change places",
        ),
        pytest.param(
            "foo($X, $Y)", "bar($Y, $X)", "foo(a  +  b, 'q')", "bar('q', a  +  b)", id="swapped"
        ),
        pytest.param(
            "foo(a=$A, b=$B)", "foo($A, $B)", "foo(b=2, a=1)", "foo(1, 2)", id="keywords to places"
        ),
        pytest.param(
            "foo(..., $X)", "foo($X, verify=True)", "foo(a)", "foo(a, verify=True)", id="one more"
        ),
        pytest.param("foo(...)", "bar(...)", "foo(a, b=1)", "bar(a, b=1)", id="`...` stays"),
        pytest.param(
            "$O.foo($...A)",
            "$O.bar($...A, t=3)",
            "a.b.foo(\n    1,\n    2)",
            "a.b.bar(\n    1,\n    2, t=3)",
            id="method over lines",
        ),
        pytest.param("foo($X)", "bar($X, 1)", "foo(*a)", "bar(*a, 1)", id="unpacked"),
        pytest.param("foo($X)", "bar($X, 1)", "foo(**a)", "bar(1, **a)", id="unpacked keywords"),
        pytest.param("foo($X)", "bar($X, 1)", "foo(a := 3)", "bar(a := 3, 1)", id="walrus"),
        pytest.param(
            "foo(k=$V, $...A)", "bar($...A)", "foo(1, k=2, x=3)", "bar(1, x=3)", id="rest"
        ),
        pytest.param("foo($A, $B)", "bar($B, $A)", 'é = foo("é", b)', 'é = bar(b, "é")', id="é"),
    ],
)
def test_arguments(pattern: str, fix: str, before: str, after: str) -> None:
    assert fixed(f"{before}\n", rule(pattern, fix)) == f"{after}\n"


@pytest.mark.parametrize(
    ("fix", "before", "after"),
    [
        pytest.param("bar($...A, 1)", "foo()", "bar(1)", id="empty in front"),
        pytest.param("bar(1, $...A)", "foo()", "bar(1)", id="empty behind"),
        pytest.param("bar(1, $...A, 2)", "foo()", "bar(1, 2)", id="empty between"),
        pytest.param("bar($...A)", "foo()", "bar()", id="empty alone"),
        pytest.param("bar(1, $...A,)", "foo()", "bar(1,)", id="trailing comma of the template"),
        pytest.param("bar($...A, 1)", "foo(a, b=2)", "bar(a, 1, b=2)", id="positional first"),
        pytest.param("bar($...A, 1)", "foo(*a, **b)", "bar(*a, 1, **b)", id="before unpacking"),
        pytest.param(
            "bar(k=1, $...A)", "foo(a, b=2)", "bar(a, k=1, b=2)", id="keyword written first"
        ),
        pytest.param("[$...A]", "foo()", "[]", id="empty list"),
        pytest.param("[1, $...A]", "foo()", "[1]", id="list of one"),
        pytest.param("[0, $...A]", "foo(a, *b)", "[0, a, *b]", id="list"),
        pytest.param("(1, $...A)", "foo()", "(1,)", id="tuple of one"),
        pytest.param("($...A,)", "foo()", "()", id="empty tuple"),
        pytest.param("{$...A}", "foo()", "set()", id="empty set"),
        pytest.param("lambda $...P: 1", "foo()", "foo()", id="not bound, no fix"),
        pytest.param(
            "f($...A).g", "foo(1 if a else b, k=c)", "f(1 if a else b, k=c).g", id="called"
        ),
    ],
)
def test_any_number_of_arguments(fix: str, before: str, after: str) -> None:
    assert fixed(f"x = {before}\n", rule("foo($...A)", fix)) == f"x = {after}\n"


@pytest.mark.parametrize(
    ("fix", "before", "after"),
    [
        pytest.param("$X * 2", "foo(a + b)", "(a + b) * 2", id="sum times"),
        pytest.param("$X * 2", "foo(a * b)", "a * b * 2", id="product times"),
        pytest.param("2 * $X", "foo(a * b)", "2 * (a * b)", id="order of operations"),
        pytest.param("$X * 2", "foo((a + b))", "(a + b) * 2", id="parentheses as they are"),
        pytest.param("$X ** 2", "foo(-a)", "(-a) ** 2", id="sign"),
        pytest.param("not $X", "foo(a == b)", "not a == b", id="not"),
        pytest.param("$X.g()", "foo(1)", "(1).g()", id="method of a number"),
        pytest.param("$X.g()", "foo(a.b[0])", "a.b[0].g()", id="method of a part"),
        pytest.param("$X()", "foo(lambda: 1)", "(lambda: 1)()", id="lambda called"),
        pytest.param("$X", "foo(lambda: 1)", "lambda: 1", id="lambda"),
        pytest.param("bar($X)", "foo(a if b else c)", "bar(a if b else c)", id="argument"),
        pytest.param(
            "$X if $X else 0",
            "foo(a if b else c)",
            "(a if b else c) if (a if b else c) else 0",
            id="ternary",
        ),
        pytest.param("bar($X)", "foo(x for x in y)", "bar(x for x in y)", id="generator"),
        pytest.param(
            "bar($X, 1)", "foo(x for x in y)", "bar((x for x in y), 1)", id="no more alone"
        ),
        pytest.param("bar($X)", "foo((yield))", "bar((yield))", id="yield"),
        pytest.param("[$X]", "foo((1, 2))", "[(1, 2)]", id="tuple"),
        pytest.param("$X", "foo(a +\n    b)", "(a +\n    b)", id="over lines"),
        pytest.param("$X", "foo(a\n    .b)", "(a\n    .b)", id="attribute over lines"),
        pytest.param("$X", "foo([a,\n    b])", "[a,\n    b]", id="brackets over lines"),
    ],
)
def test_parentheses_stand_where_they_must(fix: str, before: str, after: str) -> None:
    assert fixed(f"x = {before}\n", rule("foo($X)", fix)) == f"x = {after}\n"


@pytest.mark.parametrize(
    ("fix", "before", "after"),
    [
        pytest.param("$X * 2", "3 ** foo(a)", "3 ** (a * 2)", id="power"),
        pytest.param("$X * 2", "-foo(a)", "-(a * 2)", id="sign"),
        pytest.param("$X * 2", "foo(a).b", "(a * 2).b", id="attribute"),
        pytest.param("$X * 2", "[foo(a), *foo(b)]", "[a * 2, *b * 2]", id="none in a list"),
        pytest.param("$X or 1", "foo(a) and b", "(a or 1) and b", id="and"),
        pytest.param("$X or 1", "y = foo(a)", "y = a or 1", id="none"),
        pytest.param("$X", "foo(a) if b else c", "a if b else c", id="name"),
        pytest.param("$X", "foo(a)if b else c", "(a)if b else c", id="glued to a keyword"),
        pytest.param("$X", "assert(foo(a))", "assert(a)", id="glued parentheses"),
        pytest.param("$X", "not(foo(a))", "not(a)", id="glued to not"),
        pytest.param("{$X: 1}", 'f"{foo(a)}"', 'f"{({a: 1})}"', id="dict in an f-string"),
        pytest.param("d['$X']", "f'{foo(a)}'", "f'{d[\"a\"]}'", id="quotes of an f-string"),
        pytest.param('d["$X"]', 'f"{foo(a)} {x}"', "f\"{d['a']} {x}\"", id="double quotes"),
    ],
)
def test_what_stands_around_is_heeded(fix: str, before: str, after: str) -> None:
    assert fixed(f"{before}\n", rule("foo($X)", fix)) == f"{after}\n"


@pytest.mark.parametrize(
    ("pattern", "fix", "before", "after"),
    [
        pytest.param('foo("$S")', "bar('$S')", 'foo("a")', 'bar("a")', id="as written"),
        pytest.param('foo("$S")', "bar('$S')", 'foo(r"\\d")', 'bar(r"\\d")', id="prefix"),
        pytest.param('foo("$S")', "bar('$S!')", 'foo("it\'s")', "bar('it\\'s!')", id="escaped"),
        pytest.param('foo("$S")', "bar('<$S>')", "foo('a\\n')", "bar('<a\\n>')", id="escape stays"),
        pytest.param('foo("$S")', "bar('<$S>')", "foo(r'\\d')", "bar('<\\\\d>')", id="raw text"),
        pytest.param("foo($X)", "bar('$X')", "foo(a.b)", "bar('a.b')", id="code as text"),
        pytest.param("foo($X)", "bar('$X')", "foo(a['b'])", "bar('a[\\'b\\']')", id="with quotes"),
        pytest.param("foo($X)", 'f"{$X}"', 'foo(d["k"])', "f\"{d['k']}\"", id="hole's quotes"),
        pytest.param("foo($X)", 'f"{$X}"', "foo(a)", 'f"{a}"', id="hole"),
        pytest.param(
            "foo($X)", 'f"{$X}"', 'foo(d["k\'"])', 'f"""{d["k\'"]}"""', id="other quotes outside"
        ),
    ],
)
def test_strings(pattern: str, fix: str, before: str, after: str) -> None:
    assert fixed(f"x = {before}\n", rule(pattern, fix)) == f"x = {after}\n"


@pytest.mark.parametrize(
    ("pattern", "fix", "code"),
    [
        pytest.param("foo(...)", "bar($ZZ)", "foo(1)", id="nothing binds it"),
        pytest.param("foo($X)", "$X = 1", "y = foo(a)", id="statement inside another"),
        pytest.param("foo($X)", "if $X: pass", "foo(a).b()", id="statement before a part"),
        pytest.param("foo($X)", "bar($X", "foo(a)", id="no code"),
        pytest.param("foo($X)", "$X + 1", "foo(*a)", id="unpacked where it cannot stand"),
        pytest.param("foo($X)", "foo($X)", "foo(a)", id="nothing changes"),
        pytest.param("foo($X)", "bar('\\n')", "f'{foo(a)}'", id="backslash in an f-string"),
    ],
)
def test_no_fix_is_better_than_broken_code(pattern: str, fix: str, code: str) -> None:
    assert fixes_of(f"{code}\n", rule(pattern, fix)) == []


def test_a_fix_of_a_focus_is_put_there() -> None:
    formula = All((Pattern("foo(..., verify=$V, ...)"), Focus(("$V",))))
    assert fixed("foo(a, verify=False)\n", rule(formula, "True")) == "foo(a, verify=True)\n"


def test_a_comment_in_a_template_of_an_expression_is_dropped() -> None:
    assert fixed("foo(a) + 1\n", rule("foo($X)", "bar($X)  # was $X")) == "bar(a) + 1\n"


@pytest.mark.parametrize(
    ("before", "safe"),
    [
        pytest.param("x = foo(a)\n", True, id="no comment"),
        pytest.param("x = foo(a)  # why\n", True, id="comment outside"),
        pytest.param("x = foo(  # why\n    a)\n", False, id="comment lost"),
    ],
)
def test_a_fix_that_loses_a_comment_is_not_safe(before: str, safe: bool) -> None:
    (fix,) = fixes_of(before, rule("foo($X)", "$X"))
    assert fix.safe is safe


def test_only_what_changes_is_edited() -> None:
    (fix,) = fixes_of("foo(a, b)\n", rule("foo($X, $Y)", "bar($X, $Y)"))
    assert [edit.text for edit in fix.edits] == ["bar"]
