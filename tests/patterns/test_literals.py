"""Words that a file must hold before a pattern can match in it."""

from __future__ import annotations

import pytest

from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    Inside,
    MetavariablePattern,
    MetavariableRegex,
    Not,
    NotInside,
    Pattern,
    Regex,
)
from stuck_rules.model.rule import Option
from stuck_rules.model.words import (
    ALWAYS,
    AllWords,
    AnyWord,
    Haystack,
    Word,
    WordFormula,
    all_words,
)
from stuck_rules.patterns.literals import words_of
from tests.patterns.probes import Probe, hits_of, read_probes


def name(text: str) -> Word:
    return Word(text, whole=True, code=True)


def names(*texts: str) -> AllWords:
    return AllWords(tuple(map(name, texts)))


def called(text: str) -> Word:
    return Word(text, whole=True, use="call", code=True)


def imported(text: str) -> Word:
    return Word(text, whole=True, use="import", code=True)


def keyword(text: str) -> Word:
    return Word(text, whole=True, use="keyword", code=True)


WORDS = [
    pytest.param(
        Pattern("uuid.uuid4($X, k=1)"),
        AllWords((name("uuid"), called("uuid4"), keyword("k"))),
        id="names",
    ),
    pytest.param(Pattern('f("localhost")'), called("f"), id="no string"),
    pytest.param(Pattern("$X == None"), ALWAYS, id="no constant"),
    pytest.param(Pattern("return $X"), ALWAYS, id="no return"),
    pytest.param(Pattern("$F($X: int)"), ALWAYS, id="no type of a literal"),
    pytest.param(Pattern("def $F(...):\n    ..."), names("def").parts[0], id="keyword"),
    pytest.param(
        Pattern("import a.b"),
        AllWords((name("import"), imported("a"), imported("b"))),
        id="import",
    ),
    pytest.param(
        Pattern("from $M import (a,\n b)\n"),
        AllWords((name("import"), imported("a"), imported("b"))),
        id="import of several lines",
    ),
    pytest.param(
        Pattern("import a\n...\na()"),
        AllWords((*names("import", "a").parts, called("a"))),
        id="import and what comes then",
    ),
    pytest.param(Pattern("import a; a"), names("import", "a"), id="import and what is beside it"),
    pytest.param(
        All((Pattern("f()"), Not(Pattern("g()")), NotInside(Pattern("h()")))),
        called("f"),
        id="no negative",
    ),
    pytest.param(
        All((Pattern("f()"), Inside(Pattern("g()")))),
        AllWords((called("f"), called("g"))),
        id="inside",
    ),
    pytest.param(
        Either((Pattern("f()"), Pattern("g()"))), AnyWord((called("f"), called("g"))), id="either"
    ),
    pytest.param(Either((Pattern("f()"), Pattern("$X()"))), ALWAYS, id="either anything"),
    pytest.param(Regex(r"foo\("), all_words("foo(").parts[0], id="plain regex"),
    pytest.param(Regex(r"f+o"), ALWAYS, id="regex"),
    pytest.param(Regex(r"\d"), ALWAYS, id="class in a regex"),
    pytest.param(
        All((Pattern("f($X)"), MetavariableRegex("$X", "abc"))),
        AllWords((called("f"), *all_words("abc").parts)),
        id="metavariable-regex",
    ),
    pytest.param(
        All((Pattern("f('$X')"), MetavariableRegex("$X", "abc"))),
        called("f"),
        id="no metavariable-regex on a string's text",
    ),
    pytest.param(
        All((Pattern("import $X"), MetavariableRegex("$X", r"ab\.c"))),
        names("import").parts[0],
        id="no metavariable-regex on an import",
    ),
    pytest.param(
        All((Pattern("f($X)"), MetavariableRegex("$X", "abc", constant_propagation=True))),
        called("f"),
        id="no metavariable-regex on a value",
    ),
    pytest.param(
        All((Pattern("f($X)"), MetavariablePattern("$X", Regex("b"), "regex"))),
        called("f"),
        id="no text of a metavariable",
    ),
    pytest.param(
        Pattern("f (\n)(g[1](x))"), AllWords((called("f"), name("g"), name("x"))), id="called later"
    ),
    pytest.param(Pattern("match(x)"), names("match", "x"), id="soft keyword"),
    pytest.param(Pattern("def f(x=1): ..."), names("def", "f", "x"), id="definition"),
    pytest.param(
        Pattern("class F(g(h=1)): ..."),
        AllWords((name("class"), name("F"), called("g"), keyword("h"))),
        id="call in a definition",
    ),
    pytest.param(
        Pattern("f(a == b, c)"),
        AllWords((called("f"), name("a"), name("b"), name("c"))),
        id="arguments without names",
    ),
]


@pytest.mark.parametrize(("condition", "words"), WORDS)
def test_words(condition: Formula, words: WordFormula) -> None:
    assert words_of(condition) == words


@pytest.mark.parametrize("probe", [pytest.param(probe, id=probe.id) for probe in read_probes()])
def test_what_matches_holds_the_words(probe: Probe) -> None:
    if hits_of(probe):
        assert Haystack(probe.code).admits(words_of(probe.formula))


def test_where_variables_stand_for_what_they_hold_a_name_may_be_called_by_another() -> None:
    options = (Option("symbolic_propagation", True, 0),)
    formula = All((Pattern("f(k=1)"), Either((Pattern("g()"), Regex("abc")))))
    either = AnyWord((name("g"), *all_words("abc").parts))
    words = AllWords((AllWords((name("f"), name("k"))), either))
    assert words_of(formula, options) == words
