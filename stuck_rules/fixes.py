"""Edits put into a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.source import Position

_LINE_END = re.compile(r"\r\n|\r|\n")


def apply_fixes(source: str, fixes: Iterable[Fix]) -> str:
    """The text with the fixes applied, in order; one that overlaps an earlier one is left out.

    Edits that two fixes have in common, such as an import that both add, are made once.
    """
    taken: list[Edit] = []
    for fix in fixes:
        new = [edit for edit in fix.edits if edit not in taken]
        if not any(_overlap(edit, other) for edit in new for other in taken):
            taken.extend(new)
    return apply_edits(source, taken)


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap applied, back to front so that places stay true."""
    # A byte order mark is no column, and a line may end in any of three ways.
    starts = [int(source.startswith("\ufeff")), *(end.end() for end in _LINE_END.finditer(source))]

    def offset(position: Position) -> int:
        return starts[position.line - 1] + position.column - 1

    for edit in sorted(edits, reverse=True):
        first, last = offset(edit.span.start), offset(edit.span.end)
        source = source[:first] + edit.text + source[last:]
    return source


def _overlap(one: Edit, other: Edit) -> bool:
    if one.span.start == other.span.start:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end
