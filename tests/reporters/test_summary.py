from __future__ import annotations

from dataclasses import replace

import pytest

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.result import Report
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.reporters.base import Style
from stuck_rules.reporters.summary import render_problems, render_summary
from tests.reporters.reports import (
    CLEAN,
    ONE_CALL,
    PLAIN,
    REPORT,
    TWO_LINES,
    hostile,
    suppressed,
    with_violations,
)

BUNDLED = Rulebook(path="/lib/rules.yaml", folder="/lib", rules=(), bundled=True)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        pytest.param(
            Problem(ProblemKind.SYNTAX, "syntax error: bad", "a.py", line=3, column=5),
            "a.py:3:5: error: not checked: syntax error: bad\n",
            id="file with line and column",
        ),
        pytest.param(
            Problem(ProblemKind.TIMEOUT, "took 5 s", "a.py", rule="magic-none"),
            "a.py: error: not checked by magic-none: took 5 s\n",
            id="one rule only",
        ),
        pytest.param(
            Problem(ProblemKind.SYNTAX, "bad", "a.py", column=5),
            "a.py: error: not checked: bad\n",
            id="a column alone says nothing",
        ),
        pytest.param(
            Problem(ProblemKind.RULEBOOK, "unknown key `x`", "rules.yaml", line=7),
            "rules.yaml:7: error: unknown key `x`\n",
            id="no file that should have been checked",
        ),
        pytest.param(
            Problem(ProblemKind.USAGE, "no such rule"), "error: no such rule\n", id="no place"
        ),
    ],
)
def test_problem(problem: Problem, expected: str) -> None:
    assert render_problems(replace(CLEAN, problems=(problem,)), PLAIN) == expected


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        pytest.param(
            REPORT,
            "note: 2 rules are for other languages\n"
            "2 violations (1 error, 1 warning, 0 infos) in 4 files checked (rulebook rules.yaml)"
            "; 2 problems: not everything was checked\n",
            id="violations, notes, problems",
        ),
        pytest.param(
            with_violations(TWO_LINES),
            "1 violation (0 errors, 1 warning, 0 infos) in 4 files checked (rulebook rules.yaml)\n",
            id="one violation",
        ),
        pytest.param(
            replace(CLEAN, files=1, rulebooks=(BUNDLED,)),
            "no violations in 1 file checked (bundled rulebook)\n",
            id="clean with the bundled rulebook",
        ),
        pytest.param(
            replace(CLEAN, rulebooks=(*CLEAN.rulebooks, replace(BUNDLED, bundled=False))),
            "no violations in 4 files checked (rulebook rules.yaml, rulebook /lib/rules.yaml)\n",
            id="two rulebooks",
        ),
        pytest.param(
            replace(CLEAN, files=0),
            "no violations - no files checked (rulebook rules.yaml)\n",
            id="nothing was checked",
        ),
        pytest.param(
            with_violations(suppressed(ONE_CALL), TWO_LINES),
            "1 violation (0 errors, 1 warning, 0 infos) in 4 files checked, 1 suppressed"
            " (rulebook rules.yaml)\n",
            id="suppressed ones are counted apart",
        ),
    ],
)
def test_summary(report: Report, expected: str) -> None:
    assert render_summary(report, PLAIN) == expected


def test_names_from_files_are_escaped() -> None:
    name = "a\\n::error::b\\x1b[31m,c:%d"
    assert render_problems(hostile(), PLAIN) == (
        f"./::error::{name}:1: error: not checked by {name}: a ::error::b\\x1b[31m,c:%d\n"
    )
    assert render_summary(hostile(), PLAIN) == (
        "note: a ::error::b\\x1b[31m,c:%d\n"
        "1 violation (1 error, 0 warnings, 0 infos) in 4 files checked "
        f"(rulebook {name}); 1 problem: not everything was checked\n"
    )


def test_colour_only_where_allowed() -> None:
    report = replace(CLEAN, problems=(Problem(ProblemKind.EMPTY, "no file", "src"),))
    colour = Style(colour=True)
    assert render_problems(report, colour) == "src: \x1b[31merror:\x1b[0m not checked: no file\n"
    assert render_summary(CLEAN, colour).startswith("\x1b[1mno violations in 4 files")
