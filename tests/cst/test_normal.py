"""A statement's form without its layout, and the statement of a place."""

from __future__ import annotations

import pytest

from stuck_rules.cst.normal import Statements, normal_form
from stuck_rules.cst.source import parse
from stuck_rules.model.source import Span


def form(code: str) -> str:
    """The normal form of the first statement."""
    return Statements(parse(code)).at(Span.of(1, 1, 1, 2))


def at(code: str, mark: str) -> str:
    """The normal form of the statement around a word of the code."""
    before = code[: code.index(mark)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Statements(parse(code)).at(Span.of(line, column, line, column + len(mark)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("x=1", "x  =  1  # why\n", id="spaces and comments"),
        pytest.param("f(a, b)", "f(\n    a,  # why\n    b,\n)", id="lines and a last comma"),
        pytest.param("f(a)", "f(\\\n  a)", id="a backslash"),
        pytest.param("x = a + b", "x = (a + (b))", id="parentheses"),
        pytest.param("x = (a)(b)", "x = a(b)", id="parentheses around what is called"),
        pytest.param("return_(yield_)", "(return_)((yield_))", id="parentheses everywhere"),
        pytest.param("for a, b in c: pass", "for (a, b) in (c):\n    pass", id="a loop's head"),
        pytest.param("with a as b, c: pass", "with (a as b, c,):\n  pass", id="a with's head"),
        pytest.param("del a, b", "del (a, b)", id="del"),
        pytest.param("x[a, b]", "x[(a, b)]", id="a tuple as an index"),
        pytest.param("x[a, *b]", "x[(a, *b)]", id="a star in an index"),
        pytest.param("class A(): pass", "class A:\n    pass", id="no bases"),
        pytest.param("import a", "import a;", id="a semicolon"),
        pytest.param("from a import b, c", "from a import (\n  b,\n  c,\n)", id="an import"),
        pytest.param("f('a')", 'f("a")', id="quotes"),
        pytest.param("f('a')", 'f("""a""")', id="long quotes"),
        pytest.param("""f('"')""", r"""f("\"")""", id="an escaped quote"),
        pytest.param("f(u'a')", "f('a')", id="a prefix without a meaning"),
        pytest.param("f(B'a')", 'f(b"a")', id="a prefix's case"),
        pytest.param("f(r'a\\d')", "f('a\\\\d')", id="a raw string"),
        pytest.param("f('ab' 'c')", "f(\n  'a'\n  'bc'\n)", id="pieces of a string"),
        pytest.param("f(f'a{x}b')", 'f(f"a" f"{ x }b")', id="pieces of an f-string"),
        pytest.param("f(f'{x!r:>{w}}')", 'f(F"{x!r:>{w}}")', id="an f-string's details"),
        pytest.param("f(0XFF, 1E+5, 1_000, 2J)", "f(0xff, 1e5, 1000, 2j)", id="numbers"),
        pytest.param("f(x for x in y)", "f((x for x in y))", id="a generator"),
        pytest.param('"""A\n\n   b."""', '"""A\n\nb.\n"""', id="a docstring's indent"),
    ],
)
def test_layout_does_not_change_the_form(left: str, right: str) -> None:
    assert form(left) == form(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("x = 1", "x = 2", id="a value"),
        pytest.param("x = 1", "x = '1'", id="a type"),
        pytest.param("x = 'a'", "x = b'a'", id="bytes"),
        pytest.param("x = 'b:a'", "x = b'a'", id="bytes by another name"),
        pytest.param("x = 'a{b}'", "x = f'a{b}'", id="an f-string"),
        pytest.param("x = f'{b}'", "x = f'{b=}'", id="what prints its name"),
        pytest.param("x = f'{b}'", "x = f'{b!r}'", id="a conversion"),
        pytest.param("x = 'a b'", "x = 'a  b'", id="white space in a string"),
        pytest.param("x = (a + b) * c", "x = a + b * c", id="parentheses that mean something"),
        pytest.param("f((a, b))", "f(a, b)", id="a tuple as an argument"),
        pytest.param("x = (a,)", "x = a", id="a tuple of one"),
        pytest.param("f(*a)", "f(a)", id="a star"),
        pytest.param("f(a=b)", "f(b)", id="a keyword"),
        pytest.param("from . import a", "from .. import a", id="dots"),
        pytest.param("x = ()", "x = []", id="brackets"),
        pytest.param("x[1:2]", "x[1::2]", id="a slice"),
        pytest.param("def f(a, /): pass", "def f(a): pass", id="a marker of parameters"),
        pytest.param("def f(*, a): pass", "def f(a): pass", id="a lone star"),
        pytest.param("async def f(): pass", "def f(): pass", id="async"),
        pytest.param("x = not a", "x = -a", id="an operator"),
        pytest.param("x = a if b else c", "x = b if a else c", id="an order"),
        pytest.param("assert (a, b)", "assert a, b", id="an assertion that always holds"),
    ],
)
def test_another_meaning_is_another_form(left: str, right: str) -> None:
    assert form(left) != form(right)


def test_an_escape_that_python_warns_of_is_no_trouble() -> None:
    assert form(r"f('\d')") == form(r"f('\\d')")


@pytest.mark.parametrize(
    ("code", "mark", "same"),
    [
        pytest.param("a; b\n", "b", "b", id="one of two on a line"),
        pytest.param("if a: b\n", "b", "b", id="behind a head"),
        pytest.param("if a: b\n", "a", "if a:\n    other\n", id="a head"),
        pytest.param("if a:\n    x\nelif b:\n    y\nelse:\n    z\n", "b", "if b: y", id="elif"),
        pytest.param("def f(a):\n    x\n", "a", "def f(a): y", id="a function's head"),
        pytest.param("def f():\n    def g(a): x\n", "a", "def g(a): y", id="an inner head"),
        pytest.param("@a\ndef f(): x\n", "a", "@a\ndef f(): y", id="a decorator"),
        pytest.param("f(\n    a,\n    b,\n)\n", "b", "f(a, b)", id="a later line"),
        pytest.param("x = 1  # todo\n", "todo", "x = 1", id="a comment behind code"),
    ],
)
def test_the_smallest_statement_counts(code: str, mark: str, same: str) -> None:
    assert at(code, mark) == form(same)


def test_the_head_of_a_handler_is_its_own() -> None:
    code = "try:\n    x\nexcept A as e:\n    y\nfinally:\n    z\n"
    assert at(code, "A") == at("try: 1\nexcept (A) as e: 2\n", "A")
    assert at(code, "A") != at("try: 1\nexcept B as e: 2\n", "B")


def test_sequence_patterns_are_one() -> None:
    forms = {
        at(f"match x:\n    case {pattern}:\n        y\n", "a")
        for pattern in ("a, b", "(a, b)", "[a, b]", "[a, b,]")
    }
    assert forms == {at("match x:\n    case a, b: z\n", "a")}


def test_outside_of_statements_the_line_counts() -> None:
    assert at("x = 1\n\n#  to   do\n", "to") == "# to do"


def test_a_whole_file_has_no_statement() -> None:
    assert Statements(parse("x = 1\n")).at(Span.of(1, 1, 1, 1)) == ""


def test_a_compound_statement_is_its_head() -> None:
    tree = parse("while a:\n    b\nelse:\n    c\n")
    assert normal_form(tree.module.body[0]) == "While( Name( a ) )"
