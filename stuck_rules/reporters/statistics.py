"""How often each rule is broken, instead of where."""

from __future__ import annotations

from collections import Counter

from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.reporters.base import COLOURS, Style, dump_json, json_frame, paint, visible
from stuck_rules.values import dataclass

_HEAD = ("violations", "severity", "fixable", "rule")


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule's violations that no suppression hides; `unsafe` of them need `--unsafe-fixes`."""

    rule: str
    severity: Severity
    violations: int
    safe: int
    unsafe: int


def count_rules(report: Report) -> tuple[RuleCount, ...]:
    """The counts, the most frequent rule first."""
    found = [v for v in report.violations if v.suppressed is None]
    totals = Counter((v.rule, v.severity) for v in found)
    fixes = Counter((v.rule, v.severity, v.fix.safe) for v in found if v.fix is not None)
    counts = [
        RuleCount(rule, severity, total, fixes[rule, severity, True], fixes[rule, severity, False])
        for (rule, severity), total in totals.items()
    ]
    return tuple(sorted(counts, key=lambda c: (-c.violations, -c.severity.rank, c.rule)))


def _fixable(counts: RuleCount) -> str:
    unsafe = f"{counts.unsafe} unsafe" if counts.unsafe else ""
    safe = str(counts.safe) if counts.safe else ""
    return " + ".join(filter(None, (safe, unsafe))) or "-"


def render(report: Report, style: Style) -> str:
    """A table for people; nothing where there is no violation."""
    counts = count_rules(report)
    if not counts:
        return ""
    rows = [(str(c.violations), c.severity.value, _fixable(c), visible(c.rule)) for c in counts]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]

    def line(row: tuple[str, ...], code: str) -> str:
        number, severity, fixable, rule = row
        shown = paint(severity.ljust(widths[1]), code, style)
        return f"{number.rjust(widths[0])}  {shown}  {fixable.ljust(widths[2])}  {rule}\n"

    lines = (line(row, COLOURS[c.severity]) for row, c in zip(rows, counts, strict=True))
    return line(_HEAD, "1") + "".join(lines)


def render_json(report: Report, style: Style) -> str:
    """The document of the format json, with `statistics` in the place of `violations`."""
    del style
    counts = [
        {
            "rule": c.rule,
            "severity": c.severity.value,
            "violations": c.violations,
            "fixable": c.safe,
            "fixable_unsafe": c.unsafe,
        }
        for c in count_rules(report)
    ]
    return dump_json(json_frame(report, "statistics", counts))
