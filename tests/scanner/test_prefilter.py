"""The words of a rule never change what is found."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from stuck_rules.engine import check_source
from stuck_rules.model.formula import All, Either, Formula, Not, Pattern, Regex
from stuck_rules.model.rule import CheckCall, FilesCondition, Option, Rule, TextCondition
from stuck_rules.model.words import ALWAYS, Word, read_name
from stuck_rules.rulebook.loader import load_rulebook
from stuck_rules.rulewords import words_of_rule
from stuck_rules.scanner.prefilter import Prefilter
from tests.rules.tables import ROOT, read_marks

TABLES = sorted(
    path
    for path in (ROOT / "tests" / "rules").glob("test_*.py")
    if path.stem != "test_fixes_of_rules"
)
RULES = load_rulebook(ROOT / "rules.yaml", shown="rules.yaml").rules


def admitted(text: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """What both ways to look for words say, which is the same."""
    word_by_word = Prefilter(rules).admitted(text)
    assert Prefilter(rules, before_loading=0).admitted(text) == word_by_word
    return word_by_word


@cache
def code_rules() -> tuple[Rule, ...]:
    return tuple(
        rule for rule in RULES if not isinstance(rule.condition, (TextCondition, FilesCondition))
    )


def cases(table: Path) -> list[str]:
    """All code that stands in a table's strings."""
    tree = ast.parse(table.read_text(encoding="utf-8"))
    return [
        read_marks(node.value)[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" in node.value
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_what_is_found_is_admitted(table: Path) -> None:
    found = 0
    for code in cases(table):
        for violation in check_source(code, "tests/test_a.py", code_rules()).violations:
            names = {rule.id for rule in admitted(code, code_rules())}
            assert violation.rule in names, code
            found += 1
    assert found


@pytest.mark.parametrize("rule", code_rules(), ids=lambda rule: rule.id)
def test_a_rules_bad_examples_are_admitted(rule: Rule) -> None:
    for example in rule.examples.bad:
        assert admitted(example.code, (rule,)) == (rule,)


@pytest.mark.parametrize("rule", code_rules(), ids=lambda rule: rule.id)
def test_a_file_of_nothing_is_admitted_only_by_a_rule_that_always_looks(rule: Rule) -> None:
    assert bool(admitted("", (rule,))) is (words_of_rule(rule) == ALWAYS)


CALLED = (
    *("foo(", "x=foo(1)", "\tfoo (1)", "x\nfoo(1)", "(foo)(1)", "foo \\\n(1)", "(foo # it\n )(1)"),
    *("return foo(1)", "if foo(1)", "elif  foo(1)", "x is foo(1)", "x if foo(1)", "not foo(1)"),
    *("@foo(1)", "a.foo(1)", "a. foo(1)", "import foo as b", "from a import(foo as b)", "éfoo(1)"),
    *("class\nfoo(1)", "self\n  foo(1)", "undef; foo(1)", "def f(x=foo(1))", "classy.foo(1)"),
)
NOT_CALLED = (
    *("foo", "foo.a(1)", "foo[1](1)", "def foo(1)", "async def  foo(1)", "class foo(1)"),
    *("import foo", "food(1)", "foo # (1)", "foo, (1)", "foo: (1)"),
)


def pattern(formula: Formula) -> Rule:
    return Rule("p", "m", formula)


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        pytest.param(pattern(Pattern("foo")), "foo", True, id="word"),
        pytest.param(pattern(Pattern("foo($X)")), "bar", False, id="no word"),
        pytest.param(pattern(Pattern("$X == $X")), "", True, id="no words at all"),
        pytest.param(
            pattern(Either((Pattern("foo()"), Pattern("bar()")))), "bar()", True, id="one of two"
        ),
        pytest.param(
            pattern(All((Pattern("foo()"), Not(Pattern("bar()"))))),
            "foo()",
            True,
            id="not needs none",
        ),
        pytest.param(pattern(Regex("a|b")), "", True, id="regex"),
        pytest.param(pattern(Pattern("foo($X)")), "_foo food foo1", False, id="part of a name"),
        pytest.param(pattern(Pattern("foo($X)")), "x.foo(", True, id="whole name"),
        pytest.param(pattern(Pattern("foo")), "éfooé", True, id="letters beyond ASCII"),
        *(
            pytest.param(pattern(Pattern("foo($X)")), text, True, id=f"called: {text!r}")
            for text in CALLED
        ),
        *(
            pytest.param(pattern(Pattern("foo($X)")), text, False, id=f"not called: {text!r}")
            for text in NOT_CALLED
        ),
        pytest.param(pattern(Pattern("$F(foo=1)")), "f(foo \\\n = 1)", True, id="argument"),
        pytest.param(pattern(Pattern("$F(foo=1)")), "f(foo) != 1", False, id="no argument"),
        pytest.param(pattern(Regex("(?i)pass")), "PA\u017fS", True, id="folded long s"),
        pytest.param(pattern(Regex("(?i)stra\u00dfe")), "", True, id="folded beyond ASCII"),
        pytest.param(pattern(Regex(r"foo\(|bar")), "fob(", False, id="regex of two texts"),
        pytest.param(
            Rule("c", "m", CheckCall("undefined-name", (Option("names", ("A", "B"), 0),), 0)),
            "= B",
            True,
            id="check",
        ),
        pytest.param(Rule("t", "m", TextCondition("a", (), 0)), "", True, id="text"),
        pytest.param(Rule("f", "m", FilesCondition("a", 0, None, 0)), "", True, id="files"),
    ],
)
def test_a_rules_words_are_asked_for(rule: Rule, text: str, expected: bool) -> None:
    assert admitted(text, (rule,)) == ((rule,) if expected else ())


def test_the_order_of_rules_stays() -> None:
    rules = tuple(Rule(name, "m", Pattern(f"{name}()")) for name in "cab")
    assert admitted("a() b() c()", rules) == rules


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        pytest.param("x = 1  # stuck-rules: ignore\n", True, id="suppression"),
        pytest.param("# STUCK-Rules\n", True, id="other case"),
        pytest.param("# stuck rules\n", False, id="prose"),
        pytest.param("", False, id="nothing"),
    ],
)
@pytest.mark.parametrize("before_loading", [0, 1_000_000])
def test_what_may_hold_suppressions_is_marked(
    text: str, *, marked: bool, before_loading: int
) -> None:
    assert Prefilter((), before_loading=before_loading).look(text).marked is marked


@pytest.mark.parametrize("before_loading", [0, 1_000_000])
@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param(read_name("Mock"), True, id="word of a rule"),
        pytest.param(read_name("call"), False, id="word of a rule that is used in another way"),
        pytest.param(read_name("patch"), False, id="word of a rule that is not there"),
        pytest.param(Word("answer"), True, id="word of no rule"),
        pytest.param(Word("question"), False, id="word of no rule that is not there"),
    ],
)
def test_it_tells_of_every_word_whether_it_stands_there(
    before_loading: int, word: Word, expected: bool
) -> None:
    options = (Option("names", ("Mock", "call", "patch"), 0),)
    rule = Rule("c", "m", CheckCall("undefined-name", options, 0))
    look = Prefilter([rule], before_loading=before_loading).look("answer = Mock(a.call)\n")
    assert look.stands is not None
    assert look.stands(word) is expected
