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
from stuck_rules.model.words import (
    ALWAYS,
    AllWords,
    AnyWord,
    Haystack,
    WordFormula,
    all_words,
    names,
)
from stuck_rules.patterns.literals import words_of
from tests.patterns.probes import Probe, hits_of, read_probes

WORDS = [
    pytest.param(Pattern("uuid.uuid4($X, k=1)"), names("uuid", "uuid4", "k"), id="names"),
    pytest.param(Pattern('f("localhost")'), names("f").parts[0], id="no string"),
    pytest.param(Pattern("$X == None"), ALWAYS, id="no constant"),
    pytest.param(Pattern("return $X"), ALWAYS, id="no return"),
    pytest.param(Pattern("$F($X: int)"), ALWAYS, id="no type of a literal"),
    pytest.param(Pattern("def $F(...):\n    ..."), names("def").parts[0], id="keyword"),
    pytest.param(Pattern("import a.b"), names("import", "a", "b"), id="import"),
    pytest.param(
        All((Pattern("f()"), Not(Pattern("g()")), NotInside(Pattern("h()")))),
        names("f").parts[0],
        id="no negative",
    ),
    pytest.param(All((Pattern("f()"), Inside(Pattern("g()")))), names("f", "g"), id="inside"),
    pytest.param(
        Either((Pattern("f()"), Pattern("g()"))), AnyWord(names("f", "g").parts), id="either"
    ),
    pytest.param(Either((Pattern("f()"), Pattern("$X()"))), ALWAYS, id="either anything"),
    pytest.param(Regex(r"foo\("), all_words("foo(").parts[0], id="plain regex"),
    pytest.param(Regex(r"f+o"), ALWAYS, id="regex"),
    pytest.param(Regex(r"\d"), ALWAYS, id="class in a regex"),
    pytest.param(
        All((Pattern("f($X)"), MetavariableRegex("$X", "abc"))),
        AllWords((*names("f").parts, *all_words("abc").parts)),
        id="metavariable-regex",
    ),
    pytest.param(
        All((Pattern("f('$X')"), MetavariableRegex("$X", "abc"))),
        names("f").parts[0],
        id="no metavariable-regex on a string's text",
    ),
    pytest.param(
        All((Pattern("import $X"), MetavariableRegex("$X", r"ab\.c"))),
        names("import").parts[0],
        id="no metavariable-regex on an import",
    ),
    pytest.param(
        All((Pattern("f($X)"), MetavariableRegex("$X", "abc", constant_propagation=True))),
        names("f").parts[0],
        id="no metavariable-regex on a value",
    ),
    pytest.param(
        All((Pattern("f($X)"), MetavariablePattern("$X", Regex("b"), "regex"))),
        names("f").parts[0],
        id="no text of a metavariable",
    ),
]


@pytest.mark.parametrize(("condition", "words"), WORDS)
def test_words(condition: Formula, words: WordFormula) -> None:
    assert words_of(condition) == words


@pytest.mark.parametrize("probe", [pytest.param(probe, id=probe.id) for probe in read_probes()])
def test_what_matches_holds_the_words(probe: Probe) -> None:
    if hits_of(probe):
        assert Haystack(probe.code).admits(words_of(probe.formula))
