"""A log's file or text -> its entries and lessons, with warnings for what looks like a slip."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from stuck_rules.errors import LogError
from stuck_rules.lessons.markdown import read_blocks, too_deep
from stuck_rules.lessons.parts import Part, Scope, split_parts, without_footers
from stuck_rules.lessons.polarity import polarity_of
from stuck_rules.lessons.prose import bold_lead, codes, flatten, line_span
from stuck_rules.lessons.sections import Section, entry_sections
from stuck_rules.lessons.slips import entry_slips, label_slips
from stuck_rules.lessons.slugs import entry_ids
from stuck_rules.lessons.statements import Statement, read_statements
from stuck_rules.lessons.titles import find_date
from stuck_rules.model.lesson import Code, Entry, Lesson, Log, LogWarning, Role
from stuck_rules.model.source import normalise_text


def _fence_codes(statement: Statement) -> list[Code]:
    return [Code(fence.text, fence.lines, fenced=True) for fence in statement.fences]


def _lines(statement: Statement) -> tuple[int, int]:
    spans = [span for text in statement.texts if (span := line_span(text))]
    spans += [fence.block_lines for fence in statement.fences]
    return (min(first for first, _ in spans), max(last for _, last in spans))


def _text(statement: Statement) -> str:
    """Its texts in one line; of a code block alone the label, or else its first line."""
    text = " ".join(flatten(text) for text in statement.texts)
    if text or not statement.fences:
        return text
    return statement.scope.text or " ".join(statement.fences[0].text.strip().split("\n")[0].split())


def _lesson(statement: Statement) -> Lesson:
    text = _text(statement)
    lead = bold_lead(statement.texts[0]) if statement.texts else ""
    found = [code for prose in statement.texts for code in codes(prose)]
    ordered = sorted([*found, *_fence_codes(statement)], key=lambda code: code.lines)
    role = statement.scope.role
    return Lesson(
        role,
        polarity_of(role, text, lead),
        text,
        _lines(statement),
        tuple(ordered),
        statement.scope.text,
        lead,
    )


def _lessons(parts: Sequence[Part]) -> tuple[Lesson, ...]:
    return tuple(_lesson(statement) for part in parts for statement in read_statements(part))


def _told_date(lessons: Sequence[Lesson]) -> str | None:
    """The date of a line `**Date**: 2025-01-08`, where the heading has none."""
    told = (le.text for le in lessons if le.role is Role.METADATA and le.label.lower() == "date")
    return next((found for text in told if (found := find_date(text))), None)


def _entry(section: Section, entry_id: str, path: str, lessons: tuple[Lesson, ...]) -> Entry:
    heading, title = section.heading, section.title
    return Entry(
        entry_id,
        title.text,
        heading.text,
        title.date or _told_date(lessons),
        title.number,
        path,
        heading.line,
        heading.anchor,
        lessons,
    )


def _unclosed(line: int) -> LogWarning:
    message = "nothing closes this code block: all text after it counts as code"
    return LogWarning("unclosed-fence", line, message)


def _check_text(text: str, path: str) -> None:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise LogError.at("holds a NUL byte: save the log as UTF-8 text", path, line)
    if not text.strip():
        raise LogError.at("is empty: write a first entry, or name another file", path)


def _parse(text: str, path: str) -> Log:
    document = read_blocks(text, path=path)
    sections = entry_sections(document.blocks)
    if not sections:
        raise LogError.at(
            "has no entries: an entry is a heading with a number, a date or an id,"
            " or with a label such as **Root Cause**: below it",
            path,
        )
    parts = [split_parts(tuple(without_footers(s.blocks)), Scope()) for s in sections]
    ids = entry_ids([section.title for section in sections])
    entries = tuple(
        _entry(section, entry_id, path, _lessons(own))
        for section, entry_id, own in zip(sections, ids, parts, strict=True)
    )
    warnings = [*entry_slips(entries), *(slip for own in parts for slip in label_slips(own))]
    warnings += [_unclosed(line) for line in document.unclosed]
    return Log(path, entries, tuple(sorted(warnings, key=lambda w: (w.line, w.kind))))


def parse_log(text: str, *, path: str) -> Log:
    """The log that a text holds; `path` is what entries and errors call its file.

    Raises LogError for a text that is empty, holds NUL, nests too deeply or has no entries.
    """
    text = normalise_text(text)
    _check_text(text, path)
    try:
        return _parse(text, path)
    except RecursionError:
        raise too_deep(path) from None


def _read_bytes(path: Path, shown: str) -> bytes:
    if path.is_dir():
        raise LogError.at("is a folder: name the Markdown file in it", shown)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise LogError.at("is no regular file, so it is not read", shown)
        return path.read_bytes()
    except FileNotFoundError:
        raise LogError.at("does not exist: check the path of the log", shown) from None
    except OSError as error:
        raise LogError.at(f"cannot be read: {error.strerror or error}", shown) from None


def read_log(path: Path, *, shown: str) -> Log:
    """Read a log's file; `shown` is its name as the user would type it.

    Raises LogError with the place for a file that is missing, a folder, unreadable or not UTF-8,
    and for all that `parse_log` refuses.
    """
    content = _read_bytes(path, shown)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (byte {error.start}): save the log as UTF-8"
        raise LogError.at(message, shown, line) from None
    return parse_log(text, path=shown)
