"""Use `A` instead of `B`; `A`, not `B`; replace `B` with `A`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.form import Form, FormKind
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
from stuck_rules.generator.proposal import Proposal, Source, coded
from stuck_rules.generator.samples import camel_form
from stuck_rules.generator.spoken import Spoken, doubted, rule_of
from stuck_rules.generator.tongues import REPLACING, limit_behind
from stuck_rules.model.formula import Pattern
from stuck_rules.model.lesson import Log, Polarity, Role
from stuck_rules.values import replace

_GOOD, _BAD = span("good"), span("bad")
_PREPOSITION = r"(?:(?:with|by|through|from|via|in|on|as) )?"
_FREE = r"(?<![`\w])"
_SOFT = phrase(rf"{START}prefer\b")
_FORWARD = (
    phrase(rf"{START}{VERB} {FILL}{_GOOD}{NOUN}\s*[,(]?\s*{INSTEAD} {FILL}{_BAD}"),
    phrase(
        rf"""{START}{VERB} {FILL}{_GOOD}{NOUN}\s*(?:[,(;]|\s[\u2014\u2013-]|(?= not))\s*
        (?:and )?(?:not|never) {_PREPOSITION}{FILL}{_BAD}"""
    ),
    phrase(rf"{START}instead of {FILL}{_BAD}{NOUN}\s*,?\s*{VERB} {FILL}{_GOOD}"),
    phrase(
        rf"""{START}(?:replace|change|migrate|convert|swap) (?:from )?{FILL}{_BAD}{NOUN}
        \s+(?:with|by|to|into|for) {FILL}{_GOOD}"""
    ),
    phrase(rf"^{_GOOD}\s*,\s*(?:not|never) {_BAD}(?P<between>)"),
)
# Without a command in front; then both must be Python, and the role of the lesson says the rest.
_STATED = (
    phrase(
        rf"""{_FREE}{_GOOD}\s*,\s*(?:and )?(?:not|never) {_PREPOSITION}{FILL}{_BAD}
        (?P<between>)"""
    ),
    phrase(rf"{_FREE}{_GOOD}\s*,?\s*(?:instead of|rather than) {FILL}{_BAD}(?P<between>)"),
)
# What is so always, where a mere statement may tell what code does: "returns `A`, not `B`".
_HABIT = re.compile(
    r"\b(?:(?:goes?|comes?|gets?|runs?|is done|are made) (?:[\w-]+ ){0,4}"
    r"(?:through|from|via|with|by)|must (?:[\w-]+ ){1,4}|uses?|calls?)\s*$",
    re.IGNORECASE,
)
_MORE = phrase(rf"\s*(?:,|/|,?\s*(?:or|nor|and))\s*(?:or |and )?{_BAD}")
_DONE = re.compile(
    r"\b(?:\w+(?:ed|ing|en)|returns?|gives?|yields?|is|are|has|contains?|expects?|takes?|accepts?"
    r"|becomes?|means?)\s+(?:(?:the|an?|plain|bare)\s+)?$",
    re.IGNORECASE,
)
_ARROW = phrase(rf"^{_BAD}\s*(?:\u2192|->|=>|\u21d2)\s*{_GOOD}")
_POINTED = "The lesson has only an arrow: enable it if what stands before it is wrong."
_INVERTED = phrase(
    rf"""(?:^|\b(?:us(?:ing|ed)|call(?:ing|ed)|return(?:ing|ed)|pass(?:ing|ed)|import(?:ing|ed)
    |wrote|writing) ){FILL}{_BAD}{NOUN} {INSTEAD} {FILL}{_GOOD}"""
)
_DESCRIBING = (Role.ROOT_CAUSE, Role.WRONG, Role.SYMPTOM)


def replacement(log: Log) -> Iterator[Proposal]:
    """A wrong form and the form that a lesson puts in its place."""
    told: dict[tuple[str, str], Source] = {}
    for source in coded(log, *COMMANDING):
        spoken = _spoken(source, _FORWARD) or _stated(source) or _spoken(source, REPLACING)
        spoken = spoken or _pointed(source)
        for each in _listed(source, spoken) if spoken is not None else ():
            told[each.wrong.span, each.right_text] = source
            yield rule_of(source, each, "replacement")
    for source in coded(log, *_DESCRIBING):
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
            wrong, doubt = _exact(bad, found["good"]), _doubt(found, bad)
            return Spoken(wrong, found.end(), good, found["good"], doubt, start=found.start())
    return None


def _listed(source: Source, spoken: Spoken) -> Iterator[Spoken]:
    """The wrong form and those that the sentence lists behind it: `List`, `Dict` and `Set`."""
    text = source.lesson.text
    forms, end = [spoken.wrong], spoken.end
    while (more := _MORE.match(text, end)) is not None:
        form, end = form_of(more["bad"], text[: more.start("bad") - 1]), more.end()
        if form is not None:
            forms.append(form)
    yield from (replace(spoken, wrong=form, end=end) for form in forms)


def _stated(source: Source) -> Spoken | None:
    """A replacement that is told without a command: both forms are code, and nothing is past."""
    spoken = _spoken(source, _STATED) if source.lesson.polarity is not Polarity.DONT else None
    if spoken is None or (spoken.right is None and not _is_type(spoken.right_text)):
        return None
    before = source.lesson.text.partition(f"`{spoken.right_text}`")[0]
    if source.lesson.polarity is Polarity.NEUTRAL and not _HABIT.search(before):
        return None
    return None if _DONE.search(before) else spoken


def _pointed(source: Source) -> Spoken | None:
    """An item that is an arrow between two forms of one kind."""
    spoken = _spoken(source, (_ARROW,))
    if spoken is None or spoken.right is None or spoken.right.kind is not spoken.wrong.kind:
        return None
    return doubted(spoken, _POINTED)


def _is_type(text: str) -> bool:
    """Whether a span is a type of Python: `list`, `int | None`."""
    return re.fullmatch(r"[A-Za-z_][\w.\[\], ]*(?: \| [A-Za-z_][\w.\[\], ]*)*", text) is not None


def _doubt(found: re.Match[str], bad: Form) -> str:
    """Why a person must agree: the sentence says when, or prefers one name to another."""
    limit = (found.groupdict().get("between") or "").strip()
    if found.re in REPLACING:
        limit = limit_behind(found.string, found.end())
        return f"The lesson limits it: {limit!r}." if limit else ""
    if limits(limit):
        return f"The lesson limits it: {limit!r}."
    owners = {found[name].rpartition(".")[0] for name in ("good", "bad")}
    is_soft = _SOFT.match(found[0]) is not None and bad.kind is FormKind.NAME and len(owners) == 1
    return "The lesson prefers one name to another. Enable it if the other is wrong." * is_soft


def _exact(bad: Form, good: str) -> Form:
    """`dict()` where `{}` takes its place: what has no arguments replaces no call with some."""
    is_empty = good.strip() in {"{}", "[]", "()", "set()", '""', "''"}
    if not is_empty or not bad.span.endswith("()"):
        return bad
    return replace(bad, condition=Pattern(bad.span), example=f"result = {bad.span}\n")
