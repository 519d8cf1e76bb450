"""WRONG and CORRECT code: what only the wrong form has, where the two are aligned."""

from __future__ import annotations

import ast
import re
import textwrap
from bisect import bisect
from collections.abc import Iterator, Sequence

from stuck_rules.fixes import apply_fixes
from stuck_rules.generator.differences import find_difference
from stuck_rules.generator.differences.difference import Difference
from stuck_rules.generator.proposal import Draft, Proposal, Source, code, propose
from stuck_rules.generator.readable import is_other_language
from stuck_rules.generator.scopes import path_in
from stuck_rules.generator.syntax import parse_code
from stuck_rules.generator.words import dashed
from stuck_rules.model.lesson import Entry, Log, Role
from stuck_rules.model.rule import TESTS, PathFilter, Severity
from stuck_rules.testing import run_example
from stuck_rules.values import dataclass, replace

_WRONG = (Role.WRONG, Role.SYMPTOM)
_RIGHT = (Role.CORRECT, Role.REMEDIATION)
_UNTOLD = "The code of a symptom and of its remedy; enable it if the first is always wrong."
_PLACE = re.compile(
    r"\b(?:at|in|inside|within|across|when|during|for|before|after)\s\S.*", re.IGNORECASE
)
# A label that says where the code stands, other than in a coroutine.
_WITHIN = re.compile(
    r"\b(?:in|inside|within) (?:an?|the|our)"
    r" (?!async|coroutine|query|string|message|log|loop|call)\w+",
    re.IGNORECASE,
)
_OF_TESTS = "The code is that of tests; enable it if it is wrong in all of them."
_HANDLER = re.compile(r"\s*(?:except|finally)\b")
_COMMON = "Much code calls this rightly: enable it if it is wrong wherever you use it."
# Lines from the end of one code to the next in its block, with a blank line and a comment between.
_GAP = 3
_NOTE = "Only the wrong code has this; enable it if that is what is wrong."


@dataclass(frozen=True, slots=True)
class _Pair:
    """Wrong code with the right code that stands nearest to it; whether the log calls them so."""

    wrong: Source
    right: Source
    bad: str
    good: str
    is_told: bool


def _pairs(entry: Entry) -> Iterator[_Pair]:
    """Each wrong code with the next right one, else with the one before.

    An entry that calls no code wrong may still show the code of its symptom and its remedy.
    """
    coded = [
        (Source(entry, lesson), _code(lesson.code[0].text))
        for lesson in entry.lessons
        if lesson.code
        and not is_other_language(lesson.code[0])
        and (
            lesson.role in (Role.WRONG, Role.CORRECT)
            or (lesson.role in (*_WRONG, *_RIGHT) and lesson.code[0].fenced)
        )
    ]
    parsed = [(source, text) for source, text in coded if text is not None]
    roles = {source.lesson.role for source, _ in parsed}
    wrong = next((role for role in _WRONG if role in roles), None)
    right = next((role for role in _RIGHT if role in roles), None)
    rights = [place for place, (source, _) in enumerate(parsed) if source.lesson.role is right]
    for place, (source, bad) in enumerate(parsed):
        if source.lesson.role is wrong and rights:
            nearest = _nearest([source for source, _ in parsed], place, rights)
            is_told = wrong is Role.WRONG and right is Role.CORRECT
            yield _Pair(source, parsed[nearest][0], bad, parsed[nearest][1], is_told)


def _nearest(coded: Sequence[Source], place: int, rights: Sequence[int]) -> int:
    """The right code that wrong code belongs to: the next, but where pairs begin with the right.

    Then it is the one just before, in the same block of code.
    """
    first = place
    while first and _is_next_line(coded[first - 1], coded[first]):
        first -= 1
    if first != place and first in rights and place - 1 in rights:
        return place - 1
    return rights[min(bisect(rights, place), len(rights) - 1)]


def _is_next_line(above: Source, below: Source) -> bool:
    """Whether no more than a blank line stands between the code of two lessons."""
    return below.lesson.code[0].lines[0] - above.lesson.code[0].lines[1] <= _GAP


def _code(text: str) -> str | None:
    """Code that parses, also as the inside of a function; None for anything else."""
    text = textwrap.dedent(text).strip("\n")
    if _HANDLER.match(text):
        text = f"try:\n    run()\n{text}"
    for shown in (text, f"async def sample():\n{textwrap.indent(text, '    ')}"):
        tree = parse_code(shown)
        if tree is not None and tree.body:
            return shown + "\n"
    return None


def _draft(pair: _Pair, difference: Difference) -> Draft:
    doubt = None if pair.is_told else _UNTOLD
    limit = _PLACE.search(pair.wrong.entry.title) if difference.is_known else None
    if limit is not None:
        doubt = f"The entry limits it: {limit[0]!r}. Enable it if that can be left out."
    doubt = doubt or (_COMMON if difference.is_common else None)
    said = pair.wrong.lesson.text.replace("`", "")
    where = _WITHIN.search(said)
    if where is not None:
        doubt = doubt or f"The label limits it: {where[0]!r}. Enable it if that can be left out."
    paths = PathFilter(TESTS) if _is_test(pair.bad) else PathFilter()
    path = path_in(paths.include)
    doubt = doubt or (_OF_TESTS if path else None)
    return Draft(
        id=dashed(difference.name) or "wrong-form",
        message=f"{difference.message} ({pair.wrong.entry.title}: {said})"[:240],
        condition=difference.condition,
        severity=Severity.WARNING,
        note=doubt if difference.aligned else _NOTE,
        paths=paths,
        bad=code(pair.bad, path=path),
        good=code(pair.good, path=path),
    )


def _is_test(text: str) -> bool:
    """Whether code shows a test: what is wrong there may be right in all other code."""
    tree = parse_code(text)
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    tops = [node for node in tree.body if isinstance(node, functions)] if tree else []
    return bool(tops) and all(node.name.startswith("test_") for node in tops)


def _with_fix(pair: _Pair, difference: Difference) -> Proposal:
    """The rule, with a fix where that turns the wrong code into the right code."""
    plain = _draft(pair, difference)
    proposal = propose(plain, "code-pair", pair.wrong, pair.right)
    if difference.fix is None:
        return proposal
    rule = replace(proposal.rule, fix=difference.fix)
    result = run_example(rule, plain.bad[0])
    fixed = apply_fixes(pair.bad, (v.fix for v in result.violations if v.fix is not None))
    if fixed == pair.bad or not _are_alike(fixed, pair.good):
        return proposal
    drafted = replace(
        plain, fix=difference.fix, fixed=code(fixed, path=path_in(plain.paths.include))
    )
    return propose(drafted, "code-pair", pair.wrong, pair.right)


def _are_alike(first: str, second: str) -> bool:
    trees = parse_code(first), parse_code(second)
    return None not in trees and len({ast.dump(tree) for tree in trees if tree is not None}) == 1


def code_pair(log: Log) -> Iterator[Proposal]:
    """A wrong form learnt from code alone."""
    for entry in log.entries:
        for pair in _pairs(entry):
            difference = find_difference(pair.bad, pair.good)
            if difference is not None:
                yield _with_fix(pair, difference)
