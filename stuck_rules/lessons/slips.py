"""What a log says twice, leaves out or misspells: understood, but worth a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stuck_rules.lessons.blocks import Block, Heading
from stuck_rules.lessons.parts import Part, Scope
from stuck_rules.model.lesson import Entry, LogWarning, Role

# An entry may well show several wrong and right forms.
_REPEATABLE = frozenset({Role.WRONG, Role.CORRECT, Role.IMPLEMENTATION})


def _number_slips(entries: Sequence[Entry]) -> Iterator[LogWarning]:
    first: dict[int, Entry] = {}
    for entry in entries:
        if entry.number is None:
            continue
        if entry.number in first:
            message = (
                f"number {entry.number} stands at line {first[entry.number].line} too:"
                f" the entry is known as {entry.id}"
            )
            yield LogWarning("repeated-number", entry.line, message)
        first.setdefault(entry.number, entry)


def _title_slips(entries: Sequence[Entry]) -> Iterator[LogWarning]:
    first: dict[str, Entry] = {}
    for entry in entries:
        name = entry.title.casefold()
        if name in first:
            message = (
                f"the title stands at line {first[name].line} too: the entry is known as {entry.id}"
            )
            yield LogWarning("repeated-title", entry.line, message)
        first.setdefault(name, entry)


def entry_slips(entries: Sequence[Entry]) -> Iterator[LogWarning]:
    """Numbers and titles that stand twice, and entries without a lesson."""
    yield from _number_slips(entries)
    yield from _title_slips(entries)
    for entry in entries:
        if not entry.lessons:
            message = "the entry has no lessons: write what to do under **Prevent Repetition**:"
            yield LogWarning("empty-entry", entry.line, message)


def heading_slips(blocks: Sequence[Block]) -> Iterator[LogWarning]:
    """Headings that leave out a level, so that it is not told what they stand below."""
    above: Heading | None = None
    for heading in blocks:
        if not isinstance(heading, Heading):
            continue
        if above is not None and heading.level > above.level + 1:
            message = (
                f"a heading of level {heading.level} stands below one of level {above.level}:"
                f" write {'#' * (above.level + 1)}"
            )
            yield LogWarning("heading-jump", heading.line, message)
        above = heading


def _scopes(parts: Sequence[Part]) -> list[Scope]:
    """Each label's scope once; a divider goes on with the heading's."""
    return list({part.scope.label.line: part.scope for part in parts if part.scope.label}.values())


def _key(scope: Scope) -> tuple[int, str]:
    return (scope.within, scope.label.name if scope.label else "")


def label_slips(parts: Sequence[Part]) -> Iterator[LogWarning]:
    """Known labels that stand twice under one heading, and those that look misspelt."""
    seen: set[tuple[int, str]] = set()
    for scope in _scopes(parts):
        label = scope.label
        if label is None or label.role is None:
            continue
        if label.meant:
            message = f"the label {label.text!r} is read as {label.meant!r}: correct its spelling"
            yield LogWarning("label-typo", label.line, message)
        if _key(scope) in seen and label.role not in _REPEATABLE:
            message = f"the label {label.text!r} stands in this entry before: merge the two"
            yield LogWarning("repeated-label", label.line, message)
        seen.add(_key(scope))
