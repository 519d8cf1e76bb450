"""Markdown for the summary of a job or a comment: what was not checked, then a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stuck_rules.errors import Problem
from stuck_rules.model.result import EntryLink, Report
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.base import (
    Style,
    count,
    count_violations,
    entries_of,
    entry_place,
    markdown_link,
    markdown_text,
)
from stuck_rules.reporters.places import place_in_root, problem_place

# GitHub takes 1 MiB for a step; the rest is for the lines that say what was left out.
_MOST_BYTES = 1024 * 1024 - 1024
_LONGEST_CELL = 1000
_MOST_NOTES = 50

_PROBLEMS = "| Place | Not checked |\n| --- | --- |\n"
_VIOLATIONS = (
    "| Severity | Place | Rule | Message | Learned in |\n| --- | --- | --- | --- | --- |\n"
)


def _cell(text: str) -> str:
    shortened = text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 3]}..."
    return markdown_text(shortened)


def _code(text: str) -> str:
    return f"<code>{_cell(text)}</code>"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _problem(problem: Problem) -> str:
    path = problem.relative or problem.path
    place = _code(problem_place(problem, path)) if path else ""
    message = f"{problem.rule}: {problem.message}" if problem.rule else problem.message
    return _row(place, _cell(f"{problem.kind.value}: {message}"))


def _entry(entry: EntryLink) -> str:
    return f"{markdown_link(entry)} ({_cell(entry_place(entry))})"


def _violation(report: Report, violation: Violation) -> str:
    message = _cell(violation.message)
    if violation.suppressed:
        message += f" (suppressed {violation.suppressed.kind.value})"
    return _row(
        violation.severity.value,
        _code(place_in_root(violation)),
        _code(violation.rule),
        message,
        ", ".join(_entry(entry) for entry in entries_of(report, violation)),
    )


class _Page:
    """Text that grows until it is full."""

    def __init__(self, beginning: str) -> None:
        self._parts = [beginning]
        self._room = _MOST_BYTES - len(beginning.encode())

    def add_table(self, head: str, rows: Iterable[str], noun: str) -> None:
        """Add a table with its rows, or as many as there is room for and how many are missing."""
        missing = 0
        parts = ["\n", head]
        self._room -= sum(map(len, parts))
        for row in rows:
            size = len(row.encode())
            if size > self._room:
                missing += 1
                continue
            self._room -= size
            parts.append(row)
        if missing:
            parts.append(f"\n{count(missing, f'more {noun}')} left out: a summary takes 1 MiB.\n")
        self._parts.extend(parts)

    @property
    def text(self) -> str:
        """What was added."""
        return "".join(self._parts)


def _beginning(report: Report) -> Iterator[str]:
    yield "## stuck-rules\n\n"
    files = f"in {count(report.files, 'file')}" if report.files else "- no files checked"
    yield f"**{count_violations(report)} {files}**\n"
    if report.problems:
        told = count(len(report.problems), "problem")
        yield f"\n**{told}: not everything was checked.**\n"
    notes = [f"- {_cell(note)}\n" for note in report.notes[:_MOST_NOTES]]
    rest = len(report.notes) - len(notes)
    if notes:
        yield "\n"
    yield from notes
    if rest:
        yield f"- {count(rest, 'more note')}\n"


def render(report: Report, style: Style) -> str:
    """The counts, the problems, then the violations by severity, at most 1 MiB of it."""
    del style
    page = _Page("".join(_beginning(report)))
    if report.problems:
        page.add_table(_PROBLEMS, map(_problem, report.problems), "problem")
    if report.violations:
        ranked = sorted(report.violations, key=lambda violation: -violation.severity.rank)
        rows = (_violation(report, violation) for violation in ranked)
        page.add_table(_VIOLATIONS, rows, "violation")
    return page.text
