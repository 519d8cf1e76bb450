"""Regular expressions of rulebooks."""

from __future__ import annotations

import pytest

from stuck_rules.errors import PatternError
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
