"""What came of checking: for a file, and for a whole run."""

from __future__ import annotations

from stuck_rules.errors import Problem
from stuck_rules.model.rule import Rule, Severity
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.model.violation import Violation
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class FileResult:
    """A file's violations, and what could not be answered about it."""

    violations: tuple[Violation, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """A file's result with the source lines that its violations cover.

    A line comes with its number and with that of the notebook's cell, 0 in any other file.
    """

    result: FileResult = FileResult()
    lines: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EntryLink:
    """An entry as a report shows it; `path` as a user would type it, `url` for a click.

    `relative` is the log's path from the project's root, None where the log lies outside it.
    """

    id: str
    title: str
    path: str
    line: int
    url: str
    relative: str | None = None


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule with its entries resolved, for reports."""

    rule: Rule
    entries: tuple[EntryLink, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run; violations are sorted, `rules` holds every rule that ran, by id.

    `lines` are the source lines that violations cover, keyed by the place that their path names
    and line.
    """

    version: str
    rulebooks: tuple[Rulebook, ...]
    rules: dict[str, RuleInfo]
    files: int
    violations: tuple[Violation, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    lines: dict[tuple[str, int], str] | None = None

    def at_or_above(self, level: Severity) -> tuple[Violation, ...]:
        """The violations that count for the exit code."""
        return tuple(
            v for v in self.violations if v.severity.rank >= level.rank and v.suppressed is None
        )
