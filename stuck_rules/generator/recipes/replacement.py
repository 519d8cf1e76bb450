"""Use `A` instead of `B`; `A`, not `B`; replace `B` with `A`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.form import FormKind
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.phrases import (
    COMMANDING,
    FILL,
    INSTEAD,
    NOUN,
    START,
    VERB,
    limits,
    phrase,
    span,
    tells_the_past,
)
from stuck_rules.generator.proposal import Proposal, Source, sources
from stuck_rules.generator.samples import camel_form
from stuck_rules.generator.spoken import Spoken, doubted, rule_of
from stuck_rules.model.lesson import Log, Role

_GOOD, _BAD = span("good"), span("bad")
_FORWARD = (
    phrase(rf"{START}{VERB} {FILL}{_GOOD}{NOUN}\s*[,(]?\s*{INSTEAD} {FILL}{_BAD}"),
    phrase(
        rf"""{START}{VERB} {FILL}{_GOOD}{NOUN}\s*(?:[,(;]|\s[\u2014\u2013-])\s*
        (?:and )?(?:not|never) {FILL}{_BAD}"""
    ),
    phrase(rf"{START}instead of {FILL}{_BAD}{NOUN}\s*,?\s*{VERB} {FILL}{_GOOD}"),
    phrase(
        rf"""{START}(?:replace|change|migrate|convert) (?:all |every )?{FILL}{_BAD}{NOUN}
        \s+(?:with|by|to|into) {FILL}{_GOOD}"""
    ),
    phrase(rf"^{_GOOD}\s*,\s*(?:not|never) {_BAD}(?P<between>)"),
)
_INVERTED = phrase(
    rf"""(?:^|\b(?:us(?:ing|ed)|call(?:ing|ed)|return(?:ing|ed)|pass(?:ing|ed)|import(?:ing|ed)
    |wrote|writing) ){FILL}{_BAD}{NOUN} {INSTEAD} {FILL}{_GOOD}"""
)
_DESCRIBING = (Role.ROOT_CAUSE, Role.WRONG, Role.SYMPTOM)


def replacement(log: Log) -> Iterator[Proposal]:
    """A wrong form and the form that a lesson puts in its place."""
    told: dict[tuple[str, str], Source] = {}
    for source in sources(log, *COMMANDING):
        spoken = _spoken(source, _FORWARD)
        if spoken is not None:
            told[spoken.wrong.span, spoken.right_text] = source
            yield rule_of(source, spoken, "replacement")
    for source in sources(log, *_DESCRIBING):
        spoken = _spoken(source, (_INVERTED,))
        if spoken is None:
            continue
        agreeing = told.get((spoken.wrong.span, spoken.right_text))
        doubt = "" if agreeing else "Only a description says so: enable it if your team agrees."
        yield rule_of(source, doubted(spoken, doubt), "replacement")


def _spoken(source: Source, regexes: tuple[re.Pattern[str], ...]) -> Spoken | None:
    text = source.lesson.text
    for regex in regexes:
        found = regex.search(text)
        if found is None or (regex is not _INVERTED and tells_the_past(text, found)):
            continue
        bad = form_of(found["bad"], text[: found.start("bad") - 1])
        good = form_of(found["good"], text[: found.start("good") - 1])
        if bad is None and good is not None and good.kind is FormKind.NAME:
            bad = camel_form(found["bad"])
        if bad is not None and (good is None or good.condition != bad.condition):
            limit = found["between"].strip()
            doubt = f"The lesson limits it: {limit!r}." if limits(limit) else ""
            return Spoken(bad, found.end(), good, found["good"], doubt)
    return None
