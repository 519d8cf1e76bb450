"""Always pass `k=` to `f()`; never call `f()` without `k=`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.form import Form, FormKind
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.phrases import COMMANDING, FILL, START, phrase, span
from stuck_rules.generator.proposal import Proposal, Source, sources
from stuck_rules.generator.spoken import Spoken, rule_of
from stuck_rules.model.formula import All, Not, Pattern
from stuck_rules.model.lesson import Log
from stuck_rules.values import replace

_CALL, _KEYWORD = span("call"), span("keyword")
_DEMANDS = (
    phrase(
        rf"""{START}(?:pass|set|add|give|specify|include|provide|use) (?:an? |the |explicit )*
        {_KEYWORD}[^`.;]*?\b(?:to|in|on|for|when calling|with|of) {FILL}
        (?:every |all |each |any )?{_CALL}"""
    ),
    phrase(
        rf"""{_CALL}[^`.;]*?\b(?:must|needs?|requires?|should|has to|always)\b
        (?: (?:always|include|have|get|pass|set|use|be called with|be given|explicit|an?|the
        |specify|contain))* {_KEYWORD}"""
    ),
    phrase(
        rf"""{START}(?:never|don['\u2019]?t|do not|avoid) (?:ever )?
        (?:us(?:e|ing) |call(?:ing)? |open(?:ing)? )?{FILL}{_CALL}[^`.;]*?
        \bwithout (?:an? |the |explicit |setting |passing )*{_KEYWORD}"""
    ),
)
_NAME = re.compile(r"(?P<name>[a-z_]\w*)\s*=?(?:\s*\S.*)?")


def required_keyword(log: Log) -> Iterator[Proposal]:
    """A keyword argument that a call must have."""
    for source in sources(log, *COMMANDING):
        spoken = _spoken(source)
        if spoken is not None:
            yield rule_of(source, spoken, "required-keyword")


def _spoken(source: Source) -> Spoken | None:
    text = source.lesson.text
    for regex in _DEMANDS:
        found = regex.search(text)
        if found is None:
            continue
        call, keyword = _call(found["call"]), _keyword(found["keyword"])
        if call is None or keyword is None or not isinstance(call.condition, Pattern):
            continue
        callee = call.condition.text.partition("(")[0]
        condition = All(
            (
                Pattern(f"{callee}(...)"),
                Not(Pattern(f"{callee}(..., {keyword}=$VALUE, ...)")),
                Not(Pattern(f"{callee}(..., **$OPTIONS)")),
            )
        )
        wrong = replace(call, name=f"{call.name}-without-{keyword}", condition=condition)
        shown = call.example.rstrip("\n").removesuffix(")")
        right = replace(call, example=f"{shown}, {keyword}=given)\n")
        return Spoken(wrong, len(text), right, found["keyword"])
    return None


def _call(span_text: str) -> Form | None:
    form = form_of(span_text)
    if form is None:
        return None
    if form.kind is FormKind.NAME and isinstance(form.condition, Pattern):
        return form_of(f"{span_text}()")
    return form if form.kind is FormKind.CALL else None


def _keyword(span_text: str) -> str | None:
    """The name of a keyword argument, where the span is one: `k=`, `k=v`; not a bare name."""
    found = _NAME.fullmatch(span_text.strip())
    return found["name"] if found and "=" in span_text else None
