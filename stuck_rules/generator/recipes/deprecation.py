"""`X` does not exist, is deprecated, was removed, was renamed to `Y`."""

from __future__ import annotations

from collections.abc import Iterator

from stuck_rules.generator.forms import form_of
from stuck_rules.generator.phrases import COMMANDING, FILL, NOT, VERB, phrase, span
from stuck_rules.generator.proposal import Proposal, Source, coded
from stuck_rules.generator.spoken import Spoken, rule_of
from stuck_rules.model.lesson import Log, Role

_BAD, _GOOD = span("bad"), span("good")
_GONE = (
    phrase(
        rf"""{_BAD} (?:method |function |class |attribute )?(?:does{NOT} exist|no longer exists
        |is deprecated|has been (?:removed|deprecated)|is gone|(?:was|is) removed\b)"""
    ),
    phrase(rf"{_BAD} (?:(?:was|is|has been|got) )?(?:renamed|moved) to {FILL}{_GOOD}"),
    phrase(rf"\b(?:deprecated|non-?existent|removed|obsolete) {FILL}{_BAD}"),
)
_INSTEAD = phrase(rf"\b{VERB} {FILL}{_GOOD}|\breplaced by {FILL}`(?P<other>[^`]+)`")
_DOUBT = "The lesson says that it is gone, not since when: enable it if it is gone everywhere."


def deprecation(log: Log) -> Iterator[Proposal]:
    """Names that are no longer there."""
    for source in coded(log, *COMMANDING, Role.ROOT_CAUSE, Role.SYMPTOM, Role.WRONG):
        spoken = _spoken(source)
        if spoken is not None:
            yield rule_of(source, spoken, "deprecation")


def _spoken(source: Source) -> Spoken | None:
    text = source.lesson.text
    for regex in _GONE:
        found = regex.search(text)
        if found is None:
            continue
        form = form_of(found["bad"], text[: found.start("bad") - 1])
        if form is None:
            continue
        name = found.groupdict().get("good")
        instead = _INSTEAD.search(text, found.end())
        if name is None and instead is not None:
            name = instead["good"] or instead["other"]
        right = form_of(name) if name else None
        if right is not None and right.condition == form.condition:
            continue
        return Spoken(form, len(text), right, name or "", _DOUBT)
    return None
