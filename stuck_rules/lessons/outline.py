"""Which of the candidates are a file's entries: told by score, or by the settings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from stuck_rules.lessons.advice import LEAST_ITEMS, advises, advises_itself
from stuck_rules.lessons.blocks import Block, Heading, ItemList, Paragraph, Table, unquoted
from stuck_rules.lessons.candidates import (
    Section,
    file_of,
    items_of,
    paragraphs_of,
    rows_of,
    sections_of,
    without_others,
)
from stuck_rules.lessons.filelists import with_code, with_lists
from stuck_rules.lessons.forms import heading_label, known_label, split_labelled
from stuck_rules.lessons.prose import flatten
from stuck_rules.model.lesson import Role
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.values import dataclass

_DEFAULTS = LogSettings()
_PREFIX = re.compile(
    r"^\W*(?P<noun>bug|error|incident|issue|learning|lesson|mistake|pattern|anti-?pattern|pitfall"
    r"|problem|gotcha|rule|教训|教訓|問題|问题|урок|ошибка|erreur|leçon)\s*[:\uff1a]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections that are entries, and what they are: a heading's level, bullet, row, ..."""

    level: str
    sections: tuple[Section, ...]


def _tells(role: Role | None) -> bool:
    return role is not None and role is not Role.METADATA


def _has_label(block: Block) -> bool:
    if isinstance(block, Heading):
        return _tells(heading_label(block.prose, block.line).role)
    if isinstance(block, Paragraph):
        found = split_labelled(block.prose, opens=False, loose=True)
        return any(label is not None and _tells(label.role) for label, _ in found)
    if isinstance(block, ItemList):
        firsts = (item.blocks[0] for item in block.items if item.blocks)
        labels = (known_label(b.prose) for b in firsts if isinstance(b, Paragraph))
        return any(label is not None and _tells(label.role) for label in labels)
    if isinstance(block, Table):
        return sum(_tells(heading_label(cell, 0).role) for cell in block.header) > 1
    return False


def _is_marked(section: Section) -> bool:
    return section.title.is_marked


def _is_prefixed(section: Section) -> bool:
    return _PREFIX.match(section.heading.text) is not None


def _is_likely(section: Section) -> bool:
    if section.title.is_marked or section.title.number is not None or _is_prefixed(section):
        return True
    return any(_has_label(block) for block in unquoted(section.blocks))


def _has_advice(section: Section) -> bool:
    return any(advises(block) for block in unquoted(section.blocks))


def _is_advice(section: Section) -> bool:
    return _is_likely(section) or _has_advice(section)


def _counts(section: Section) -> bool:
    """Whether a heading may be an entry's: a label is none, but for one with a date or a title."""
    return not section.is_label or section.title.is_marked or _is_prefixed(section)


_Levels = dict[int, list[Section]]


def _level(levels: _Levels, test: Callable[[Section], bool]) -> int | None:
    """The deepest level where half the members or more pass; far fewer are a detail of another."""
    passing = {
        level: sum(test(section) and _counts(section) for section in members)
        for level, members in levels.items()
    }
    most = max(passing.values(), default=0)
    return max(
        (
            level
            for level, count in passing.items()
            if count and 2 * count >= len(levels[level]) and 2 * count >= most
        ),
        default=None,
    )


def _running(levels: _Levels, above: int) -> int | None:
    """A level below whose numbers run on over the sections above it: `1.` to `15.` in dated parts.

    Then those are the entries, and the dates tell when parts of the file were written.
    """
    for level, members in levels.items():
        numbers = [s.title.number for s in members if s.title.number is not None]
        is_running = all(one < other for one, other in pairwise(numbers))
        is_most = 2 * len(numbers) >= len(members) and len(numbers) > len(levels[above])
        if level > above and is_most and is_running and len(numbers) >= LEAST_ITEMS:
            return level
    return None


def _prefix_level(levels: _Levels) -> int | None:
    """The level where one and the same word leads most headings, as in `Pattern: ...`."""
    for level, members in sorted(levels.items(), reverse=True):
        found = [match["noun"].lower() for s in members if (match := _PREFIX.match(s.heading.text))]
        most = max(Counter(found).values(), default=0)
        if most >= LEAST_ITEMS and 5 * most >= 3 * len(members):
            return level
    return None


def _is_report(levels: _Levels) -> bool:
    """Whether the file tells of one case: below its title stand labels as headings, each once."""
    members = levels.get(2, [])
    labels = [flatten(s.heading.prose).casefold() for s in members if not _counts(s)]
    return len(labels) >= 2 and 2 * len(labels) >= len(members) and len({*labels}) == len(labels)


def _mostly(sections: Sequence[Section], test: Callable[[Section], bool]) -> bool:
    count = sum(test(section) for section in sections)
    return count >= LEAST_ITEMS and 2 * count >= len(sections)


class _Others:
    """Rows, paragraphs and items, which are gathered only where headings do not decide."""

    def __init__(self, blocks: Sequence[Block], settings: LogSettings) -> None:
        self._blocks = blocks
        self._settings = settings
        self._found: dict[str, list[Section]] = {}

    def __getitem__(self, level: str) -> list[Section]:
        if level not in self._found:
            self._found[level] = _by_level(level, self._blocks, self._settings)
        return self._found[level]

    def level(self, test: Callable[[Section], bool]) -> str | None:
        """Those that mostly pass; where several do, the most."""
        found = [each for each in ("row", "paragraph", "bullet") if _mostly(self[each], test)]
        return max(found, key=lambda level: len(self[level]), default=None)


def _find(headings: _Levels, others: _Others, title: _Levels) -> str | None:
    if _are_topics(headings) and _mostly(others["bullet"], _is_marked):
        return "bullet"
    marked = _level(headings, _is_marked)
    if marked is None:
        if title and _is_report(headings):
            return "h1"
        marked = _prefix_level(headings)
    if marked is not None:
        return f"h{_running(headings, marked) or marked}"
    other = others.level(_is_marked)
    likely = _level(headings, _is_likely)
    if other is not None and (likely is None or len(others[other]) > 2 * len(headings[likely])):
        return other
    if likely is not None:
        return f"h{likely}"
    advised = others.level(advises_itself)
    if advised is not None:
        return advised
    if _are_topics(headings) and len(others["bullet"]) >= LEAST_ITEMS:
        return "bullet"
    return _weakest(headings, others, title)


def _weakest(headings: _Levels, others: _Others, title: _Levels) -> str | None:
    """What may pass for entries where nothing looks like them."""
    weak = _level(headings, _is_advice)
    if weak is not None:
        return f"h{weak}"
    # Labels in several of many sections make entries of these rather than of the file.
    labelled = {level: sum(map(_is_likely, members)) for level, members in headings.items()}
    most = max(labelled, key=lambda level: labelled[level], default=0)
    if most and labelled[most] >= LEAST_ITEMS:
        return f"h{most}"
    if title and _level(title, _is_likely):
        return "h1"
    # Better some advice among other lists than no entries at all.
    advice = sum(map(advises_itself, others["bullet"]))
    if advice >= LEAST_ITEMS:
        return "bullet"
    # Advice that is strewn over a text belongs to the sections that it stands in.
    strewn = {level: sum(map(_has_advice, members)) for level, members in headings.items()}
    most = max(strewn, key=lambda level: strewn[level], default=0)
    return f"h{most}" if most and strewn[most] else None


def _are_topics(headings: _Levels) -> bool:
    """Whether below each heading stands one list and no more: then its items are the entries."""
    inside = [s.blocks for members in headings.values() for s in members if s.blocks]
    lists = sum(all(isinstance(block, ItemList) for block in blocks) for blocks in inside)
    return lists > 0 and 5 * lists >= 4 * len(inside)


def _by_level(level: str, blocks: Sequence[Block], settings: LogSettings) -> list[Section]:
    match level:
        case "bullet":
            return items_of(blocks)
        case "row":
            return rows_of(blocks, settings.table)
        case "paragraph":
            return paragraphs_of(blocks)
        case "file":
            return file_of(blocks)
        case _:
            return sections_of(blocks, int(level[1:]))


def _auto_level(blocks: Sequence[Block], settings: LogSettings) -> str | None:
    headings = {level: sections_of(blocks, level) for level in range(1, 7)}
    title = {1: headings.pop(1)} if len(headings[1]) == 1 else {}
    return _find(headings, _Others(blocks, settings), title)


def find_outline(blocks: Sequence[Block], settings: LogSettings = _DEFAULTS) -> Outline | None:
    """The entries: of the deepest level that mostly looks like it, or of the one that is set.

    A number with its noun, a date or an id tells more than a bare number or a label inside. One
    heading at the top is the file's title, and an entry only where nothing below it is.
    """
    kept = without_others(blocks, settings.skip_headings)
    level = settings.level if settings.level != "auto" else _auto_level(kept, settings)
    if level is None:
        return None
    sections = [s for s in _by_level(level, kept, settings) if not s.title.is_placeholder]
    if sections and level[1:].isdigit():
        sections = with_lists(sections, kept, int(level[1:]))
    elif sections and level == "bullet":
        sections = with_code(sections, kept)
    if settings.title_pattern:
        wanted = re.compile(settings.title_pattern)
        sections = [s for s in sections if wanted.search(s.heading.text)]
    return Outline(level, tuple(sections)) if sections else None


def entry_sections(blocks: Sequence[Block]) -> list[Section]:
    """The sections that are entries, by score alone."""
    outline = find_outline(blocks)
    return list(outline.sections) if outline is not None else []
