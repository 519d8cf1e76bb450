"""`fix-regex`: a substitution on the matched text."""

from __future__ import annotations

import pytest

from stuck_rules.model.rule import RegexFix
from tests.fixes.cases import fixed, fixes_of, rule


@pytest.mark.parametrize(
    ("regex", "before", "after"),
    [
        pytest.param(RegexFix("foo", "bar", 1), "foo(foo)", "bar(foo)", id="count"),
        pytest.param(RegexFix("foo", "bar"), "foo(foo)", "bar(bar)", id="all places"),
        pytest.param(
            RegexFix(r"(.*)\)", r"\1, timeout=30)"), "foo(a)", "foo(a, timeout=30)", id="group"
        ),
        pytest.param(
            RegexFix(r"(.*)\)", r"\1, timeout=30)"),
            "foo(a,\n    b)",
            "foo(a,\n    b, timeout=30)",
            id="last line",
        ),
        pytest.param(
            RegexFix(r"(.*)\)", r"\1, timeout=30)"), "foo()", "foo(timeout=30)", id="no argument"
        ),
        pytest.param(RegexFix("(a)|(b)", r"<\2>"), "foo('a')", "foo('<>')", id="group that is not"),
        pytest.param(RegexFix("a", r"\n"), "foo('a')", "foo('\\n')", id="backslashes are text"),
        pytest.param(RegexFix(r"(?<name>a)", r"\1\1"), "foo(a)", "foo(aa)", id="named group"),
    ],
)
def test_the_matched_text_is_changed(regex: RegexFix, before: str, after: str) -> None:
    assert fixed(f"{before}  # foo\n", rule("foo(...)", None, regex=regex)) == f"{after}  # foo\n"


@pytest.mark.parametrize(
    "regex",
    [
        pytest.param(RegexFix("x", "y"), id="nothing to change"),
        pytest.param(RegexFix(r"\)", ""), id="no code"),
    ],
)
def test_there_may_be_no_fix(regex: RegexFix) -> None:
    assert fixes_of("foo(a)\n", rule("foo(...)", None, regex=regex)) == []
