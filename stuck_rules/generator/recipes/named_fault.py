"""A fault of the closed list, forbidden in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.faults import FAULTS
from stuck_rules.generator.phrases import COMMANDING, FILL, INSTEAD, phrase
from stuck_rules.generator.proposal import Proposal, Source, propose, sources
from stuck_rules.model.lesson import Log, Role

_FORBIDS = (
    r"(?:never|do not|don['\u2019]?t|avoid|stop|no(?: more)?|ban|forbid|remove(?: all)?"
    r"|eliminate(?: all)?|replace(?: all)?|without)"
)
_ACT = (
    r"(?:(?:ever )?(?:us(?:e|ing)|call(?:ing)?|writ(?:e|ing)|leav(?:e|ing)|allow(?:ing)?"
    r"|rely(?:ing)? on|add(?:ing)?) )?"
)


def named_fault(log: Log) -> Iterator[Proposal]:
    """The faults that lessons name, each once for all lessons that forbid it."""
    for fault in FAULTS:
        words = fault.words.pattern
        forbidden = phrase(
            rf"""\b{_FORBIDS} {_ACT}{FILL}(?:{words})|\b{INSTEAD} {FILL}(?:{words})
            |(?:{words}) (?:is|are) (?:forbidden|banned|prohibited|not allowed)"""
        )
        named = [
            s for s in sources(log, *COMMANDING, Role.WRONG) if _names(s, fault.words, forbidden)
        ]
        if named:
            yield propose(fault.draft, "named-fault", *named)


def _names(source: Source, words: re.Pattern[str], forbidden: re.Pattern[str]) -> bool:
    """Whether a lesson forbids the fault; under WRONG its name at the beginning is enough."""
    text = source.lesson.text
    if source.lesson.role is Role.WRONG:
        return words.match(text) is not None
    return forbidden.search(text) is not None
