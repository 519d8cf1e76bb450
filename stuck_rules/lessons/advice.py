"""Sentences that advise: by their first word, or by a sign in front."""

from __future__ import annotations

import re

from stuck_rules.lessons.blocks import Block, ItemList, Paragraph
from stuck_rules.lessons.candidates import Section
from stuck_rules.lessons.prose import flatten

_ADVICE = re.compile(
    r"\W*(?:(?:never|always|do not|don['\u2019]t|avoid|use|prefer|must|ensure|make sure"
    r"|no|jamais|toujours|niemals|immer|nunca|siempre|никогда|всегда|не)\b"
    r"|不要|不得|禁止|避免|必须|必須|切勿|[❌✅🚫⛔])",
    re.IGNORECASE,
)
# Fewer are no list of entries, but a list in a text.
LEAST_ITEMS = 3


def advises(block: Block) -> bool:
    """Whether a paragraph, or an item of a list, does."""
    if isinstance(block, Paragraph):
        return _ADVICE.match(flatten(block.prose)) is not None
    if isinstance(block, ItemList):
        return any(advises(item.blocks[0]) for item in block.items if item.blocks)
    return False


def advice_in(block: Block) -> int:
    """How many items of a list advise."""
    items = block.items if isinstance(block, ItemList) else ()
    return sum(advises(item.blocks[0]) for item in items if item.blocks)


def advises_itself(section: Section) -> bool:
    """Whether a section's own words do."""
    return _ADVICE.match(section.heading.text) is not None
