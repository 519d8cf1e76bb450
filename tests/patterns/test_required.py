"""The texts that whatever an expression matches must hold."""

from __future__ import annotations

import pytest

from stuck_rules.model.words import ALWAYS, AllWords, AnyWord, Word, WordFormula
from stuck_rules.patterns.required import words_of_regex

CASES = [
    pytest.param(r"foo\(", Word("foo("), id="escaped"),
    pytest.param(r"fo+", Word("fo"), id="repeated"),
    pytest.param(r"foo?", Word("fo"), id="optional"),
    pytest.param(r"ab{0,2}cd", Word("cd"), id="count from none"),
    pytest.param(r"ab{2}cd", AllWords((Word("ab"), Word("cd"))), id="count"),
    pytest.param(r"^(foo|bar)$", AnyWord((Word("foo"), Word("bar"))), id="choice"),
    pytest.param(r"foo|.", ALWAYS, id="choice of anything"),
    pytest.param(r"(?:foo)?bar", Word("bar"), id="optional group"),
    pytest.param(r"(?P<n>foo)\d", Word("foo"), id="named group"),
    pytest.param(r"(?i)Foo", Word("foo", folded=True), id="folded"),
    pytest.param(r"(?i)stra\u00dfe", ALWAYS, id="folded beyond ASCII"),
    pytest.param(r"(?x)fo o", ALWAYS, id="verbose"),
    pytest.param(r"foo(?i)", ALWAYS, id="flags behind"),
    pytest.param(r"(?!foo)bar", Word("bar"), id="look-ahead"),
    pytest.param(r"(?<!foo|x)bar", Word("bar"), id="look-behind"),
    pytest.param(r"(?#foo)bar", Word("bar"), id="comment"),
    pytest.param(r"\x41foo", ALWAYS, id="escape that takes letters along"),
    pytest.param(r"\\x41", Word("\\x41"), id="escaped backslash"),
    pytest.param(r"[]foo]bar[^]]", Word("bar"), id="class"),
    pytest.param(r"a\nbc", Word("bc"), id="line break"),
    pytest.param(r"a.b", ALWAYS, id="too short"),
    pytest.param(r"foo)", ALWAYS, id="no expression"),
]


@pytest.mark.parametrize(("regex", "words"), CASES)
def test_words_of_regex(regex: str, words: WordFormula) -> None:
    assert words_of_regex(regex) == words
