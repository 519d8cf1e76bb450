"""Edits that take a directive, or ids of it, out of Python code; all else of a comment stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from stuck_rules.model.edit import Edit
from stuck_rules.model.source import Span
from stuck_rules.suppressions.places import PlacedDirective

# Names an encoding, in a file's first two lines.
COOKIE = re.compile(r"[ \t\f]*#.*?coding[:=]")

# Lines in which Python looks for an encoding and the system for an interpreter.
_FIRST_LINES = 2


def remove_ids(placed: PlacedDirective, ids: Collection[str], lines: Sequence[str]) -> Edit:
    """Take ids out of the brackets, or the whole directive where no other is left."""
    kept = [name for name in placed.directive.ids if name not in ids]
    return name_ids(placed, kept) if kept else remove_directive(placed, lines)


def name_ids(placed: PlacedDirective, ids: Sequence[str]) -> Edit:
    """Put these ids into the brackets, which are added where there are none."""
    start, end = placed.directive.names
    space = len(placed.comment.text[start:end]) - len(placed.comment.text[start:end].lstrip())
    return Edit(placed.part((start + space, end)), f"[{', '.join(ids)}]")


def remove_directive(placed: PlacedDirective, lines: Sequence[str]) -> Edit:
    """Take a directive out, with its comment where that is all of it, and an empty line with it.

    `lines` are those of the file, without their ends.
    """
    comment, directive = placed.comment, placed.directive
    before = comment.text[: directive.start].rstrip()
    behind = comment.text[directive.end :].strip()
    kept = _joined(before, behind)
    line, column = comment.line, comment.column
    end = column + len(comment.text)
    if kept:
        return Edit(Span.of(line, column, line, end), kept)
    if not comment.alone:
        code = lines[line - 1][: column - 1].rstrip()
        return Edit(Span.of(line, len(code) + 1, line, end), "")
    return Edit(_line_span(line, lines), "")


def _joined(before: str, behind: str) -> str:
    """What is left of a comment around a directive."""
    if not before.strip("#"):
        if not behind:
            return ""
        return behind if behind.startswith("#") else f"# {behind}"
    if not behind:
        return before
    return f"{before}  {behind}" if behind.startswith("#") else f"{before} {behind}"


def _line_span(line: int, lines: Sequence[str]) -> Span:
    """A line with the line end that goes with it."""
    width = len(lines[line - 1])
    if line <= _FIRST_LINES and any(_is_special(text) for text in lines[line : _FIRST_LINES + 1]):
        # The next line must not move to where it would mean something else.
        return Span.of(line, 1, line, width + 1)
    if line < len(lines):
        return Span.of(line, 1, line + 1, 1)
    if line > 1:
        return Span.of(line - 1, len(lines[line - 2]) + 1, line, width + 1)
    return Span.of(line, 1, line, width + 1)


def _is_special(text: str) -> bool:
    return text.startswith("#!") or COOKIE.match(text) is not None
