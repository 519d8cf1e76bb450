"""GitLab publishes no schema that a package carries: the table of its documentation is below."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.reporters.gitlab import render
from tests.reporters.reports import (
    CLEAN,
    ONE_CALL,
    PLAIN,
    REPORT,
    TWO_LINES,
    hostile,
    nasty,
    on_line,
    suppressed,
    with_violations,
)

TEXT = {"type": "string", "minLength": 1}
LINE = {"type": "integer", "minimum": 1}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/).+"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": LINE, "end": LINE},
                    },
                },
            },
        },
    },
}

TWIN = replace(ONE_CALL, span=Span.of(9, 1, 9, 2))
NAMELESS = replace(ONE_CALL, fingerprint="")


def items(report: Report) -> list[dict[str, object]]:
    read = json.loads(render(report, PLAIN))
    assert isinstance(read, list)
    return read


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(REPORT, id="violations and problems"),
        pytest.param(CLEAN, id="clean"),
        pytest.param(hostile(), id="hostile texts"),
        pytest.param(nasty(), id="texts that no encoding has"),
        pytest.param(with_violations(ONE_CALL, TWIN, NAMELESS, NAMELESS), id="twins"),
    ],
)
def test_report_keeps_to_what_gitlab_documents(report: Report) -> None:
    read = items(report)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(read)] == []
    fingerprints = [item["fingerprint"] for item in read]
    assert len(set(fingerprints)) == len(fingerprints)


def test_a_clean_run_is_an_empty_list() -> None:
    assert render(CLEAN, PLAIN) == "[]\n"


def test_violation() -> None:
    assert items(with_violations(ONE_CALL)) == [
        {
            "description": "MagicNone is not defined anywhere; use MagicMock from unittest.mock. "
            "Learned in: Unit Test Failures [part 1] (docs/log.md:240) "
            "https://example.com/log.md#unit-tests",
            "check_name": "magic-none",
            "fingerprint": "f1",
            "severity": "major",
            "location": {"path": "tests/test_a.py", "lines": {"begin": 2, "end": 2}},
        }
    ]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        pytest.param(Severity.ERROR, "major", id="error"),
        pytest.param(Severity.WARNING, "minor", id="warning"),
        pytest.param(Severity.INFO, "info", id="info"),
    ],
)
def test_severity(severity: Severity, expected: str) -> None:
    assert items(with_violations(replace(ONE_CALL, severity=severity)))[0]["severity"] == expected


def test_fingerprints_of_others_do_not_change_with_a_twin() -> None:
    alone = [item["fingerprint"] for item in items(with_violations(ONE_CALL, TWO_LINES))]
    beside = [item["fingerprint"] for item in items(with_violations(ONE_CALL, TWIN, TWO_LINES))]
    assert [beside[0], beside[2]] == alone


def test_fingerprints_do_not_know_lines() -> None:
    moved = [on_line(violation, 70) for violation in (ONE_CALL, TWIN)]
    before = [item["fingerprint"] for item in items(with_violations(ONE_CALL, TWIN))]
    assert [item["fingerprint"] for item in items(with_violations(*moved))] == before


@pytest.mark.parametrize(
    ("problem", "path", "description"),
    [
        pytest.param(
            Problem(ProblemKind.SYNTAX, "no\ncode", "a.py", line=3, relative="sub/a.py"),
            "sub/a.py",
            "Not checked: no code",
            id="in a file, from the root",
        ),
        pytest.param(
            Problem(ProblemKind.CRASH, "oh", "a.py", rule="r"),
            "a.py",
            "Not checked: r: oh",
            id="of a rule",
        ),
        pytest.param(Problem(ProblemKind.CONFIG, "oh"), ".", "Not checked: oh", id="of no file"),
    ],
)
def test_problems_are_blockers(problem: Problem, path: str, description: str) -> None:
    (item,) = items(replace(CLEAN, problems=(problem,)))
    assert item["severity"] == "blocker"
    assert item["check_name"] == f"not-checked-{problem.kind.value}"
    assert item["description"] == description
    assert item["location"] == {"path": path, "lines": {"begin": problem.line or 1}}


def test_the_same_problem_twice_is_told_twice() -> None:
    problem = Problem(ProblemKind.CRASH, "oh", "a.py")
    assert len(items(replace(CLEAN, problems=(problem, problem)))) == 2


def test_suppressed_violations_are_left_out() -> None:
    assert items(with_violations(suppressed(ONE_CALL))) == []


def test_no_byte_order_mark_begins_the_report() -> None:
    path = FilePath("\ufeffa.py", "\ufeffa.py")
    assert "\ufeff" not in render(with_violations(replace(ONE_CALL, path=path)), PLAIN)
