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
from stuck_rules.generator.samples import camel_form, is_old_type
from stuck_rules.generator.spoken import Spoken, doubted, rule_of
from stuck_rules.generator.tongues import REPLACING, limit_behind
from stuck_rules.model.formula import Pattern
from stuck_rules.model.lesson import Lesson, Log, Polarity, Role
from stuck_rules.values import replace

_GOOD, _BAD = span("good"), span("bad")
# More right forms than one, as in "`a`, `b` and `c` over ...".
_GOODS = rf"{_GOOD}(?:(?:\s*,\s*(?:and |or )?|\s*/\s*| and | or )`[^`]+`){{0,8}}"
_PREPOSITION = r"(?:(?:with|by|through|from|via|in|on|as) )?"
_FREE = r"(?<![`\w])"
_SOFT = phrase(rf"{START}prefer\b")
_FORWARD = (
    phrase(rf"{START}{VERB} {FILL}{_GOODS}{NOUN}\s*[,(]?\s*{INSTEAD} {FILL}{_BAD}"),
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
        rf"""{_FREE}{_GOOD}(?:\s*,\s*(?:and )?| )(?:not|never) {_PREPOSITION}{FILL}{_BAD}
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
# What follows a form that is right in its turn: "`a` not `b`, `c` not `d`".
_OPPOSED = phrase(rf"\s*,?\s*(?:and )?(?:not|never|{INSTEAD})\b")
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
        for each in (form for one in spoken or _pointed(source) for form in _listed(source, one)):
            told[each.wrong.span, each.right_text] = source
            yield rule_of(source, each, "replacement")
    for source in coded(log, *_DESCRIBING):
        for each in _spoken(source, (_INVERTED,))[:1]:
            agreeing = told.get((each.wrong.span, each.right_text))
            doubt = "" if agreeing else "Only a description says so: enable it if your team agrees."
            yield rule_of(source, doubted(each, doubt), "replacement")


def _spoken(source: Source, regexes: tuple[re.Pattern[str], ...]) -> list[Spoken]:
    """What the first expression that fits tells, maybe often: `a` not `b`, `c` not `d`."""
    for regex in regexes:
        told = [_told(source.lesson.text, found) for found in regex.finditer(source.lesson.text)]
        if told and told[0] is not None:
            return [spoken for spoken in told if spoken is not None]
    return []


def _told(text: str, found: re.Match[str]) -> Spoken | None:
    if found.re is not _INVERTED and tells_the_past(text, found):
        return None
    bad = form_of(found["bad"], text[: found.start("bad") - 1])
    good = form_of(found["good"], text[: found.start("good") - 1])
    if bad is None and good is not None and good.kind is FormKind.NAME:
        bad = camel_form(found["bad"])
    if bad is None or (good is not None and good.condition == bad.condition):
        return None
    wrong, doubt = _exact(bad, found["good"]), _doubt(found, bad)
    return Spoken(wrong, found.end(), good, found["good"], doubt, start=found.start())


def _listed(source: Source, spoken: Spoken) -> Iterator[Spoken]:
    """The wrong form and those that the sentence lists behind it: `List`, `Dict` and `Set`."""
    text = source.lesson.text
    forms, end = [spoken.wrong], spoken.end
    while (more := _MORE.match(text, end)) is not None and not _OPPOSED.match(text, more.end()):
        form, end = form_of(more["bad"], text[: more.start("bad") - 1]), more.end()
        if form is not None:
            forms.append(form)
    yield from (replace(spoken, wrong=form, end=end) for form in forms)


def _stated(source: Source) -> list[Spoken]:
    """Replacements that are told without a command: both forms are code, and nothing is past."""
    if source.lesson.polarity is Polarity.DONT:
        return []
    return [spoken for spoken in _spoken(source, _STATED) if _is_stated(source.lesson, spoken)]


def _is_stated(lesson: Lesson, spoken: Spoken) -> bool:
    if spoken.right is None and not _is_type(spoken.right_text):
        return False
    before = lesson.text.partition(f"`{spoken.right_text}`")[0]
    is_neutral = lesson.polarity is Polarity.NEUTRAL and not is_old_type(spoken.wrong)
    return not (is_neutral and not _HABIT.search(before)) and not _DONE.search(before)


def _pointed(source: Source) -> list[Spoken]:
    """An item that is an arrow between two forms of one kind."""
    alike = (s for s in _spoken(source, (_ARROW,)) if s.right and s.right.kind is s.wrong.kind)
    return [doubted(spoken, _POINTED) for spoken in alike]


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
    is_soft = is_soft and not is_old_type(bad)
    return "The lesson prefers one name to another. Enable it if the other is wrong." * is_soft


def _exact(bad: Form, good: str) -> Form:
    """`dict()` where `{}` takes its place: what has no arguments replaces no call with some."""
    is_empty = good.strip() in {"{}", "[]", "()", "set()", '""', "''"}
    if not is_empty or not bad.span.endswith("()"):
        return bad
    return replace(bad, condition=Pattern(bad.span), example=f"result = {bad.span}\n")
