"""A table's row with the wrong form in one cell and the right form in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from stuck_rules.generator.differences import find_difference
from stuck_rules.generator.form import Form
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.phrases import phrase, span
from stuck_rules.generator.proposal import Proposal, Source
from stuck_rules.generator.recipes.required_keyword import keyword_missing
from stuck_rules.generator.spoken import Spoken, rule_of
from stuck_rules.generator.syntax import parse_code
from stuck_rules.model.formula import All, Formula, Inside
from stuck_rules.model.lesson import Entry, Lesson, Log, Role
from stuck_rules.values import replace

_WRONG = frozenset({Role.WRONG, Role.SYMPTOM})
_RIGHT = frozenset({Role.CORRECT, Role.PREVENTION, Role.REMEDIATION})
_BAD = span("bad")
# A cell tells a form: perhaps a verb in front, and little behind.
_CELL = phrase(
    rf"""(?:(?:never|don['\u2019]?t|do not|avoid) )?
    (?:(?:[A-Z]?[a-z]+ing|use|call)(?: (?:with|the|an?|to))* )?{_BAD}"""
)
_WITHOUT = phrase(rf"\s*(?:called )?without (?:an? |the |explicit )*{span('keyword')}")
_DOUBT = (
    "One cell of a table has it, another what is right: enable it if the first is always wrong."
)


def table_pair(log: Log) -> Iterator[Proposal]:
    """What one cell calls wrong, where another cell of the row has the right form."""
    for entry in log.entries:
        for wrong, right in _rows(entry):
            spoken = _spoken(wrong.text, right.text)
            if spoken is not None:
                yield rule_of(Source(entry, wrong), spoken, "table-pair", Source(entry, right))


def _rows(entry: Entry) -> Iterator[tuple[Lesson, Lesson]]:
    """The cells of one line that stand under a wrong and a right column."""
    inline = (le for le in entry.lessons if not any(code.fenced for code in le.code))
    for _, lessons in groupby(inline, key=lambda lesson: lesson.lines):
        cells = list(lessons)
        wrong = [le for le in cells if le.role is Role.WRONG]
        wrong = wrong or [le for le in cells if le.role in _WRONG]
        right = [le for le in cells if le.role in _RIGHT]
        if len(wrong) == 1 and len(right) == 1:
            yield wrong[0], right[0]


def _spoken(wrong: str, right: str) -> Spoken | None:
    bad, good = _CELL.match(wrong), _CELL.match(right)
    if bad is None or good is None:
        return None
    without = _WITHOUT.match(wrong, bad.end())
    if without is not None:
        return _missing(bad, good, without)
    form, instead = form_of(bad["bad"]), form_of(good["bad"])
    if form is None or (instead is not None and instead.condition == form.condition):
        return None
    aligned = _aligned(form, bad["bad"], good["bad"])
    doubt = "" if aligned is not None else _DOUBT
    return Spoken(aligned or form, bad.end(), instead, good["bad"], doubt)


def _missing(bad: re.Match[str], good: re.Match[str], without: re.Match[str]) -> Spoken | None:
    name = without["keyword"].strip().rstrip("=")
    if not name.isidentifier() or not re.search(rf"\b{name}\s*=", good["bad"]):
        return None
    return keyword_missing(bad["bad"], name, good["bad"], without.end())


def _aligned(form: Form, bad: str, good: str) -> Form | None:
    """The form as the difference of the two cells tells it, where that is of a known kind."""
    shown = [_code(text) for text in (bad, good)]
    if shown[0] is None or shown[1] is None:
        return None
    found = find_difference(shown[0], shown[1])
    if found is None or not found.aligned:
        return None
    return replace(form, condition=_plain(found.condition))


def _code(text: str) -> str | None:
    """A cell's code as a statement that can be compared with another's."""
    if text.startswith(("==", "!=", "is ")):
        text = f"value {text}"
    shown = f"async def sample():\n    {text}\n" if text.startswith("await ") else f"{text}\n"
    return shown if parse_code(shown) is not None else None


def _plain(condition: Formula) -> Formula:
    """The condition without the coroutine around, which only the cell's words could ask for."""
    if isinstance(condition, All) and len(condition.parts) == 2:
        first, second = condition.parts
        return first if isinstance(second, Inside) else condition
    return condition
