"""A log's file or text -> its entries and lessons, with warnings for what looks like a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from stuck_rules.errors import LogError
from stuck_rules.lessons.blocks import Block, Document
from stuck_rules.lessons.candidates import Section
from stuck_rules.lessons.files import LogSource, find_sources, read_source
from stuck_rules.lessons.forms import heading_label
from stuck_rules.lessons.frontmatter import FrontMatter, read_front_matter
from stuck_rules.lessons.labels import own_labels
from stuck_rules.lessons.markdown import read_blocks, too_deep
from stuck_rules.lessons.outline import find_outline
from stuck_rules.lessons.outside import outside_lines
from stuck_rules.lessons.parts import Part, Scope, split_parts, without_footers
from stuck_rules.lessons.polarity import polarity_of
from stuck_rules.lessons.prose import bold_lead, codes, flatten, line_span
from stuck_rules.lessons.slips import entry_slips, heading_slips, label_slips
from stuck_rules.lessons.slugs import entry_ids
from stuck_rules.lessons.statements import Statement, read_statements
from stuck_rules.lessons.titles import find_date
from stuck_rules.model.lesson import Code, Entry, Lesson, Log, LogFile, LogWarning, Polarity, Role
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.source import normalise_text
from stuck_rules.values import dataclass, replace

_DEFAULTS = LogSettings()
_NOWHERE = "has no entries in any of its files"


def _fence_codes(statement: Statement) -> list[Code]:
    return [
        Code(fence.text, fence.lines, fenced=True, language=fence.language)
        for fence in statement.fences
    ]


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


@dataclass(frozen=True, slots=True)
class _Read:
    """One file taken apart, before its entries have ids."""

    path: str
    level: str
    sections: tuple[Section, ...]
    parts: tuple[Sequence[Part], ...]
    document: Document
    front: FrontMatter | None = None


def _told_words(front: FrontMatter | None) -> Iterator[Lesson]:
    """What the front matter lists: words and files by which the entry is found."""
    if front is None:
        return
    for word, line in front.keywords:
        yield Lesson(Role.KEYWORD, Polarity.NEUTRAL, word, (line, line), label="keywords")
    for path, line in front.files:
        code = (Code(path, (line, line)),)
        yield Lesson(Role.FILES, Polarity.NEUTRAL, f"`{path}`", (line, line), code, "files")


def _entry(section: Section, entry_id: str, path: str, parts: Sequence[Part]) -> Entry:
    heading, title = section.heading, section.title
    lessons = _lessons(parts)
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


def _with_own_id(section: Section, settings: LogSettings) -> Section:
    """The section with the id that the settings want it to have."""
    explicit = section.title.explicit if settings.id_from == "auto" else None
    match = re.search(settings.id_pattern, section.heading.text) if settings.id_pattern else None
    if match is not None:
        explicit = next((group for group in match.groups() if group), match[0])
    return replace(section, title=replace(section.title, explicit=explicit))


def _told_by(front: FrontMatter, section: Section) -> Section:
    """The only section of a file with what the front matter says of it."""
    title = section.title
    told = replace(title, explicit=title.explicit or front.id, date=title.date or front.date)
    return replace(section, title=replace(told, text=front.title or told.text))


def _read(text: str, path: str, settings: LogSettings, *, alone: bool) -> _Read | None:
    """A file's sections; one without entries is None among others, and an error `alone`."""
    front = read_front_matter(text, path)
    document = read_blocks(text, path=path)
    if front is not None and front.is_retired:
        return _Read(path, "retired", (), (), document)
    outline = find_outline(document.blocks, settings)
    if outline is None and (front is not None or not alone):
        outline = find_outline(document.blocks, replace(settings, level="file"))
    if outline is None and alone:
        raise LogError.at(
            "has no entries: an entry is a heading with a number, a date or an id,"
            " or with a label such as **Root Cause**: below it; or set log.entries.level",
            path,
        )
    if outline is None:
        return None
    sections = outline.sections
    if front is not None and len(sections) == 1:
        sections = (_told_by(front, sections[0]),)
    sections = tuple(_with_own_id(section, settings) for section in sections)
    parts = tuple(split_parts(tuple(without_footers(s.blocks)), _scope(s)) for s in sections)
    return _Read(path, outline.level, sections, parts, document, front)


def _scope(section: Section) -> Scope:
    """What holds for the text right below a heading: what a list of the file says of itself."""
    if not section.is_of_file:
        return Scope()
    label = heading_label(section.heading.prose, section.heading.line)
    return Scope(label.role or Role.NOTE, label, section.heading.level)


def _warnings(read: _Read, entries: Sequence[Entry]) -> Iterator[LogWarning]:
    found = [*entry_slips(entries), *(slip for own in read.parts for slip in label_slips(own))]
    found += [_unclosed(line) for line in read.document.unclosed]
    found += heading_slips(read.document.blocks)
    for warning in sorted(found, key=lambda w: (w.line, w.kind)):
        yield replace(warning, path=read.path)


def _blocks_of(read: _Read) -> list[Block]:
    return [block for section in read.sections for block in (section.heading, *section.blocks)]


def _log(reads: Sequence[_Read]) -> Log:
    """The log of all files; ids are given over all of them, so that each is unique."""
    ids = iter(entry_ids([section.title for read in reads for section in read.sections]))
    entries: list[Entry] = []
    warnings: list[LogWarning] = []
    files = []
    for read in reads:
        own = [
            _entry(section, next(ids), read.path, parts)
            for section, parts in zip(read.sections, read.parts, strict=True)
        ]
        if len(own) == 1:
            told = tuple(_told_words(read.front))
            own = [replace(own[0], lessons=(*told, *own[0].lessons))]
        entries += own
        warnings += _warnings(read, own)
        outside = outside_lines(read.document.blocks, _blocks_of(read))
        scope = read.front.scope if read.front is not None else ()
        files.append(LogFile(read.path, read.level, outside, scope))
    return Log(reads[0].path, tuple(entries), tuple(warnings), tuple(files))


def _guarded(text: str, path: str, settings: LogSettings, *, alone: bool) -> _Read | None:
    text = normalise_text(text)
    _check_text(text, path)
    try:
        with own_labels(settings.own_labels):
            return _read(text, path, settings, alone=alone)
    except RecursionError:
        raise too_deep(path) from None


def parse_log(text: str, *, path: str, settings: LogSettings = _DEFAULTS) -> Log:
    """The log that a text holds; `path` is what entries and errors call its file.

    Raises LogError for a text that is empty, holds NUL, nests too deeply or has no entries.
    """
    read = _guarded(text, path, settings, alone=True)
    assert read is not None
    with own_labels(settings.own_labels):
        return _log([read])


def read_log(path: Path, *, shown: str, settings: LogSettings = _DEFAULTS) -> Log:
    """Read a log's file or folder; `shown` is its name as the user would type it.

    Raises LogError with the place for a file that is missing, unreadable or not UTF-8, and for
    all that `parse_log` refuses.
    """
    return read_logs([LogSource(path, shown)], settings=settings)


def read_logs(logs: Sequence[LogSource], *, settings: LogSettings = _DEFAULTS) -> Log:
    """Read files and folders as one log; an entry's id is unique in all of them.

    A folder's Markdown files are read in the order of their names; one that holds no entry is
    an entry itself. Raises LogError as `read_log` does, and for a folder without such files.
    """
    sources = [source for log in logs for source in find_sources(log)]
    reads = [
        _guarded(read_source(source), source.shown, settings, alone=not source.in_folder)
        for source in sources
    ]
    found = [read for read in reads if read is not None]
    if not any(read.sections for read in found):
        retired = any(read.level == "retired" for read in found)
        message = "holds only what its front matter retires" if retired else _NOWHERE
        raise LogError.at(message, logs[0].shown if logs else "")
    with own_labels(settings.own_labels):
        return _log(found)
