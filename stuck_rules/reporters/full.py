"""For people: place, rule, message, the code, the entry that taught the rule, the right form."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from textwrap import dedent

from stuck_rules.model.result import EntryLink, Report
from stuck_rules.model.rule import Rule
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.base import (
    COLOURS,
    Style,
    entries_of,
    is_web_url,
    one_line,
    paint,
    quoted_url,
    shown_path,
    visible,
)

_SHOWN_OF_A_RULE = 5
_LINES_OF_A_SPAN = 4
_LINES_OF_AN_EXAMPLE = 4
_LINE_NUMBERS = 10
_TAB = 4
_MINIMAL_ROOM = 40


def _width(text: str) -> int:
    """The columns that text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        2
        if unicodedata.east_asian_width(character) in {"W", "F"}
        else int(unicodedata.category(character) not in {"Mn", "Me", "Cf"})
        for character in text
    )


def _cells(source: str) -> list[str]:
    """What is shown for each character of a line: a tab is blanks, a control character escaped."""
    if source.isascii() and source.isprintable():
        return list(source)
    cells: list[str] = []
    column = 0
    for character in source:
        cell = " " * (_TAB - column % _TAB) if character == "\t" else visible(character)
        cells.append(cell)
        column += _width(cell)
    return cells


def _window(widths: list[int], start: int, room: int) -> slice:
    """The cells to show of a line: all, or where it is too long those around `start`."""
    if sum(widths) <= room:
        return slice(0, len(widths))
    room -= 2 * len("...")
    first, before = start, room // 3
    while first and widths[first - 1] <= before:
        first -= 1
        before -= widths[first]
    last = first
    while last < len(widths) and widths[last] <= room:
        room -= widths[last]
        last += 1
    return slice(first, last)


def _underlined(source: str, columns: tuple[int, int], room: int) -> tuple[str, str]:
    """A line and its carets; `columns` are 0-based characters, the end exclusive."""
    cells = _cells(source)
    start, end = (min(column, len(cells)) for column in columns)
    window = _window([_width(cell) for cell in cells], start, room)
    before = "..." if window.start else ""
    after = "..." if window.stop < len(cells) else ""
    lead = before + "".join(cells[window.start : start])
    marked = "".join(cells[start : min(end, window.stop)])
    text = before + "".join(cells[window]) + after
    return text, " " * _width(lead) + "^" * max(1, _width(marked))


def _columns(violation: Violation, line: int, source: str) -> tuple[int, int]:
    """The part of a line that the span covers, without the indentation of further lines."""
    span = violation.span
    indentation = len(source) - len(source.lstrip())
    start = span.start.column - 1 if line == span.start.line else indentation
    end = span.end.column - 1 if line == span.end.line else len(source)
    return start, end


def _frame(report: Report, violation: Violation, style: Style) -> Iterator[str]:
    first = violation.span.start.line
    last = max(first, violation.span.last_line)
    shown = range(first, min(last, first + _LINES_OF_A_SPAN - 1) + 1)
    digits = max(3, len(str(shown[-1])))
    edge = paint(f"{'':{digits}} |", "2", style)
    room = max(style.width - digits - 3, _MINIMAL_ROOM)
    for line in shown:
        source = (report.lines or {}).get((violation.path.place, line))
        if source is None:
            continue
        source = source.rstrip()
        text, carets = _underlined(source, _columns(violation, line, source), room)
        yield f"{paint(f'{line:{digits}} |', '2', style)} {text}".rstrip()
        if source or line == first:
            yield f"{edge} {paint(carets, COLOURS[violation.severity], style)}"
    rest = last - shown[-1]
    if rest:
        yield f"{edge} ... and {rest} more {'line' if rest == 1 else 'lines'}"


def _learned_in(entry: EntryLink, style: Style) -> Iterator[str]:
    title = one_line(entry.title)
    linked = style.links and is_web_url(entry.url)
    if linked:
        title = f"\x1b]8;;{quoted_url(entry.url)}\x1b\\{title}\x1b]8;;\x1b\\"
    label = paint("learned in:", "2", style)
    yield f"  {label} {title}  {visible(entry.path)}:{entry.line}"
    if entry.url and not linked:
        yield f"              {shown_path(entry.url)}"


def _right_form(rule: Rule, style: Style) -> Iterator[str]:
    # A comment alone shows what is no violation, not what to write.
    shown = (example.code for example in rule.examples.good if not example.code.startswith("#"))
    code = next(shown, "")
    lines = [
        visible(line.expandtabs(_TAB).rstrip())
        for line in dedent(code).splitlines()
        if line.strip()
    ]
    if not lines:
        return
    label = paint("instead:", "2", style)
    if len(lines) == 1:
        yield f"  {label} {lines[0]}"
        return
    yield f"  {label}"
    if len(lines) > _LINES_OF_AN_EXAMPLE:
        lines[_LINES_OF_AN_EXAMPLE:] = ["..."]
    for line in lines:
        yield f"    {paint('|', '2', style)} {line}"


def _block(report: Report, violation: Violation, style: Style) -> str:
    start = violation.span.start
    place = f"{shown_path(violation.path.place)}:{start.line}:{start.column}:"
    severity = paint(violation.severity.value, COLOURS[violation.severity], style)
    rule, message = visible(violation.rule), one_line(violation.message)
    heading = f"{paint(place, '1', style)} {severity} {paint(rule, '1', style)}: {message}"
    if violation.suppressed:
        kind, reason = violation.suppressed.kind.value, one_line(violation.suppressed.reason)
        heading += f" (suppressed {kind}: {reason})" if reason else f" (suppressed {kind})"
    lines = [heading, *_frame(report, violation, style)]
    for entry in entries_of(report, violation):
        lines += _learned_in(entry, style)
    if violation.rule in report.rules:
        lines += _right_form(report.rules[violation.rule].rule, style)
    return "\n".join(lines) + "\n"


def _more(rule: str, violations: list[Violation]) -> str:
    numbers = list(dict.fromkeys(violation.span.start.line for violation in violations))
    listed = ", ".join(str(number) for number in numbers[:_LINE_NUMBERS])
    label = "line" if len(numbers) == 1 else "lines"
    end = ", ..." if len(numbers) > _LINE_NUMBERS else ""
    return (
        f"... and {len(violations)} more of {visible(rule)} in this file: {label} {listed}{end}\n"
    )


def _blocks(report: Report, violations: Iterator[Violation], style: Style) -> Iterator[str]:
    """The blocks of one file; a rule that comes too often ends in one line."""
    counts: Counter[str] = Counter()
    rest: dict[str, list[Violation]] = {}
    for violation in violations:
        counts[violation.rule] += 1
        if counts[violation.rule] <= _SHOWN_OF_A_RULE:
            yield _block(report, violation, style)
        else:
            rest.setdefault(violation.rule, []).append(violation)
    for rule, hidden in rest.items():
        yield _more(rule, hidden)


def render(report: Report, style: Style) -> str:
    """The violations with all that helps to mend them; problems and summary are the caller's."""
    files = groupby(report.violations, key=lambda violation: violation.path.place)
    return "\n".join(
        block for _, violations in files for block in _blocks(report, violations, style)
    )
