"""Regular expressions of rulebooks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuck_rules.errors import PatternError, ProblemKind, SourceError
from stuck_rules.patterns.regexes import compile_regex, plain_text

MATCHED = [
    pytest.param(r"(?<NAME>a)b", "ab", id="group named as in PCRE"),
    pytest.param(r"(?<=a)b", "ab", id="look-behind"),
    pytest.param(r"x|(?i)AB", "ab", id="flag inside"),
    pytest.param(r"b\z", "ab", id="end as in PCRE"),
]


@pytest.mark.parametrize(("regex", "text"), MATCHED)
def test_dialects_are_understood(regex: str, text: str) -> None:
    assert compile_regex(regex).search(text)


def test_what_is_no_expression_is_refused_with_its_line() -> None:
    with pytest.raises(PatternError, match="4: not a regular expression"):
        compile_regex("(", line=4)


PLAIN = [
    pytest.param("abc", "abc", id="letters"),
    pytest.param(r"a\.b\(", "a.b(", id="escaped"),
    pytest.param("a.b", None, id="any character"),
    pytest.param("ab?", None, id="optional"),
    pytest.param(r"\bab", None, id="boundary"),
    pytest.param("a|b", None, id="choice"),
    pytest.param("(?i)ab", None, id="flag"),
]


@pytest.mark.parametrize(("regex", "text"), PLAIN)
def test_plain_text(regex: str, text: str | None) -> None:
    assert plain_text(regex) == text


SLOW = [
    pytest.param("(a+)+$", id="nested repetition"),
    pytest.param("(a|aa)+$", id="ambiguous choice"),
    pytest.param("(a*)*x", id="repetition of what may be empty"),
    pytest.param("(?=a)(a+)+$", id="with a look-ahead"),
    pytest.param(r"(a+)+\1$", id="with a back reference"),
]


def outcome(look: Callable[[str], object], text: str) -> object:
    """What was found, or the kind of the problem."""
    try:
        return look(text)
    except SourceError as error:
        return error.problems[0].kind


@pytest.mark.parametrize("regex", SLOW)
@pytest.mark.parametrize("text", ["a" * 20_000 + "!", "\u00e9" + "a" * 20_000 + "!"])
def test_no_text_keeps_an_expression_busy_for_long(
    regex: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stuck_rules.patterns.regexes.TIME_LIMIT", 0.2)
    compiled = compile_regex(regex)
    for look in (compiled.search, compiled.match, lambda t: list(compiled.finditer(t))):
        assert outcome(look, text) in (None, [], ProblemKind.TIMEOUT)


def test_the_worst_known_expression_takes_no_time() -> None:
    assert compile_regex("(a+)+$").search("a" * 100_000 + "!") is None


_ATOMS = st.sampled_from(
    [
        "a",
        "b",
        ".",
        r"\d",
        r"\w",
        r"\s",
        "[ab]",
        "[^a]",
        "(a|b)",
        "(?:ab|a)",
        "(?P<n>b)",
        " ",
        r"\n",
    ]
)
_PIECES = st.builds("".join, st.tuples(_ATOMS, st.sampled_from(["", "*", "+", "?", "{2}", "*?"])))
_REGEXES = st.builds(
    lambda start, pieces, end: start + "".join(pieces) + end,
    st.sampled_from(["", "^", r"\b", "(?i)", "(?m)^"]),
    st.lists(_PIECES, min_size=1, max_size=4),
    st.sampled_from(["", "$", r"\b", r"\Z"]),
)
_TEXTS = st.text(alphabet="abAB1 \n\x0bé", max_size=12)


@given(_REGEXES, _TEXTS)
def test_both_engines_agree_with_python(regex: str, text: str) -> None:
    if regex.count("(?P<n>") > 1:
        return
    ours, python = compile_regex(regex), re.compile(regex)
    told = [(m.start(), m.end(), m.groupdict()) for m in ours.finditer(text)]
    assert told == [(m.start(), m.end(), m.groupdict()) for m in python.finditer(text)]
    first, wanted = ours.match(text), python.match(text)
    assert (first and first.end()) == (wanted and wanted.end())


@pytest.mark.parametrize("regex", ["[[:digit:]]+", "a++b", r"\p{Lu}"])
def test_what_only_pcre_knows_is_known(regex: str) -> None:
    assert compile_regex(regex).search("aa1b Aab")
