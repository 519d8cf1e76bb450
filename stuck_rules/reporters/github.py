"""Workflow commands: annotations on a pull request, the rest as lines of the log."""

from __future__ import annotations

from collections import Counter

from stuck_rules.errors import Problem
from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.base import (
    Style,
    entries_of,
    last_line,
    learned_in,
    one_line,
    shown_path,
    visible,
)
from stuck_rules.values import dataclass

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

# GitHub shows ten of a level for a step; one notice is kept to tell of the rest.
_LIMITS = {"error": 10, "warning": 10, "notice": 9}


@dataclass(frozen=True, slots=True)
class _Annotation:
    """One thing to tell, as a command (`properties`, `message`) or as a `line` of the log."""

    level: str
    properties: tuple[tuple[str, str | int], ...]
    message: str
    line: str


def _data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(value: str | int) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")


def _command(annotation: _Annotation) -> str:
    pairs = ",".join(f"{key}={_property(value)}" for key, value in annotation.properties)
    return f"::{annotation.level} {pairs}::{_data(annotation.message)}\n"


def _plain(annotation: _Annotation) -> str:
    """A line of the log; the runner still takes `##[` for a command, anywhere in a line."""
    return annotation.line.replace("##[", "##\\[") + "\n"


def _of_violation(report: Report, violation: Violation) -> _Annotation:
    span, path = violation.span, violation.path.relative
    properties: list[tuple[str, str | int]] = [
        ("file", path),
        ("line", span.start.line),
        ("endLine", last_line(span)),
        ("col", span.start.column),
    ]
    if span.start.line == span.end.line:
        properties.append(("endColumn", span.end.column))
    learned = [learned_in(entry) for entry in entries_of(report, violation)]
    place = f"{shown_path(path)}:{span.start.line}:{span.start.column}"
    text = one_line("\n".join([f"{violation.rule}: {violation.message}", *learned]))
    return _Annotation(
        level=_LEVELS[violation.severity],
        properties=(*properties, ("title", violation.rule)),
        message="\n".join([violation.message, *learned]),
        line=f"{place}: {violation.severity.value} {text}",
    )


def _of_problem(problem: Problem) -> _Annotation:
    places = (
        ("file", problem.relative or problem.path or None),
        ("line", problem.line),
        ("col", problem.column),
    )
    properties = tuple((key, value) for key, value in places if value is not None)
    message = f"{problem.rule}: {problem.message}" if problem.rule else problem.message
    place = f"{shown_path(problem.path)}:{problem.line or 1}: " if problem.path else ""
    return _Annotation(
        level="error",
        properties=(*properties, ("title", f"not checked ({problem.kind.value})")),
        message=message,
        line=f"{place}error: {one_line(message)}",
    )


def _split(annotations: list[_Annotation]) -> tuple[list[_Annotation], list[_Annotation]]:
    """What GitHub will show, and what is too much for it."""
    counts: Counter[str] = Counter()
    shown: list[_Annotation] = []
    rest: list[_Annotation] = []
    for annotation in annotations:
        counts[annotation.level] += 1
        within = counts[annotation.level] <= _LIMITS[annotation.level]
        (shown if within else rest).append(annotation)
    return shown, rest


def render(report: Report, style: Style) -> str:
    """Problems first, then violations by severity; what exceeds the limits follows in plain."""
    del style
    violations = [v for v in report.violations if v.suppressed is None]
    violations.sort(key=lambda violation: -violation.severity.rank)
    shown, rest = _split(
        [
            *(_of_problem(problem) for problem in report.problems),
            *(_of_violation(report, violation) for violation in violations),
        ]
    )
    text = "".join(_command(annotation) for annotation in shown)
    if not rest:
        return text
    notice = f"::notice::{len(rest)} more: GitHub annotates ten of a level, see this step's log\n"
    return text + notice + "".join(_plain(annotation) for annotation in rest)
