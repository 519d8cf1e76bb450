"""Fixes put into a text: which go together, and what comes of it."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from stuck_rules.model.edit import Edit, Fix, apply_edits
from stuck_rules.model.source import Span

# What adding an import looks like: a line of its own, or a name in a list of names.
_LINE = re.compile(r"(?P<head>\n?(?:from \S+ import |import ))(?P<names>[^\n]+?)(?P<end>\n{0,2})\Z")
_NAME = re.compile(r"(?:,\s[\w\s]+|[\w ]+,\s+|\s*[\w ]+,\n\s*)\Z")


def apply_fixes(source: str, fixes: Iterable[Fix]) -> str:
    """The text with the fixes applied, in order; one that overlaps an earlier one is left out.

    Edits that two fixes have in common, such as an import that both add, are made once.
    """
    return put_together(source, choose_fixes(fixes))


def choose_fixes(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that do not overlap an earlier one."""
    chosen: list[Fix] = []
    known: set[Edit] = set()
    taken: list[Edit] = []
    for fix in fixes:
        new = [edit for edit in fix.edits if edit not in known]
        if any(_overlaps_any(edit, taken) for edit in new):
            continue
        chosen.append(fix)
        known.update(new)
        for edit in new:
            insort(taken, edit)
    return chosen


def _overlaps_any(edit: Edit, taken: list[Edit]) -> bool:
    """Whether an edit overlaps one of others, which are sorted and do not overlap each other."""
    place = bisect_right(taken, edit.span.end, key=lambda other: other.span.start)
    for number in range(place - 1, -1, -1):
        other = taken[number]
        if _overlap(edit, other):
            return True
        if other.span.start < other.span.end <= edit.span.start:
            break
    return False


def put_together(source: str, fixes: Iterable[Fix]) -> str:
    """The text with fixes that do not overlap applied."""
    edits = dict.fromkeys(edit for fix in fixes for edit in fix.edits)
    return apply_edits(source, _joined(list(edits)))


def _overlap(one: Edit, other: Edit) -> bool:
    if one.span.start == other.span.start:
        return not (_adds_import(one) or _adds_import(other))
    return one.span.start < other.span.end and other.span.start < one.span.end


def _adds_import(edit: Edit) -> bool:
    if edit.span.start != edit.span.end:
        return False
    return bool(_LINE.match(edit.text) or _NAME.match(edit.text))


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    """Imports that several edits add at one place, made one edit; those of a module one line."""
    lines: dict[Span, dict[tuple[str, str], set[str]]] = {}
    others: list[Edit] = []
    for edit in edits:
        found = _LINE.match(edit.text) if edit.span.start == edit.span.end else None
        if found is None:
            others.append(edit)
            continue
        head, names, end = found["head"], found["names"], found["end"]
        if head.strip() == "import":
            head, names = f"{head}{names}", ""
        known = lines.setdefault(edit.span, {}).setdefault((head, end), set())
        known.update(names.split(", "))
    return [*others, *(Edit(span, _print_lines(found)) for span, found in lines.items())]


def _print_lines(lines: dict[tuple[str, str], set[str]]) -> str:
    """Import lines, one that begins a group behind the others, one that ends a group before."""

    def order(line: tuple[str, str]) -> tuple[bool, bool, str]:
        head, end = line
        return head.startswith("\n"), end != "\n\n", head

    return "".join(
        f"{head}{', '.join(sorted(lines[head, end], key=str.casefold))}{end}"
        for head, end in sorted(lines, key=order)
    )


__all__ = ["apply_edits", "apply_fixes", "choose_fixes", "put_together"]
