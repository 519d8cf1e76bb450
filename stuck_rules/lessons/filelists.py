"""Lists of the whole file: they stand under a label or before all headings, below no entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from stuck_rules.lessons.advice import LEAST_ITEMS, advice_in
from stuck_rules.lessons.blocks import Block, Fence, Heading, ItemList, Paragraph
from stuck_rules.lessons.candidates import Section, preface_of, sections_of
from stuck_rules.lessons.codeforms import code_forms
from stuck_rules.lessons.forms import heading_label, split_labelled
from stuck_rules.lessons.prose import is_blank
from stuck_rules.model.lesson import Role
from stuck_rules.values import replace

_RULES = re.compile(
    r"\b(?:rules|lessons|principles|takeaways|guidelines|prevention|do'?s and don'?ts|never"
    r"|always|pitfalls|gotchas|mistakes|anti-?patterns|forbidden)\b",
    re.IGNORECASE,
)
# What the heading of a list over the whole file is for.
_OF_FILE = frozenset({Role.PREVENTION, Role.WRONG, Role.CORRECT, Role.REMEDIATION})


def with_lists(sections: list[Section], blocks: Sequence[Block], level: int) -> list[Section]:
    """The entries and the lists of the file, in file order."""
    found = [s if not _is_list(s) else replace(s, is_of_file=True) for s in sections]
    preface = preface_of(blocks)
    if preface is not None and sum(map(advice_in, preface.blocks)) >= LEAST_ITEMS:
        found.append(preface)
    for above in range(1, level):
        for section in sections_of(blocks, above):
            own = tuple(takewhile(lambda block: not isinstance(block, Heading), section.blocks))
            listed = replace(section, blocks=own)
            if _is_list(listed):
                found.append(replace(listed, is_of_file=True))
            elif _tells_rules(listed):
                found.append(listed)
    return sorted(found, key=lambda section: section.heading.line)


def with_code(items: list[Section], blocks: Sequence[Block]) -> list[Section]:
    """List items as entries, and the sections without any that show wrong code, in file order."""
    found = list(items)
    for level in range(1, 7):
        for section in sections_of(blocks, level):
            own = tuple(takewhile(lambda block: not isinstance(block, Heading), section.blocks))
            has_items = any(isinstance(block, ItemList) for block in own)
            if not has_items and not section.title.is_placeholder and _shows_wrong_code(own):
                found.append(replace(section, blocks=own))
    return sorted(found, key=lambda section: section.heading.line)


def _tells_rules(section: Section) -> bool:
    """Whether what stands below no entry may hold lessons.

    Its heading is dated or says so, or code is called wrong in it.
    """
    has_list = any(isinstance(block, (ItemList, Fence)) for block in section.blocks)
    is_told = section.title.is_marked or _RULES.search(section.title.text) is not None
    is_told = is_told or _shows_wrong_code(section.blocks)
    return has_list and is_told and not section.title.is_placeholder


def _shows_wrong_code(blocks: Sequence[Block]) -> bool:
    """Whether code stands right behind a label that calls it wrong, or has it in a comment."""
    for label, fence in pairwise((None, *blocks)):
        if not isinstance(fence, Fence):
            continue
        roles = {form.role for form in code_forms(fence, Role.NOTE)}
        if isinstance(label, Paragraph):
            told = split_labelled(label.prose, opens=False, loose=True)
            roles.update(found.role for found, _ in told if found is not None)
        if Role.WRONG in roles:
            return True
    return False


def _is_list(section: Section) -> bool:
    """Whether a section is a list under a label such as "Prevention strategies"."""
    label = heading_label(section.heading.prose, section.heading.line)
    if label.role not in _OF_FILE or label.meant or not is_blank(label.value):
        return False
    if section.title.is_marked or section.title.number is not None:
        return False
    return any(isinstance(block, (ItemList, Fence)) for block in section.blocks)
