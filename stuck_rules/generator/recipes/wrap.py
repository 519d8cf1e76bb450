"""Wrap `X` in `Y`; `X` must run inside `Y`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.form import Form, FormKind
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.phrases import COMMANDING, FILL, START, phrase, span
from stuck_rules.generator.proposal import Proposal, Source, coded
from stuck_rules.generator.spoken import Spoken, rule_of
from stuck_rules.model.formula import All, Formula, NotInside, Pattern
from stuck_rules.model.lesson import Log
from stuck_rules.values import replace

_INNER, _OUTER = span("inner"), span("outer")
_WRAPS = (
    phrase(
        rf"""{START}(?:wrap|run|execute|put|call|enclose) (?:all |every |any )?
        (?P<kind>(?:[\w-]+ ){{0,3}}(?:such as|like|e\.g\.) )?{FILL}{_INNER}
        [^`.;]*?\b(?:in|inside|within|with) (?:an? |the )?{_OUTER}"""
    ),
    phrase(
        rf"""{_INNER}[^`.;]*?\bmust (?:always )?
        (?:run|be (?:run|called|wrapped|used|executed)|live|happen|stand)
        \s+(?:in|inside|within) (?:an? |the )?{_OUTER}"""
    ),
    phrase(
        rf"""{START}(?:never|do not|don['\u2019]?t|avoid) (?:us(?:e|ing)|call(?:ing)?|run(?:ning)?)
        \s+{FILL}{_INNER} outside (?:of )?(?:an? |the )?{_OUTER}"""
    ),
    phrase(
        rf"""{_INNER} (?:must|should|may) (?:not|never) be (?:run|called|used|executed)
        \s+outside (?:of )?(?:an? |the )?{_OUTER}"""
    ),
)
_SAMPLE = "The lesson names it as a sample: {!r}. Enable it if it is meant wherever it stands."
_TRY = re.compile(r"try(?:\s*/\s*except)?(?:\.\.\.except)?:?")


def wrap(log: Log) -> Iterator[Proposal]:
    """A call that must stand inside something."""
    for source in coded(log, *COMMANDING):
        spoken = _spoken(source)
        if spoken is not None:
            yield rule_of(source, spoken, "wrap")


def _spoken(source: Source) -> Spoken | None:
    text = source.lesson.text
    for regex in _WRAPS:
        found = regex.search(text)
        if found is None:
            continue
        inner = form_of(found["inner"])
        outer = _outer(found["outer"])
        if inner is None or outer is None or inner.kind not in (FormKind.CALL, FormKind.NAME):
            continue
        around, example = outer
        condition = All((inner.condition, *(NotInside(part) for part in around)))
        wrong = replace(
            inner, name=f"{inner.name}-outside-{found['outer'].strip('()')}", condition=condition
        )
        right = replace(inner, example=example.format(inner.example.strip()))
        kind = found.groupdict().get("kind") or ""
        doubt = _SAMPLE.format(kind.strip()) if kind else ""
        return Spoken(wrong, len(text), right, found["outer"], doubt, taken=found[0])
    return None


def _outer(span_text: str) -> tuple[tuple[Formula, ...], str] | None:
    """What may stand around, and code with a hole in which it does."""
    text = span_text.strip().rstrip(":")
    if _TRY.fullmatch(text):
        around: tuple[Formula, ...] = (
            Pattern("try:\n    ...\nexcept ...:\n    ...\n"),
            Pattern("try:\n    ...\nfinally:\n    ...\n"),
        )
        return around, "try:\n    {}\nexcept ValueError:\n    handle()\n"
    for keyword in ("async with ", "with "):
        if text.startswith(keyword):
            text = text.removeprefix(keyword)
    form: Form | None = form_of(text) or form_of(f"{text}()")
    if (
        form is None
        or form.kind not in (FormKind.CALL, FormKind.NAME)
        or not isinstance(form.condition, Pattern)
    ):
        return None
    pattern = form.condition.text
    value = form.example.strip().removeprefix("result = ")
    managed: tuple[Formula, ...] = (Pattern(f"with {pattern}:\n    ...\n"),)
    if text.rstrip("()").isidentifier():
        # What it wraps may also be what stands in its own body.
        name = text.rstrip("()")
        managed = (*managed, Pattern(f"def {name}(...):\n    ...\n"), Pattern(f"{name}(...)"))
    if form.kind is FormKind.CALL:
        return (*managed, Pattern(pattern)), f"with {value}:\n    {{}}\n"
    return managed, f"with {value}:\n    {{}}\n"
