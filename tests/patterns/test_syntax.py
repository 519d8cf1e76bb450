"""Patterns and formulas that are refused, and where."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stuck_rules.errors import PatternError
from stuck_rules.model.formula import (
    All,
    Either,
    Focus,
    Formula,
    Inside,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    Not,
    Pattern,
    Regex,
)
from stuck_rules.patterns.syntax import check_syntax

F = Pattern("f($X)")

REFUSED = [
    pytest.param(Pattern("f(", 7), 7, "never closed", id="bracket"),
    pytest.param(Pattern("x = 1\ny = = 2", 7), 8, "not a Python pattern", id="second line"),
    pytest.param(Pattern("f($x)", 7), 7, "capitals", id="small metavariable"),
    pytest.param(Pattern("def $F(...)", 7), 7, "give it a body", id="def without body"),
    pytest.param(Pattern("if $X:", 7), 7, "give it a body", id="if without body"),
    pytest.param(Pattern('"a": $X', 7), 7, "not a Python pattern", id="pair"),
    pytest.param(Pattern("# only", 7), 7, "matches nothing", id="empty"),
    pytest.param(Pattern("match $X:\n    ...", 7), 8, "not a Python", id="match without a case"),
    pytest.param(Pattern("@a\nx = 1", 7), 8, "not a Python pattern", id="decorator of nothing"),
    pytest.param(Pattern("from m import ...", 7), 7, "import them as $X", id="import any"),
    pytest.param(Pattern("lambda ...: $X", 7), 7, "$...ARGS", id="lambda of any"),
    pytest.param(Pattern("f(<... a, b ...>)", 7), 7, "one expression", id="deep list"),
    pytest.param(Pattern('f("=~/(/")', 7), 7, "regular expression", id="regex in a string"),
    pytest.param(Regex("(", 7), 7, "regular expression", id="regex"),
    pytest.param(Not(Pattern("f()"), 7), 7, "belongs in patterns", id="only a negative"),
    pytest.param(Either((F, Not(F, 7))), 7, "belongs in patterns", id="negative as a choice"),
    pytest.param(All((Not(F), Focus(("$X",))), 7), 7, "beside what only", id="nothing positive"),
    pytest.param(Inside(Focus(("$X",), 7)), 7, "belongs in patterns", id="inside a focus"),
    pytest.param(
        All((F, MetavariableRegex("$X", "[", line=7))), 7, "regular expression", id="condition"
    ),
    pytest.param(
        All((F, MetavariableComparison("abs($X) > 1", line=7))), 7, "abs", id="unknown function"
    ),
    pytest.param(
        All((F, MetavariableComparison("$X == foo", line=7))), 7, "foo", id="unknown name"
    ),
    pytest.param(All((F, MetavariablePattern("$X", F, "bash", 7))), 7, "bash", id="other language"),
    pytest.param(
        All((F, MetavariablePattern("$X", Regex("(", 7), "regex"))), 7, "regular", id="text"
    ),
]


@pytest.mark.parametrize(("condition", "line", "words"), REFUSED)
def test_what_cannot_be_matched_is_refused(condition: Formula, line: int, words: str) -> None:
    with pytest.raises(PatternError) as caught:
        check_syntax(condition)
    (problem,) = caught.value.problems
    assert problem.line == line
    assert words in problem.message


ACCEPTED = [
    pytest.param(All((F, MetavariablePattern("$X", All((Not(F),))))), id="negative on a binding"),
    pytest.param(All((F, MetavariablePattern("$X", Not(F)))), id="lone negative on a binding"),
    pytest.param(All((Inside(F), Not(F))), id="inside and negative"),
    pytest.param(Inside(F), id="inside alone"),
    pytest.param(Pattern("# why\nf($X)"), id="comment"),
    pytest.param(Pattern("match $X:\n    case [$Y, ...]: ..."), id="match"),
    pytest.param(Pattern("@a\n@b(...)"), id="lone decorators"),
    pytest.param(Pattern("type $X = list[$Y]"), id="type alias"),
    pytest.param(Pattern("try: ...\nexcept* $E: ..."), id="except*"),
    pytest.param(All((F, MetavariableComparison("len($X) > 1"))), id="length"),
    pytest.param(All((F, MetavariableComparison("$X == None"))), id="None"),
]


@pytest.mark.parametrize("condition", ACCEPTED)
def test_what_can_be_matched_passes(condition: Formula) -> None:
    check_syntax(condition)


def test_checks_and_words_do_without_libcst() -> None:
    code = (
        "import sys; from stuck_rules.model.formula import Pattern;"
        "from stuck_rules.patterns.syntax import check_syntax;"
        "from stuck_rules.patterns.literals import words_of;"
        "check_syntax(Pattern('f($X)')); words_of(Pattern('f($X)'));"
        "sys.exit('libcst' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
