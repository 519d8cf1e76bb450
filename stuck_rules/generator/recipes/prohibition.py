"""Never, do not, avoid `X`; `X` is forbidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from stuck_rules.generator.form import FormKind
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.phrases import (
    COMMANDING,
    FILL,
    START,
    VERB,
    phrase,
    span,
    tells_the_past,
)
from stuck_rules.generator.proposal import Proposal, Source, coded
from stuck_rules.generator.spoken import Spoken, rule_of
from stuck_rules.generator.tongues import FORBIDDING, INSTEAD, limit_behind
from stuck_rules.model.lesson import Log, Role

_NOT = (
    r"(?:never|do not|don['\u2019]?t|avoid|stop|must not|mustn['\u2019]t|should not"
    r"|shouldn['\u2019]t|no|forbidden:|banned:|prohibited:)"
)
_ACTS = (
    r"(?:us(?:e|ing)|call(?:ing)?|import(?:ing)?|catch(?:ing)?|leav(?:e|ing)"
    r"|sett?(?:ing)?|writ(?:e|ing)|pass(?:ing)?|return(?:ing)?|rais(?:e|ing)|rely(?:ing)? on|do"
    r"|invok(?:e|ing)|instantiat(?:e|ing)|add(?:ing)?|compar(?:e|ing) with|run(?:ning)?"
    r"|read(?:ing)?(?: from)?)"
)
_ACT = rf"(?:(?:ever )?{_ACTS} )?"
_COMMAND = (
    r"(?:use|prefer|catch|fix|read|get|load|go|let|make|write|raise|return|pass|call|import|inject"
    r"|keep|set|add|define|store|handle|rely|choose|pick|take|build|create|convert|log|wrap|test"
    r"|compare|check|validate|narrow|refactor|move|put|run|stick|switch|depend|declare|annotate)"
)
_MUST_NOT = (
    r"(?:(?:must|should|may|shall)(?:n['\u2019]?t| not| never)|cannot|can['\u2019]?t"
    r"|(?:are|is) not allowed to|never)"
)
_BAD, _GOOD = span("bad"), span("good")
_CLAUSE = r"(?:^|[.!?;:]\s+|\s[\u2014\u2013-]+\s+)"
_FORBIDDEN = (
    phrase(rf"{START}{_NOT} {_ACT}{FILL}{_BAD}"),
    phrase(
        rf"""^{_COMMAND}\b[^`.;:]*\b(?:instead of|rather than)
        (?: (?:using|calling|importing|catching|writing|adding|raising|setting|passing|bare))?
        \s+{FILL}{_BAD}"""
    ),
    phrase(
        rf"""{_CLAUSE}{FILL}{_BAD} (?:calls? |imports? )?(?:is|are) (?:strictly )?(?:forbidden
        |banned|prohibited|not allowed|disallowed|never (?:right|ok|okay|allowed|correct|fine))"""
    ),
    phrase(
        rf"""{_CLAUSE}{FILL}{_BAD} (?:calls? |imports? |statements? )?(?:must|should|may)
        \s+(?:not|never) (?:be (?:used|called|imported|caught|passed|raised)|appear|exist)\b"""
    ),
    phrase(rf"""\b(?:must|should|may) (?:be|contain|have) no {FILL}{_BAD}"""),
    phrase(
        rf"""^(?:[\u274c\u26d4\u00d7\u2717\u2718]\ufe0f?\s*)?{_BAD}(?=[^\u2192.;]{{0,60}}?
        (?:\u2192|->|\u21d2)\s*(?:always )?(?:use|prefer|call|never|forbidden|banned)\b)"""
    ),
    phrase(
        rf"""(?:^|{_CLAUSE}){FILL}{_BAD} (?:calls? |imports? |access )?
        (?:(?:is|are|may|must|can|should|be|belongs?|used|called|imported|allowed|read) ){{0,3}}
        (?:only|(?:anywhere|everywhere|elsewhere)(?: else)?
        \s+(?:but|except|other than|outside)(?: of)?)
        (?: (?:be|used|called|imported|allowed|read)){{0,2}}
        (?= (?:(?:in|inside|within|from|under) )?`[\w.*-]*(?:/|\w\.py`))"""
    ),
    phrase(rf"{_CLAUSE}(?P<subject>(?:[\w-]+ ){{1,4}}?){_MUST_NOT} (?:{_ACTS} )?{FILL}{_BAD}"),
    *FORBIDDING,
)
# Whom a command may speak of without being about anything less than all code.
_ANYONE = phrase(r"(?:all |our |new |the |any )*(?:code|we|you|nobody|tests?|\w+ tests?)\b.*")
# "Never `sorted()` the names" speaks of the names alone.
_DONE_TO = re.compile(
    r"\s+(?:the|an?|its|your|their|any|all|each|every|these|those|this|that) [\w`-]+", re.IGNORECASE
)
_NO = phrase(rf"\bno {FILL}$")
_ABSENT = "The lesson may only tell that there is none: enable it if there must be none."
_MORE = phrase(rf"\s*(?:,|/|,?\s*(?:or|nor|and))\s*(?:or )?{_BAD}")
_INSTEAD = phrase(rf"\b{VERB} {FILL}{_GOOD}")
_WITHOUT = phrase(r"\s*(?:calls? )?without\b")


def prohibition(log: Log) -> Iterator[Proposal]:
    """Forms that a lesson forbids."""
    for source in coded(log, *COMMANDING, Role.WRONG):
        for spoken in _spoken(source):
            yield rule_of(source, spoken, "prohibition")


def _spoken(source: Source) -> Iterator[Spoken]:
    text = source.lesson.text
    for regex in _FORBIDDEN:
        told = [found for found in regex.finditer(text) if not tells_the_past(text, found)]
        for found, following in zip_longest(told, told[1:]):
            yield from _forms(text, found, following.start() if following else len(text))
        if told:
            return


def _forms(text: str, found: re.Match[str], stop: int) -> Iterator[Spoken]:
    """What one command forbids: the form that it governs, and those listed behind it.

    What takes their place is named before `stop`, where the next command begins.
    """
    matches = [found]
    while (more := _MORE.match(text, matches[-1].end())) is not None:
        matches.append(more)
    end = matches[-1].end()
    if _WITHOUT.match(text, end):
        return
    doubt = _doubt(text, found, end)
    instead = _INSTEAD.search(text, end, stop) or INSTEAD.search(text, end, stop)
    right = form_of(instead["good"], text[: instead.start("good") - 1]) if instead else None
    for match in matches:
        form = form_of(match["bad"], text[: match.start("bad") - 1])
        if form is not None and (right is None or right.condition != form.condition):
            named = instead["good"] if instead else ""
            is_bare = form.kind is FormKind.NAME and "." not in form.span
            told = doubt or (_ABSENT if is_bare and _is_no(found) else "")
            yield Spoken(form, end, right, named, told, start=found.start())


def _is_no(found: re.Match[str]) -> bool:
    """Whether it says no more than "no `X`", which may only tell that there is none."""
    return _NO.search(found.string[: found.start("bad") - 1]) is not None


def _doubt(text: str, found: re.Match[str], end: int) -> str:
    """Why a person must agree: the command speaks of something, or of when, that is not known."""
    limit = limit_behind(text, end) if found.re in FORBIDDING else ""
    subject = (found.groupdict().get("subject") or "").strip()
    thing = _DONE_TO.match(text, end)
    limit = limit or (thing[0].strip() if thing else "")
    if limit or (subject and not _ANYONE.fullmatch(subject)):
        return f"The lesson limits it: {limit or subject!r}. Enable it if that can be left out."
    return ""
