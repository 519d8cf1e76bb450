"""WRONG and CORRECT code: what only the wrong form has, where the two are aligned."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from stuck_rules.generator.differences import Difference, find_difference
from stuck_rules.generator.proposal import Draft, Proposal, Source, code, propose
from stuck_rules.generator.words import dashed
from stuck_rules.model.lesson import Entry, Log, Role
from stuck_rules.model.rule import Severity

_NOTE = "Only the wrong code has this; enable it if that is what is wrong."


@dataclass(frozen=True, slots=True)
class _Pair:
    """Wrong code with the right code that stands nearest to it."""

    wrong: Source
    right: Source
    bad: str
    good: str


def code_pair(log: Log) -> Iterator[Proposal]:
    """A wrong form learnt from code alone."""
    for entry in log.entries:
        for pair in _pairs(entry):
            difference = find_difference(pair.bad, pair.good)
            if difference is not None:
                yield propose(_draft(pair, difference), "code-pair", pair.wrong, pair.right)


def _pairs(entry: Entry) -> Iterator[_Pair]:
    """Each wrong code with the next right one, else with the one before."""
    coded = [
        (Source(entry, lesson), _code(lesson.code[0].text))
        for lesson in entry.lessons
        if lesson.role in (Role.WRONG, Role.CORRECT) and lesson.code
    ]
    for place, (source, text) in enumerate(coded):
        if source.lesson.role is not Role.WRONG or text is None:
            continue
        others = [*coded[place + 1 :], *reversed(coded[:place])]
        right = next(
            ((s, t) for s, t in others if s.lesson.role is Role.CORRECT and t is not None), None
        )
        if right is not None and right[1] is not None:
            yield _Pair(source, right[0], text, right[1])


def _code(text: str) -> str | None:
    """Code that parses, also as the inside of a function; None for anything else."""
    text = textwrap.dedent(text).strip("\n")
    for shown in (text, f"async def sample():\n{textwrap.indent(text, '    ')}"):
        try:
            tree = ast.parse(shown)
        except (SyntaxError, ValueError, RecursionError):
            continue
        if tree.body:
            return shown + "\n"
    return None


def _draft(pair: _Pair, difference: Difference) -> Draft:
    said = pair.wrong.lesson.text.replace("`", "")
    return Draft(
        id=dashed(difference.name) or "wrong-form",
        message=f"{difference.message} ({pair.wrong.entry.title}: {said})"[:240],
        condition=difference.condition,
        severity=Severity.WARNING,
        note=None if difference.aligned else _NOTE,
        bad=code(pair.bad),
        good=code(pair.good),
    )
