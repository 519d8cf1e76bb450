"""One line a violation, for `grep` and editors."""

from __future__ import annotations

from stuck_rules.model.result import EntryLink, Report
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.base import Style, entries_of, one_line, shown_path, visible


def _entry(entry: EntryLink) -> str:
    place = f"{visible(entry.path)}:{entry.line}"
    return f"{one_line(entry.title)}, {place}, {visible(entry.url)}"


def _line(report: Report, violation: Violation) -> str:
    start = violation.span.start
    place = f"{shown_path(violation.path.place)}:{start.line}:{start.column}"
    text = f"{place}: {visible(violation.rule)} {one_line(violation.message)}"
    entries = "; ".join(map(_entry, entries_of(report, violation)))
    if entries:
        text += f" [{entries}]"
    if violation.suppressed:
        text += f" (suppressed {violation.suppressed.kind.value})"
    return f"{text}\n"


def render(report: Report, style: Style) -> str:
    """`path:line:column: rule message [entries]`; problems and summary are the caller's."""
    del style
    return "".join(_line(report, violation) for violation in report.violations)
