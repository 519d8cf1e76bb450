from __future__ import annotations

import json
from dataclasses import replace

import pytest

from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import Span
from stuck_rules.model.violation import Violation
from stuck_rules.reporters import FORMATS
from stuck_rules.reporters.base import Style
from stuck_rules.reporters.statistics import count_rules, render, render_json
from tests.reporters.reports import (
    CLEAN,
    HOSTILE,
    ONE_CALL,
    PLAIN,
    REPORT,
    TWO_LINES,
    on_line,
    suppressed,
    with_violations,
)

UNSAFE = replace(ONE_CALL, fix=Fix((Edit(Span.of(1, 1, 1, 1), "x"),), safe=False))
UNFIXED = replace(ONE_CALL, fix=None)
LIGHTER = replace(ONE_CALL, severity=Severity.INFO)


@pytest.mark.parametrize(
    ("violations", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param(
            [ONE_CALL, UNSAFE, UNFIXED, UNFIXED],
            [("magic-none", "error", 4, 1, 1)],
            id="fixes by their kind",
        ),
        pytest.param(
            [ONE_CALL, TWO_LINES, on_line(TWO_LINES, 9)],
            [("redis-localhost", "warning", 2, 0, 0), ("magic-none", "error", 1, 1, 0)],
            id="the most frequent first",
        ),
        pytest.param(
            [TWO_LINES, ONE_CALL],
            [("magic-none", "error", 1, 1, 0), ("redis-localhost", "warning", 1, 0, 0)],
            id="the more severe first among equals",
        ),
        pytest.param(
            [replace(TWO_LINES, rule="b"), replace(TWO_LINES, rule="a")],
            [("a", "warning", 1, 0, 0), ("b", "warning", 1, 0, 0)],
            id="by name among equals",
        ),
        pytest.param(
            [ONE_CALL, LIGHTER],
            [("magic-none", "error", 1, 1, 0), ("magic-none", "info", 1, 1, 0)],
            id="a rule with two severities",
        ),
        pytest.param([suppressed(ONE_CALL)], [], id="no suppressed ones"),
    ],
)
def test_counts(
    violations: list[Violation], expected: list[tuple[str, str, int, int, int]]
) -> None:
    counts = count_rules(with_violations(*violations))
    assert [(c.rule, c.severity.value, c.violations, c.safe, c.unsafe) for c in counts] == expected


def test_table() -> None:
    many = [on_line(TWO_LINES, line) for line in range(12)]
    text = render(with_violations(ONE_CALL, UNSAFE, *many), PLAIN)
    assert text == (
        "violations  severity  fixable       rule\n"
        "        12  warning   -             redis-localhost\n"
        "         2  error     1 + 1 unsafe  magic-none\n"
    )


def test_table_in_colours() -> None:
    text = render(with_violations(ONE_CALL), Style(colour=True))
    assert text.splitlines()[1] == "         1  \x1b[31merror   \x1b[0m  1        magic-none"


def test_a_rules_name_reaches_no_terminal() -> None:
    text = render(with_violations(replace(ONE_CALL, rule=HOSTILE)), PLAIN)
    assert "\x1b" not in text
    assert len(text.splitlines()) == 2


def test_no_violations_are_no_table() -> None:
    assert render(CLEAN, PLAIN) == ""


def test_document() -> None:
    counted = json.loads(render_json(REPORT, PLAIN))
    listed = json.loads(FORMATS["json"].render(REPORT, PLAIN))
    assert counted.pop("statistics") == [
        {
            "rule": "magic-none",
            "severity": "error",
            "violations": 1,
            "fixable": 1,
            "fixable_unsafe": 0,
        },
        {
            "rule": "redis-localhost",
            "severity": "warning",
            "violations": 1,
            "fixable": 0,
            "fixable_unsafe": 0,
        },
    ]
    del listed["violations"]
    assert counted == listed
