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
    START,
    exception_in,
    limit_after,
    phrase,
    tells_the_past,
)
from stuck_rules.generator.proposal import Draft, Proposal, Source, propose, sources
from stuck_rules.generator.scopes import path_in, scope_of
from stuck_rules.generator.syntax import parse_code
from stuck_rules.model.lesson import Log, Polarity, Role
from stuck_rules.model.rule import Example, PathFilter
from stuck_rules.testing import run_example
from stuck_rules.values import replace

_FORBIDS = (
    r"(?:never|do not|don['\u2019]?t|avoid|stop|no(?: more)?|ban|forbid|remove(?: all)?"
    r"|eliminate(?: all)?|replace(?: all)?|without)"
)
_ACT = (
    r"(?:(?:ever )?(?:us(?:e|ing)|do(?:ing)?|compar(?:e|ing)|put(?:ting)?|mak(?:e|ing)"
    r"|rais(?:e|ing)|call(?:ing)?|writ(?:e|ing)|leav(?:e|ing)|allow(?:ing)?"
    r"|catch(?:ing)?|rely(?:ing)? on|add(?:ing)?) )?"
)


# A sentence that forbids anything has one of these words; most have none.
_REFUSES = phrase(rf"\b(?:{_FORBIDS}|{INSTEAD}|not|forbidden|banned|prohibited)\b")
_EXCEPTED = "The lesson names an exception: {!r}. Exclude its files first."
# A few words behind a fault's name say no more than that it is one.
_LITTLE = re.compile(r"[:`]*(?:[ ,]+[\x21-\x7e]+){0,4}\s*", re.ASCII)
# What a fault is used for anyway limits nothing: "for path operations".
_WHEN = re.compile(
    r"(?:without|unless|when|if|while|until)\b"
    r"|to\b(?! (?:debug|log|report|trace|print|output|show|format|build|join|construct|create"
    r"|interpolate|concatenate|work|handle|manipulate|avoid|prevent|keep|ensure|make|be)\b)"
    r"|for\b(?! [\w /]*?(?:operations?|paths?|handling|manipulation|formatting|interpolation"
    r"|logging|debugging|output|tests?|testing)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:[A-Za-z]+ ){0,2}")


def named_fault(log: Log) -> Iterator[Proposal]:
    """The faults that lessons name, each once for all lessons that forbid it."""
    told = [
        (source, source.lesson.role is Role.WRONG or _REFUSES.search(source.lesson.text))
        for source in sources(log, *COMMANDING, Role.WRONG)
    ]
    for fault in FAULTS:
        words = fault.words.pattern
        forbidden = phrase(
            rf"""\b{_FORBIDS} {_ACT}{FILL}(?:{words})|\b{INSTEAD} {FILL}(?:{words})
            |, (?:and )?not (?:with |via |by )?{FILL}(?:{words})
            |(?:{words}):?`? (?:(?:is|are) )?(?:strictly )?(?:forbidden|banned|prohibited
            |not allowed)\b"""
        )
        named = [s for s, refuses in told if _names(s, fault, forbidden if refuses else None)]
        limits = {s: _exception(s) or _limit(s, forbidden) for s in named}
        sure = [s for s in named if not limits[s]]
        if named:
            doubt = None if sure else _EXCEPTED.format(limits[named[0]])
            doubt = doubt or _asked_for(log, fault, named)
            scoped = _scoped(fault.draft, sure or named)
            yield propose(replace(scoped, note=doubt), "named-fault", *(sure or named))


def _scoped(draft: Draft, named: list[Source]) -> Draft:
    """The draft kept to the files that all its lessons speak of, without those they except."""
    paths = [scope_of(source.lesson.text).paths for source in named]
    excluded = [glob for each in paths for glob in each.exclude]
    exclude = tuple(dict.fromkeys((*draft.paths.exclude, *excluded)))
    if draft.paths.include or not all(each.include for each in paths):
        return replace(draft, paths=PathFilter(draft.paths.include, exclude))
    include = tuple(dict.fromkeys(glob for each in paths for glob in each.include))
    path = path_in(include)
    return replace(
        draft,
        paths=PathFilter(include, tuple(excluded)),
        bad=tuple(replace(example, path=path) for example in draft.bad),
        good=tuple(replace(example, path=path) for example in draft.good),
    )


def _asked_for(log: Log, fault: Fault, named: list[Source]) -> str | None:
    """Where another lesson may want what these forbid, so that a person must say."""
    wish = rf"(?:{START}|\(\d\) )(?:(?:use|prefer|keep|allow|write|add) {FILL})?"
    wanted = phrase(rf"{wish}(?:{fault.words.pattern})")
    for source in sources(log, *COMMANDING):
        lesson = source.lesson
        is_other = source not in named and lesson.polarity is not Polarity.DONT
        found = wanted.search(lesson.text) if is_other else None
        if found is not None and not tells_the_past(lesson.text, found):
            return f"Line {lesson.lines[0]} of the log speaks of it too: read both, then enable it."
    return None


def _exception(source: Source) -> str:
    """What a lesson excepts, other than tests, which have globs of their own."""
    exception = exception_in(source.lesson.text)
    is_scope = any(words in exception for words in scope_of(source.lesson.text).words)
    return "" if is_scope else exception


# "Use `a` to verify, never print" speaks of verifying.
_PURPOSE = re.compile(
    r"\b(?:use|prefer|call) (?:[^\s,;.]+ ){1,3}?(?P<limit>(?:to|for|when|if) [^,;.]+),\s*$",
    re.IGNORECASE,
)


def _limit(source: Source, forbidden: re.Pattern[str]) -> str:
    """What a lesson says of when the fault is one: "without re-raising", "for custom errors"."""
    found = forbidden.search(source.lesson.text)
    if found is None:
        return ""
    text = source.lesson.text
    limit = limit_after(text, found.end() + text.startswith("`", found.end()))
    purpose = _PURPOSE.search(text[: found.start()])
    limits = (limit, purpose["limit"] if purpose else "")
    return next((each for each in limits if _WHEN.match(each)), "")


def _is_shown(source: Source, fault: Fault) -> bool:
    """Whether the lesson's code has the fault; words without code that can be read are enough."""
    draft = replace(fault.draft, paths=PathFilter())
    rule = propose(draft, "named-fault", source).rule
    shown = [code.text for code in source.lesson.code if code.fenced and parse_code(code.text)]
    results = [run_example(rule, Example(f"{text}\n")) for text in shown]
    return not results or any(result.violations for result in results)


def _names(source: Source, fault: Fault, forbidden: re.Pattern[str] | None) -> bool:
    """Whether a lesson forbids the fault; under WRONG it is enough that it says no more.

    Without the sentence that forbids it, it may still ask for its contrary.
    """
    text = source.lesson.text
    if source.lesson.role is Role.WRONG:
        found = fault.words.search(text)
        if found is None or _LEAD.fullmatch(text[: found.start()]) is None:
            return False
        return _LITTLE.fullmatch(text, found.end()) is not None and _is_shown(source, fault)
    found = forbidden.search(text) if forbidden is not None else None
    found = found or (fault.asked.search(text) if fault.asked else None)
    return found is not None and not tells_the_past(text, found)
