"""Workflow commands: annotations on a pull request, the rest as lines of the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stuck_rules.errors import Problem
from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.base import (
    Style,
    entries_of,
    learned_in,
    one_line,
    shown_path,
    visible,
)
from stuck_rules.reporters.places import (
    message_for_file,
    place_in_root,
    problem_for_file,
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


def _properties(violation: Violation) -> Iterator[tuple[str, str | int]]:
    """The place in the file; the columns of a notebook's cell are none of the file."""
    span = violation.file_span
    yield "file", violation.path.relative
    yield from (("line", span.start.line), ("endLine", span.last_line))
    if violation.path.cell:
        return
    yield "col", span.start.column
    if span.start.line == span.end.line:
        yield "endColumn", span.end.column


def _of_violation(report: Report, violation: Violation) -> _Annotation:
    learned = [learned_in(entry) for entry in entries_of(report, violation)]
    place = shown_path(place_in_root(violation))
    text = one_line("\n".join([f"{violation.rule}: {violation.message}", *learned]))
    return _Annotation(
        level=_LEVELS[violation.severity],
        properties=(*_properties(violation), ("title", violation.rule)),
        message="\n".join([message_for_file(violation), *learned]),
        line=f"{place}: {violation.severity.value} {text}",
    )


def _of_problem(problem: Problem) -> _Annotation:
    line, message = problem_for_file(problem)
    if problem.rule:
        message = f"{problem.rule}: {message}"
    places = (
        ("file", problem.relative or problem.path or None),
        ("line", line),
        ("col", None if problem.cell else problem.column),
    )
    properties = tuple((key, value) for key, value in places if value is not None)
    place = f"{shown_path(problem.path)}:{line or 1}: " if problem.path else ""
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
