"""Always pass `k=` to `f()`; never call `f()` without `k=`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.form import Form, FormKind
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.phrases import COMMANDING, FILL, START, limit_after, phrase, span
from stuck_rules.generator.proposal import Proposal, Source, coded
from stuck_rules.generator.spoken import Spoken, rule_of
from stuck_rules.generator.tongues import DEMANDING
from stuck_rules.model.formula import All, Not, Pattern
from stuck_rules.model.lesson import Log
from stuck_rules.values import replace

_CALL, _KEYWORD = span("call"), span("keyword")
_DEMANDS = (
    phrase(
        rf"""{START}(?:pass|set|add|give|specify|include|provide|use) (?:an? |the |explicit )*
        {_KEYWORD}(?:[^`.;]*?\b(?:to|in|on|for|with|of)|[^`.;]*?\bwhen (?:calling|using)) {FILL}
        (?:every |all |each |any )?{_CALL}"""
    ),
    phrase(
        rf"""{_CALL}[^`.;]*?\b(?:must|needs?|requires?|should|has to|always)\b
        (?: (?:always|include|have|get|pass|set|use|be called with|be given|explicit|an?|the
        |specify|contain))* {_KEYWORD}"""
    ),
    phrase(
        rf"""{_CALL} (?:calls? )?without (?:an? |the |explicit |setting |passing )*{_KEYWORD}
        (?:[^`.;]*?)(?:is|are) (?:forbidden|banned|prohibited|not allowed|wrong|a bug)"""
    ),
    *DEMANDING,
    phrase(
        rf"""{START}(?:never|don['\u2019]?t|do not|avoid) (?:ever )?
        (?:us(?:e|ing) |call(?:ing)? |open(?:ing)? )?{FILL}{_CALL}[^`.;]*?
        \bwithout (?:an? |the |explicit |setting |passing )*{_KEYWORD}"""
    ),
)
_ON_LIBRARY = phrase(
    rf"""{START}(?:pass|set|add|give|specify|include|provide|use) (?:an? |the |explicit )*
    {_KEYWORD}[^`.;]*?\b(?:to|in|on|for|with|of) (?:all |every )?(?P<library>[a-z]\w+)\b"""
)
_EXPLICIT = re.compile(r"\bexplicit\s+$", re.IGNORECASE)
_NOUN = re.compile(r"\s+(?:parameter|keyword|kwarg|argument|option)s?\b", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:when|whenever|if|unless|where|wherever|only|except|for|once)\b", re.IGNORECASE
)
# "Every admin `render()` call" speaks of some calls alone.
_KIND = re.compile(
    r"\b(?:every|each|all|any) (?!(?:call|calls|use|uses|new|single|python)\b)[\w-]+\s+$",
    re.IGNORECASE,
)
_LEAVE = "Enable it if that can be left out."
_NAME = re.compile(r"(?P<name>[a-z_]\w*)\s*=?(?:\s*\S.*)?")


def required_keyword(log: Log) -> Iterator[Proposal]:
    """A keyword argument that a call must have."""
    for source in coded(log, *COMMANDING):
        spoken = _spoken(source)
        if spoken is not None:
            yield rule_of(source, spoken, "required-keyword")


def _spoken(source: Source) -> Spoken | None:
    text = source.lesson.text
    for regex in _DEMANDS:
        found = regex.search(text)
        keyword = _keyword(found) if found is not None else None
        if found is not None and keyword is not None:
            missing = keyword_missing(found["call"], keyword, found["keyword"], _end(text, found))
            if missing is None:
                return None
            kind = _KIND.search(text[: found.start("call") - 1])
            doubt = f"The lesson limits it: {kind[0].strip()!r}. " + _LEAVE if kind else ""
            return replace(missing, start=found.start(), doubt=doubt)
    return _of_library(source)


def _end(text: str, found: re.Match[str]) -> int:
    """Where the demand ends, if what follows says when it holds; a reason belongs to it."""
    is_limited = _WHEN.match(limit_after(text, found.end())) is not None
    return found.end() if is_limited else len(text)


def _of_library(source: Source) -> Spoken | None:
    """A demand on "requests" or another library in words: on what the entry's code calls of it."""
    found = _ON_LIBRARY.search(source.lesson.text)
    keyword = _keyword(found) if found is not None else None
    if found is None or keyword is None:
        return None
    library = found["library"]
    texts = "\n".join(code.text for le in source.entry.lessons for code in le.code)
    called = re.findall(rf"\b{library}\.[a-z_]+(?=\()", texts)
    if not called:
        return None
    return keyword_missing(f"{called[0]}()", keyword, found["keyword"], len(source.lesson.text))


def keyword_missing(called: str, keyword: str, told: str, end: int) -> Spoken | None:
    """A call without a keyword argument that it needs; None where the span is no call."""
    call = _call(called)
    if call is None or not isinstance(call.condition, Pattern):
        return None
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
    return Spoken(wrong, end, right, told)


def _call(span_text: str) -> Form | None:
    form = form_of(span_text)
    if form is None:
        return None
    if form.kind is FormKind.NAME and isinstance(form.condition, Pattern):
        return form_of(f"{span_text}()")
    return form if form.kind is FormKind.CALL else None


def _keyword(found: re.Match[str]) -> str | None:
    """The name of a keyword argument: `k=`, `k=v`, or a name that is told to be one."""
    told = found["keyword"].strip()
    name = _NAME.fullmatch(told)
    if name is None:
        return None
    before = found.string[: found.start("keyword") - 1]
    after = found.string[found.end("keyword") + 1 :]
    is_told = "=" in told or _EXPLICIT.search(before) or _NOUN.match(after)
    return name["name"] if is_told else None
