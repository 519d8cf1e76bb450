"""GitLab's Code Quality report: a list of places, for the widget of a merge request.

GitLab merges what has one fingerprint, so each is unique in the report. It has no place for what
could not be checked, so problems stand in the list as blockers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from stuck_rules.errors import Problem
from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.base import Style, dump_json, entries_of, learned_in, one_line
from stuck_rules.reporters.places import message_for_file, problem_for_file

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class _Fingerprints:
    """Hands out fingerprints, each once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def unique(self, wanted: str, *parts: str) -> str:
        """The wanted fingerprint, or where it is empty or given already one of the parts."""
        number = 0
        while not wanted or wanted in self._given:
            text = "\0".join((*parts, str(number)))
            wanted = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
            number += 1
        self._given.add(wanted)
        return wanted


def _violation(report: Report, violation: Violation, known: _Fingerprints) -> dict[str, object]:
    path = violation.path.relative
    span = violation.file_span
    learned = [learned_in(entry) for entry in entries_of(report, violation)]
    return {
        "description": one_line("\n".join([message_for_file(violation), *learned])),
        "check_name": violation.rule,
        "fingerprint": known.unique(
            violation.fingerprint, violation.rule, path, violation.fingerprint, violation.message
        ),
        "severity": _SEVERITIES[violation.severity],
        "location": {
            "path": path,
            "lines": {"begin": span.start.line, "end": span.last_line},
        },
    }


def _problem(problem: Problem, known: _Fingerprints) -> dict[str, object]:
    line, message = problem_for_file(problem)
    if problem.rule:
        message = f"{problem.rule}: {message}"
    path = problem.relative or problem.path or "."
    return {
        "description": one_line(f"Not checked: {message}"),
        "check_name": f"not-checked-{problem.kind.value}",
        "fingerprint": known.unique("", problem.kind.value, path, message),
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": line or 1}},
    }


def _items(report: Report) -> Iterator[dict[str, object]]:
    known = _Fingerprints()
    for problem in report.problems:
        yield _problem(problem, known)
    for violation in report.violations:
        if violation.suppressed is None:
            yield _violation(report, violation, known)


def render(report: Report, style: Style) -> str:
    """Problems, then the violations that no suppression hides."""
    del style
    return dump_json(list(_items(report)))
