"""JSON for programs: its keys and their order are a contract, versioned by `version`."""

from __future__ import annotations

from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.result import EntryLink, Report
from stuck_rules.model.source import Span
from stuck_rules.model.violation import Suppression, Violation
from stuck_rules.reporters.base import Style, dump_json, entries_of, json_frame


def _span(span: Span) -> dict[str, object]:
    return {
        "line": span.start.line,
        "column": span.start.column,
        "end_line": span.end.line,
        "end_column": span.end.column,
    }


def _entry(entry: EntryLink) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "path": entry.path,
        "line": entry.line,
        "url": entry.url,
    }


def _edit(edit: Edit, path: str) -> dict[str, object]:
    return {"path": path, "cell": edit.cell or None, **_span(edit.span), "text": edit.text}


def _fix(fix: Fix | None, path: str) -> dict[str, object] | None:
    if fix is None:
        return None
    return {"safe": fix.safe, "edits": [_edit(edit, path) for edit in fix.edits]}


def _suppressed(suppression: Suppression | None) -> dict[str, object] | None:
    if suppression is None:
        return None
    return {"kind": suppression.kind.value, "reason": suppression.reason}


def _violation(report: Report, violation: Violation) -> dict[str, object]:
    return {
        "rule": violation.rule,
        "severity": violation.severity.value,
        "message": violation.message,
        "path": violation.path.shown,
        "cell": violation.path.cell or None,
        **_span(violation.span),
        "entries": [_entry(entry) for entry in entries_of(report, violation)],
        "fingerprint": violation.fingerprint,
        "fix": _fix(violation.fix, violation.path.shown),
        "suppressed": _suppressed(violation.suppressed),
    }


def document(report: Report) -> dict[str, object]:
    """The whole report as data; suppressed violations are listed where it holds any."""
    violations = [_violation(report, violation) for violation in report.violations]
    return json_frame(report, "violations", violations)


def render(report: Report, style: Style) -> str:
    """The whole report; suppressed violations are listed where it holds any, never counted."""
    del style
    return dump_json(document(report))
