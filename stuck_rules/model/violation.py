"""A rule's hit, as plain data: no syntax node ever leaves the engine."""

from __future__ import annotations

from enum import Enum

from stuck_rules.model.edit import Fix
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.values import dataclass


class SuppressionKind(str, Enum):
    """What hid a violation."""

    INLINE = "inline"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True, order=True)
class Suppression:
    """Why a violation is not reported."""

    kind: SuppressionKind
    reason: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A place that breaks a rule.

    `fingerprint` is a hash of rule, path and the smallest statement around, so that it
    survives a shift of lines. `statement` is a hash of that statement alone, without its
    layout; empty for a violation of a whole file. `in_file` is the place in lines of the file
    where `span` counts those of a notebook's cell.
    """

    rule: str
    severity: Severity
    message: str
    path: FilePath
    span: Span
    fingerprint: str = ""
    fix: Fix | None = None
    suppressed: Suppression | None = None
    statement: str = ""
    in_file: Span | None = None

    @property
    def file_span(self) -> Span:
        """The place in lines of the file, whatever `span` counts in."""
        return self.in_file or self.span

    @property
    def order(self) -> tuple[str, int, Span, str, str]:
        """The key by which reports are sorted."""
        return (self.path.shown, self.path.cell, self.span, self.rule, self.message)
