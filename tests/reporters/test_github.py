from __future__ import annotations

from dataclasses import replace

import pytest

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.github import render
from tests.reporters.reports import (
    CLEAN,
    ONE_CALL,
    PLAIN,
    REPORT,
    hostile,
    on_line,
    suppressed,
    with_violations,
)

# Of a rule that no entry taught, so that a line stays short.
INFO = replace(ONE_CALL, rule="hint", severity=Severity.INFO, message="Look.")
WARNING = replace(INFO, severity=Severity.WARNING)
ERROR = replace(INFO, severity=Severity.ERROR)


def test_annotations() -> None:
    assert render(REPORT, PLAIN) == (
        "::error file=bad.py,line=3,col=5,title=not checked (syntax)"
        "::syntax error: '(' was never closed\n"
        "::error file=slow.py,title=not checked (timeout)::magic-none: took more than 5 s\n"
        "::error file=tests/test_a.py,line=2,endLine=2,col=11,endColumn=20,title=magic-none"
        "::MagicNone is not defined anywhere; use MagicMock from unittest.mock."
        "%0ALearned in: Unit Test Failures [part 1] (docs/log.md:240)"
        " https://example.com/log.md#unit-tests\n"
        "::warning file=tests/test_a.py,line=4,endLine=5,col=8,title=redis-localhost"
        "::No fallback to localhost.%0AUse the builder."
        "%0ALearned in: Redis Rules (/srv/team/log.md:7) log.md#redis"
        "%0ALearned in: Unit Test Failures [part 1] (docs/log.md:240)"
        " https://example.com/log.md#unit-tests\n"
    )


def test_hostile_texts_stay_in_their_command() -> None:
    name = "a%0A::error::b\\x1b[31m,c:%25d"
    file = "%3A%3Aerror%3A%3Aa%0A%3A%3Aerror%3A%3Ab\\x1b[31m%2Cc%3A%25d"
    assert render(hostile(), PLAIN) == (
        f"::error file={file},line=1,title=not checked (crash)::{name}: {name}\n"
        f"::error file={file},line=1,endLine=1,col=1,endColumn=2,title=magic-none"
        f"::{name}%0ALearned in: {name} ({name}:1) https://{name}\n"
    )


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("100%", "100%25", id="per cent"),
        pytest.param("%0A", "%250A", id="what looks escaped"),
        pytest.param("a\r\nb", "a%0D%0Ab", id="line end"),
        pytest.param("a, b: c::d", "a, b: c::d", id="a message may hold colons and commas"),
        pytest.param("a\x1b[0m\tb", "a\\x1b[0m\\tb", id="control characters"),
    ],
)
def test_message(message: str, expected: str) -> None:
    text = render(with_violations(replace(INFO, message=message)), PLAIN)
    assert text.partition("title=hint::")[2] == f"{expected}\n"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("a,b.py", "a%2Cb.py", id="comma"),
        pytest.param("C:x.py", "C%3Ax.py", id="colon"),
        pytest.param("50%,.py", "50%25%2C.py", id="per cent"),
        pytest.param("a\nb.py", "a%0Ab.py", id="line end"),
        pytest.param("a b=c.py", "a b=c.py", id="blank and equals sign"),
    ],
)
def test_path(path: str, expected: str) -> None:
    text = render(with_violations(replace(INFO, path=FilePath(path, "x"))), PLAIN)
    assert text.startswith(f"::notice file={expected},line=2,")


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param(Span.of(2, 3, 2, 9), "line=2,endLine=2,col=3,endColumn=9", id="one line"),
        pytest.param(Span.of(2, 3, 4, 9), "line=2,endLine=4,col=3", id="several lines"),
        pytest.param(Span.of(2, 3, 3, 1), "line=2,endLine=2,col=3", id="with its line end"),
    ],
)
def test_place(span: Span, expected: str) -> None:
    text = render(with_violations(replace(INFO, span=span)), PLAIN)
    assert f"file=tests/test_a.py,{expected},title=" in text


def many(violation: Violation, number: int) -> list[Violation]:
    return [on_line(violation, line) for line in range(1, number + 1)]


def levels(text: str) -> dict[str, int]:
    return {level: text.count(f"::{level} file=") for level in ("error", "warning", "notice")}


def test_errors_come_first() -> None:
    text = render(with_violations(INFO, WARNING, ERROR), PLAIN)
    assert [line.split()[0] for line in text.splitlines()] == ["::error", "::warning", "::notice"]


def test_ten_of_a_level_are_annotated() -> None:
    text = render(with_violations(*many(WARNING, 10), *many(ERROR, 10), *many(INFO, 9)), PLAIN)
    assert levels(text) == {"error": 10, "warning": 10, "notice": 9}
    assert len(text.splitlines()) == 29


def test_rest_follows_as_lines_of_the_log() -> None:
    text = render(with_violations(*many(WARNING, 11), *many(INFO, 10), *many(ERROR, 11)), PLAIN)
    assert levels(text) == {"error": 10, "warning": 10, "notice": 9}
    assert text.splitlines()[29:] == [
        "::notice::3 more: GitHub annotates ten of a level, see this step's log",
        "tests/test_a.py:11:11: error hint: Look.",
        "tests/test_a.py:11:11: warning hint: Look.",
        "tests/test_a.py:10:11: info hint: Look.",
    ]


def test_line_of_the_log_names_the_entries() -> None:
    text = render(with_violations(*many(ONE_CALL, 11)), PLAIN)
    assert text.splitlines()[-1] == (
        "tests/test_a.py:11:11: error magic-none: "
        "MagicNone is not defined anywhere; use MagicMock from unittest.mock. "
        "Learned in: Unit Test Failures [part 1] (docs/log.md:240) "
        "https://example.com/log.md#unit-tests"
    )


@pytest.mark.parametrize(
    ("path", "message", "expected"),
    [
        pytest.param("::error::x.py", "M", "./::error::x.py:11:11: error hint: M", id="path"),
        pytest.param("x.py", "M\n::error::N", "x.py:11:11: error hint: M ::error::N", id="message"),
        pytest.param("x.py", "##[error]N", "x.py:11:11: error hint: ##\\[error]N", id="old form"),
    ],
)
def test_line_of_the_log_is_no_command(path: str, message: str, expected: str) -> None:
    violation = replace(ERROR, path=FilePath(path, "x"), message=message)
    assert render(with_violations(*many(violation, 11)), PLAIN).splitlines()[-1] == expected


def test_problems_count_among_the_errors() -> None:
    problems = tuple(
        Problem(ProblemKind.SYNTAX, "bad", f"{number}.py", line=number) for number in range(11)
    )
    text = render(replace(CLEAN, problems=problems, violations=(ERROR,)), PLAIN)
    assert levels(text) == {"error": 10, "warning": 0, "notice": 0}
    assert text.splitlines()[10:] == [
        "::notice::2 more: GitHub annotates ten of a level, see this step's log",
        "10.py:10: error: bad",
        "tests/test_a.py:2:11: error hint: Look.",
    ]


def test_problem_without_a_file() -> None:
    problem = Problem(ProblemKind.CONFIG, "unknown key")
    assert render(replace(CLEAN, problems=(problem,)), PLAIN) == (
        "::error title=not checked (config)::unknown key\n"
    )


def test_suppressed_violations_are_not_annotated() -> None:
    assert render(with_violations(suppressed(ERROR)), PLAIN) == ""
