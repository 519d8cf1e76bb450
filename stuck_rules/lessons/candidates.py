"""What could be a file's entries: sections, list items, rows, paragraphs, the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise, takewhile

from stuck_rules.lessons.blocks import (
    Block,
    Fence,
    Heading,
    ItemList,
    Paragraph,
    Table,
    unquoted,
)
from stuck_rules.lessons.codeforms import code_forms
from stuck_rules.lessons.forms import heading_label, paragraph_label
from stuck_rules.lessons.labels import normalise, role_of
from stuck_rules.lessons.prose import Prose, bold_lead, flatten, line_span, split_lines
from stuck_rules.lessons.titles import Title, read_title
from stuck_rules.model.lesson import Role
from stuck_rules.model.logsettings import TableColumns
from stuck_rules.values import dataclass, replace

# Headings that stand between entries in many logs and are none.
_OTHER_HEADINGS = frozenset(
    {
        "contents",
        "table of contents",
        "toc",
        "purpose",
        "how to use",
        "how to use this file",
        "how to use this log",
        "how this list grows",
        "template",
        "entry template",
        "template for new entries",
        "format",
        "quick reference",
        "index",
        "changelog",
        "change log",
        "statistics",
        "summary table",
        "overview",
        "目录",
        "目錄",
        "目次",
        "模板",
        "テンプレート",
        "содержание",
        "шаблон",
        "sommaire",
        "inhaltsverzeichnis",
    }
)
_LONGEST_TITLE = 80
# What is longer is text, whatever it starts with; a date may stand at its end.
_LONGEST_LEAD = 2000
_SENTENCE = re.compile(r"(?<=[.!?])\s|[\u3002\uff01\uff1f]|\s[\u2013\u2014]\s")


@dataclass(frozen=True, slots=True)
class Section:
    """What may be an entry: its heading, or the words that stand for one, and its blocks.

    One that `is_of_file` is a list of the whole file, whose heading says what it is for.
    """

    heading: Heading
    title: Title
    blocks: tuple[Block, ...]
    is_of_file: bool = False

    @property
    def is_label(self) -> bool:
        """Whether the heading is a label of the table rather than a title."""
        return heading_label(self.heading.prose, self.heading.line).role is not None


def is_other(heading: Heading, skipped: Sequence[str] = ()) -> bool:
    """Whether a heading names something that no log means as an entry, or that is `skipped`."""
    title = read_title(heading.text)
    name = normalise(title.text)
    if title.is_placeholder or name in _OTHER_HEADINGS:
        return True
    return any(fnmatchcase(heading.text.casefold(), glob.casefold()) for glob in skipped)


def without_others(blocks: Sequence[Block], skipped: Sequence[str] = ()) -> tuple[Block, ...]:
    """The blocks without the sections that are no entries, nor hold any."""
    kept = []
    above: int | None = None
    for block in blocks:
        if isinstance(block, Heading):
            if above is not None and block.level <= above:
                above = None
            # A file's title may well be "Index"; all that follows stands below it.
            if above is None and block.level > 1 and is_other(block, skipped):
                above = block.level
        if above is None:
            kept.append(block)
    return tuple(kept)


def _with_own_id(title: Title, own_id: str | None) -> Title:
    """The title with the id that a comment beside it gives; only entries have one."""
    if own_id is None:
        return title
    return replace(title, explicit=title.explicit or own_id, is_marked=True)


def sections_of(blocks: Sequence[Block], level: int) -> list[Section]:
    """The sections of one heading level, in file order."""
    heads = [i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level <= level]
    sections = []
    for start, end in pairwise([*heads, len(blocks)]):
        heading = blocks[start]
        if isinstance(heading, Heading) and heading.level == level:
            inside = tuple(blocks[start + 1 : end])
            title = _with_own_id(read_title(heading.text), heading.own_id)
            sections.append(Section(heading, title, inside))
    return sections


def _short(prose: Prose) -> str:
    """What stands for a title: the bold words at the start, or the first sentence."""
    text = flatten(split_lines(prose)[0]) if prose else ""
    lead = bold_lead(prose)
    marked = read_title(text).is_marked and not read_title(lead).is_marked
    if lead and not marked and role_of(lead) is None:
        return lead
    first = _SENTENCE.split(text, maxsplit=1)[0]
    if len(first) <= _LONGEST_TITLE:
        return first
    return first[:_LONGEST_TITLE].rpartition(" ")[0] or first[:_LONGEST_TITLE]


def _stand_in(prose: Prose, anchor: str, blocks: tuple[Block, ...]) -> Section | None:
    span = line_span(prose)
    if span is None:
        return None
    short = _short(prose)
    title = read_title(short)
    found = read_title(flatten(prose)[:_LONGEST_LEAD].rstrip("."))
    if found.is_marked and not title.is_marked:
        title = replace(title, date=found.date, explicit=found.explicit, number=found.number)
    title = replace(title, is_marked=found.is_marked or title.is_marked)
    return Section(Heading(0, prose, span[0], anchor), title, blocks)


def _anchored(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    anchor = ""
    # What is quoted shows how an entry looks.
    for block in blocks:
        if isinstance(block, Heading):
            anchor = block.anchor
        yield block, anchor


def items_of(blocks: Sequence[Block]) -> list[Section]:
    """Each item of the lists at the top as a section of its own."""
    found: list[Section] = []
    for block, anchor in _anchored(blocks):
        # Marked code behind a list would be lost; it shows what the last item says.
        if isinstance(block, Fence) and found and found[-1].heading.anchor == anchor:
            if any(form.role is not None for form in code_forms(block, Role.NOTE)):
                found[-1] = replace(found[-1], blocks=(*found[-1].blocks, block))
        for item in block.items if isinstance(block, ItemList) else ():
            first = item.blocks[0] if item.blocks else None
            if isinstance(first, Paragraph):
                section = _stand_in(first.prose, anchor, (ItemList((item,)),))
                if section is not None:
                    title = _with_own_id(section.title, item.own_id)
                    found.append(replace(section, title=title))
    return found


def paragraphs_of(blocks: Sequence[Block]) -> list[Section]:
    """Each paragraph that starts in bold or with a date or an id, with all that follows it."""
    groups: list[tuple[Prose, str, list[Block]]] = []
    is_open = False
    for block, anchor in _anchored(blocks):
        if isinstance(block, Heading):
            is_open = False
        elif isinstance(block, Paragraph) and _leads(block.prose):
            groups.append((block.prose, anchor, [block]))
            is_open = True
        elif is_open:
            groups[-1][2].append(block)
    found = [_stand_in(prose, anchor, tuple(inside)) for prose, anchor, inside in groups]
    return [section for section in found if section is not None]


def _leads(prose: Prose) -> bool:
    lead = bold_lead(prose)
    if lead:
        label = paragraph_label(prose, opens=False)
        return role_of(lead) is None and (label is None or label.role is None)
    return read_title(flatten(prose)[:_LONGEST_LEAD]).is_marked


def _column(table: Table, name: str | None, *roles: Role) -> int | None:
    for index, cell in enumerate(table.header):
        text = flatten(cell)
        if name is not None and text.casefold() == name.casefold():
            return index
        if name is None and role_of(text) in roles:
            return index
    return None


def rows_of(blocks: Sequence[Block], columns: TableColumns) -> list[Section]:
    """Each row of the tables that set a wrong form beside a right one or a prevention."""
    found = []
    for block, anchor in _anchored(blocks):
        if not isinstance(block, Table):
            continue
        wrong = _column(block, columns.wrong, Role.WRONG, Role.SYMPTOM, Role.ROOT_CAUSE)
        right = _column(block, columns.correct, Role.CORRECT, Role.PREVENTION, Role.REMEDIATION)
        own = _column(block, columns.id) if columns.id else None
        if wrong is None or right is None:
            continue
        for row in block.rows:
            section = _stand_in(row[wrong], anchor, (Table(block.header, (row,)),))
            if section is not None:
                found.append(_with_id(section, row[0 if own is None else own]))
    return found


def _with_id(section: Section, cell: Prose) -> Section:
    told = read_title(f"{flatten(cell)}: x")
    title = replace(section.title, explicit=told.explicit, number=told.number, is_marked=True)
    return replace(section, title=title)


def preface_of(blocks: Sequence[Block]) -> Section | None:
    """What stands before the first heading, under its first words."""
    inside = tuple(takewhile(lambda block: not isinstance(block, Heading), blocks))
    first = next((block for block in inside if isinstance(block, Paragraph)), None)
    return _stand_in(first.prose, "", inside) if first is not None else None


def file_of(blocks: Sequence[Block]) -> list[Section]:
    """The whole file as one section, under its title or else its first words."""
    for block in unquoted(blocks):
        if isinstance(block, Heading):
            rest = tuple(other for other in blocks if other is not block)
            return [Section(block, read_title(block.text), rest)]
        if isinstance(block, Paragraph):
            section = _stand_in(block.prose, "", tuple(blocks))
            return [section] if section is not None else []
    return []
