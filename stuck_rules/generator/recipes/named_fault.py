"""A fault of the closed list, forbidden in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.faults import FAULTS
from stuck_rules.generator.faults.fault import Fault
from stuck_rules.generator.phrases import (
    COMMANDING,
    FILL,
    INSTEAD,
    exception_in,
    phrase,
    tells_the_past,
)
from stuck_rules.generator.proposal import Proposal, Source, propose, sources
from stuck_rules.generator.scopes import scope_of
from stuck_rules.model.lesson import Log, Polarity, Role
from stuck_rules.values import replace

_FORBIDS = (
    r"(?:never|do not|don['\u2019]?t|avoid|stop|no(?: more)?|ban|forbid|remove(?: all)?"
    r"|eliminate(?: all)?|replace(?: all)?|without)"
)
_ACT = (
    r"(?:(?:ever )?(?:us(?:e|ing)|do(?:ing)?|compar(?:e|ing)|put(?:ting)?|mak(?:e|ing)"
    r"|rais(?:e|ing)|call(?:ing)?|writ(?:e|ing)|leav(?:e|ing)|allow(?:ing)?"
    r"|rely(?:ing)? on|add(?:ing)?) )?"
)


_EXCEPTED = "The lesson names an exception: {!r}. Exclude its files first."
# A few words behind a fault's name say no more than that it is one.
_LITTLE = re.compile(r"(?:[ ,]+[\x21-\x7e]+){0,4}\s*", re.ASCII)


def named_fault(log: Log) -> Iterator[Proposal]:
    """The faults that lessons name, each once for all lessons that forbid it."""
    for fault in FAULTS:
        words = fault.words.pattern
        forbidden = phrase(
            rf"""\b{_FORBIDS} {_ACT}{FILL}(?:{words})|\b{INSTEAD} {FILL}(?:{words})
            |(?:{words}) (?:is|are) (?:forbidden|banned|prohibited|not allowed)"""
        )
        named = [s for s in sources(log, *COMMANDING, Role.WRONG) if _names(s, fault, forbidden)]
        sure = [s for s in named if not _exception(s)]
        if named:
            doubt = None if sure else _EXCEPTED.format(_exception(named[0]))
            doubt = doubt or _asked_for(log, fault, named)
            yield propose(replace(fault.draft, note=doubt), "named-fault", *(sure or named))


def _asked_for(log: Log, fault: Fault, named: list[Source]) -> str | None:
    """Where another lesson may want what these forbid, so that a person must say."""
    for source in sources(log, *COMMANDING):
        lesson = source.lesson
        is_other = source not in named and lesson.polarity is not Polarity.DONT
        found = fault.words.search(lesson.text) if is_other else None
        if found is not None and not tells_the_past(lesson.text, found):
            return f"Line {lesson.lines[0]} of the log speaks of it too: read both, then enable it."
    return None


def _exception(source: Source) -> str:
    """What a lesson excepts, other than tests, which have globs of their own."""
    exception = exception_in(source.lesson.text)
    is_scope = any(words in exception for words in scope_of(source.lesson.text).words)
    return "" if is_scope else exception


def _names(source: Source, fault: Fault, forbidden: re.Pattern[str]) -> bool:
    """Whether a lesson forbids the fault; under WRONG it is enough that it says no more."""
    text = source.lesson.text
    if source.lesson.role is Role.WRONG:
        found = fault.words.match(text)
        return found is not None and _LITTLE.fullmatch(text, found.end()) is not None
    found = forbidden.search(text) or (fault.asked.search(text) if fault.asked else None)
    return found is not None and not tells_the_past(text, found)
