"""Never, do not, avoid `X`; `X` is forbidden."""

from __future__ import annotations

from collections.abc import Iterator

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
from stuck_rules.generator.proposal import Proposal, Source, sources
from stuck_rules.generator.spoken import Spoken, rule_of
from stuck_rules.model.lesson import Log, Role

_NOT = (
    r"(?:never|do not|don['\u2019]?t|avoid|stop|must not|mustn['\u2019]t|should not"
    r"|shouldn['\u2019]t|no|forbidden:|banned:|prohibited:)"
)
_ACT = (
    r"(?:(?:ever )?(?:us(?:e|ing)|call(?:ing)?|import(?:ing)?|catch(?:ing)?|leav(?:e|ing)"
    r"|sett?(?:ing)?|writ(?:e|ing)|pass(?:ing)?|return(?:ing)?|rais(?:e|ing)|rely(?:ing)? on|do"
    r"|invok(?:e|ing)|instantiat(?:e|ing)|add(?:ing)?|compar(?:e|ing) with"
    r"|read(?:ing)?(?: from)?) )?"
)
_BAD, _GOOD = span("bad"), span("good")
_FORBIDDEN = (
    phrase(rf"{START}{_NOT} {_ACT}{FILL}{_BAD}"),
    phrase(
        rf"""^[A-Z][a-z]+\b[^`.;:]*\binstead of (?:using|calling|importing|catching|writing|bare)
        \s+{FILL}{_BAD}"""
    ),
    phrase(
        rf"""^{FILL}{_BAD} (?:calls? )?(?:is|are) (?:forbidden|banned|prohibited|not allowed
        |disallowed)"""
    ),
    phrase(
        rf"""^{FILL}{_BAD} (?:must|should|may) (?:not|never) be (?:used|called|imported|caught
        |passed|raised)"""
    ),
)
_MORE = phrase(rf"\s*(?:,|/|,?\s*(?:or|nor|and))\s*(?:or )?{_BAD}")
_INSTEAD = phrase(rf"\b{VERB} {FILL}{_GOOD}")
_WITHOUT = phrase(r"\s*(?:calls? )?without\b")


def prohibition(log: Log) -> Iterator[Proposal]:
    """Forms that a lesson forbids."""
    for source in sources(log, *COMMANDING, Role.WRONG):
        for spoken in _spoken(source):
            yield rule_of(source, spoken, "prohibition")


def _spoken(source: Source) -> Iterator[Spoken]:
    text = source.lesson.text
    for regex in _FORBIDDEN:
        found = regex.search(text)
        if found is None or tells_the_past(text, found):
            continue
        matches = [found]
        while (more := _MORE.match(text, matches[-1].end())) is not None:
            matches.append(more)
        end = matches[-1].end()
        if _WITHOUT.match(text, end):
            return
        instead = _INSTEAD.search(text, end)
        right = form_of(instead["good"], text[: instead.start("good") - 1]) if instead else None
        for match in matches:
            form = form_of(match["bad"], text[: match.start("bad") - 1])
            if form is not None and (right is None or right.condition != form.condition):
                yield Spoken(form, end, right, instead["good"] if instead else "")
        return
