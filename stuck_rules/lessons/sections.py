"""A file's blocks -> the sections that are its entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stuck_rules.lessons.blocks import Block, Heading, ItemList, Paragraph, unquoted
from stuck_rules.lessons.forms import heading_label, known_label, split_labelled
from stuck_rules.lessons.labels import normalise
from stuck_rules.lessons.titles import Title, read_title
from stuck_rules.model.lesson import Role

# Headings that stand between entries in many logs and are none.
_OTHER_HEADINGS = frozenset(
    {
        "contents",
        "table of contents",
        "purpose",
        "how to use",
        "how to use this file",
        "how to use this log",
        "template",
        "entry template",
        "quick reference",
        "index",
        "changelog",
        "change log",
        "statistics",
        "summary table",
        "overview",
    }
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all blocks up to the next heading of its level or above."""

    heading: Heading
    title: Title
    blocks: tuple[Block, ...]

    @property
    def is_label(self) -> bool:
        """Whether the heading is a label of the table rather than a title."""
        return heading_label(self.heading.prose, self.heading.line).role is not None

    @property
    def is_other(self) -> bool:
        """Whether the heading names something that no log means as an entry."""
        return self.title.is_placeholder or normalise(self.title.text) in _OTHER_HEADINGS


def sections_of(blocks: Sequence[Block], level: int) -> list[Section]:
    """The sections of one heading level, in file order."""
    heads = [i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level <= level]
    sections = []
    for start, end in pairwise([*heads, len(blocks)]):
        heading = blocks[start]
        if isinstance(heading, Heading) and heading.level == level:
            inside = tuple(blocks[start + 1 : end])
            sections.append(Section(heading, read_title(heading.text), inside))
    return sections


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
    return False


def _is_marked(section: Section) -> bool:
    return section.title.is_marked


def _is_likely(section: Section) -> bool:
    if section.title.is_marked or section.title.number is not None:
        return True
    return any(_has_label(block) for block in unquoted(section.blocks))


def _likely_levels(levels: dict[int, list[Section]], test: Callable[[Section], bool]) -> list[int]:
    """The levels where half the members or more pass; one with far fewer is a detail of another."""
    passing = {
        level: sum(test(section) and not section.is_label for section in members)
        for level, members in levels.items()
    }
    most = max(passing.values(), default=0)
    return [
        level
        for level, count in passing.items()
        if count and 2 * count >= len(levels[level]) and 2 * count >= most
    ]


def entry_sections(blocks: Sequence[Block]) -> list[Section]:
    """The sections that are entries: those of the deepest level that mostly look like it.

    A number with its noun, a date or an id tells more than a bare number or a label inside. One
    heading at the top is the file's title, and an entry only where nothing below it is.
    """
    levels = {
        level: [section for section in sections_of(blocks, level) if not section.is_other]
        for level in range(1, 7)
    }
    title = {1: levels.pop(1)} if len(levels[1]) == 1 else {}
    for candidates in (levels, title):
        for test in (_is_marked, _is_likely):
            found = _likely_levels(candidates, test)
            if found:
                return candidates[max(found)]
    return []
