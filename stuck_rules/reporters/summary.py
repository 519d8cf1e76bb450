"""What a person reads below the violations: what was not checked, the notes, the count."""

from __future__ import annotations

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.reporters.base import (
    COLOURS,
    Style,
    count,
    count_violations,
    one_line,
    paint,
    shown_path,
    visible,
)
from stuck_rules.reporters.places import problem_place

# These speak of the question, not of a file that should have been checked.
_OF_THE_QUESTION = {
    ProblemKind.RULEBOOK,
    ProblemKind.LOG,
    ProblemKind.CONFIG,
    ProblemKind.USAGE,
}


def render_problem(problem: Problem, style: Style) -> str:
    """A line for something that could not be checked, place first."""
    text = paint("error:", COLOURS[Severity.ERROR], style)
    if problem.path:
        text = f"{shown_path(problem_place(problem, problem.path))}: {text}"
    if problem.kind not in _OF_THE_QUESTION:
        text += f" not checked by {visible(problem.rule)}:" if problem.rule else " not checked:"
    return f"{text} {one_line(problem.message)}\n"


def render_problems(report: Report, style: Style) -> str:
    """A line for each thing that could not be checked, place first."""
    return "".join(render_problem(problem, style) for problem in report.problems)


def _rulebooks(report: Report) -> str:
    names = (
        "bundled rulebook" if book.bundled else f"rulebook {visible(book.path)}"
        for book in report.rulebooks
    )
    return ", ".join(names) or "no rulebook"


def render_summary(report: Report, style: Style) -> str:
    """The notes, then one line: how much was found in how many files, by which rulebooks."""
    files = f"in {count(report.files, 'file')} checked" if report.files else "- no files checked"
    line = f"{count_violations(report)} {files}"
    suppressed = sum(v.suppressed is not None for v in report.violations)
    if suppressed:
        line += f", {suppressed} suppressed"
    line += f" ({_rulebooks(report)})"
    if report.problems:
        line += f"; {count(len(report.problems), 'problem')}: not everything was checked"
    notes = "".join(f"note: {one_line(note)}\n" for note in report.notes)
    return f"{notes}{paint(line, '1', style)}\n"
