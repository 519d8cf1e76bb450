"""Regular expressions of rulebooks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuck_rules.errors import PatternError, ProblemKind, SourceError
from stuck_rules.patterns.regexes import compile_regex, renew_time


@pytest.fixture(autouse=True)
def time() -> None:
    renew_time()


MATCHED = [
    pytest.param(r"(?<NAME>a)b", "ab", id="group named as in PCRE"),
    pytest.param(r"(?<=a)b", "ab", id="look-behind"),
    pytest.param(r"x|(?i)AB", "ab", id="flag inside"),
    pytest.param(r"b\z", "ab", id="end as in PCRE"),
    pytest.param(r"(?i)a(?s)b.", "AB\n", id="flags in two places"),
    pytest.param(r"C:\\Zoo", r"C:\Zoo", id="backslash before a Z"),
    pytest.param(r"C:\\zoo$", r"C:\zoo", id="backslash before a z"),
    pytest.param(r"(\(?s)x", "(sx", id="what looks like flags behind an escaped bracket"),
    pytest.param(r"\(?<b>", "<b>", id="what looks like a group behind an escaped bracket"),
    pytest.param(r"^\w+\Z", "a\u00b2\u00bd", id="all numbers are letters of words"),
]


@pytest.mark.parametrize(("regex", "text"), MATCHED)
def test_dialects_are_understood(regex: str, text: str) -> None:
    assert compile_regex(regex).search(text)


def test_what_is_no_expression_is_refused_with_its_line() -> None:
    with pytest.raises(PatternError, match="4: not a regular expression"):
        compile_regex("(", line=4)


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
        renew_time()
        assert outcome(look, text) in (None, [], ProblemKind.TIMEOUT)


NOTHING = [
    pytest.param(r"{e}", "x", id="braces alone"),
    pytest.param(r"print\({e}", "print(zz", id="a hole of an f-string"),
    pytest.param(r"foo{d}", "fo", id="behind a word"),
]


@pytest.mark.parametrize(("regex", "text"), NOTHING)
@pytest.mark.parametrize("prefix", ["", "\u00e9"])
def test_braces_that_count_nothing_are_text(regex: str, text: str, prefix: str) -> None:
    assert compile_regex(regex).search(prefix + text) is None
    assert compile_regex("{e}").search(prefix + "{e}")


def test_many_short_looks_end_as_one_long_look_does() -> None:
    # Each of the matches is found after a look at the whole rest of the text.
    regex, text = compile_regex("x[^y]*y|x"), "x" * 100_000
    assert outcome(lambda t: list(regex.finditer(t)), text) is ProblemKind.TIMEOUT


def test_a_long_expression_on_a_long_text_is_held_to_the_limit_too() -> None:
    regex = compile_regex("(?:a|b)*a" + "[ab]{999}" * 20 + "c")
    text = "".join(f"{n:b}" for n in range(8_000)).translate({48: "a", 49: "b"})
    assert outcome(regex.search, text) in (None, ProblemKind.TIMEOUT)


def test_the_looks_of_a_rule_share_their_time() -> None:
    regex = compile_regex("(?=a)(a+)+$")
    assert outcome(regex.search, "a" * 5_000 + "!") is ProblemKind.TIMEOUT
    assert outcome(regex.search, "b") is ProblemKind.TIMEOUT
    renew_time()
    assert regex.search("b") is None


@pytest.mark.parametrize("regex", ["(((a?){1000}){1000}){1000}", "((a{999}){999}){999,}"])
def test_counts_that_would_fill_the_memory_are_refused(regex: str) -> None:
    with pytest.raises(PatternError, match="repeat a part too often"):
        compile_regex(regex)


@pytest.mark.parametrize("regex", ["(a{3}){4}", "(a{1000},){9}", "[{(]{2}a{1000}", r"\({9999}"])
def test_other_counts_are_fine(regex: str) -> None:
    assert compile_regex(regex).search("") is None


def test_two_groups_of_one_name_are_refused() -> None:
    with pytest.raises(PatternError, match="redefinition of group name"):
        compile_regex("(?<a>x)(?<a>y)")


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
_TEXTS = st.text(alphabet="abAB1 \n\x0bé²\u0302", max_size=12)


@given(_REGEXES, _TEXTS)
def test_both_engines_agree_with_python(regex: str, text: str) -> None:
    if regex.count("(?P<n>") > 1:
        return
    renew_time()
    ours, python = compile_regex(regex), re.compile(regex)
    told = [(m.start(), m.end(), m.groupdict()) for m in ours.finditer(text)]
    assert told == [(m.start(), m.end(), m.groupdict()) for m in python.finditer(text)]
    first, wanted = ours.match(text), python.match(text)
    assert (first and first.end()) == (wanted and wanted.end())


@pytest.mark.parametrize("regex", ["[[:digit:]]+", "a++b", r"\p{Lu}"])
def test_what_only_pcre_knows_is_known(regex: str) -> None:
    assert compile_regex(regex).search("aa1b Aab")
