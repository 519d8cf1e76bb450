"""What of a pattern the code has where the whole of it does not match.

The pattern is relaxed step by step and matched again, so that the matcher itself carries
nothing for it.
"""

from __future__ import annotations

from enum import IntEnum

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.errors import PatternError
from stuck_rules.model.formula import Formula, Pattern
from stuck_rules.model.words import AllWords, Word
from stuck_rules.patterns.compile import compile_formula
from stuck_rules.patterns.evaluate import find_matches
from stuck_rules.patterns.literals import words_of
from stuck_rules.patterns.matches import Match
from stuck_rules.patterns.relaxed import apart, by_argument, first_lines, loosened
from stuck_rules.values import dataclass


class Nearness(IntEnum):
    """How much of a rule was found, the least first."""

    NO_WORD = 0
    NOTHING = 1
    NAME = 2
    LINES = 3
    CALL = 4
    ARGUMENTS = 5
    ALL_BUT_EQUALS = 6
    PARTS = 7


@dataclass(frozen=True, slots=True)
class Miss:
    """How far a rule got, as a rank to compare and as a sentence."""

    nearness: Nearness
    text: str


@dataclass(frozen=True, slots=True)
class Search:
    """Matches of relaxed formulas in the code."""

    tree: SyntaxTree
    options: dict[str, str | bool]
    line: int | None

    def find(self, formula: Formula) -> list[Match]:
        """The matches; none for what cannot be matched by itself."""
        try:
            found = find_matches(compile_formula(formula, self.options), self.tree, path="")
        except PatternError:
            return []
        return [m for m in found if self.line in (None, m.span.start.line)]


def place_of(match: Match) -> str:
    """Where a match begins, in words."""
    return f"line {match.span.start.line}"


def nearest(pattern: Pattern, search: Search) -> Miss:
    """The most of a pattern that the code has."""
    for explain in (_not_unified, _not_all_lines, _not_all_arguments, _other_name):
        told = explain(pattern, search)
        if told is not None:
            return told
    missing = [word for word in _words(pattern) if word not in search.tree.source]
    if missing:
        return Miss(Nearness.NO_WORD, f"`{missing[0]}` does not occur in the code")
    where = f" on line {search.line}" if search.line else ""
    return Miss(Nearness.NOTHING, f"the pattern matched nothing{where}")


def _words(pattern: Pattern) -> list[str]:
    words = words_of(pattern)
    parts = words.parts if isinstance(words, AllWords) else (words,)
    return [part.text for part in parts if isinstance(part, Word)]


def _not_unified(pattern: Pattern, search: Search) -> Miss | None:
    """The pattern matches once its metavariables may differ from place to place."""
    text, names = apart(pattern.text)
    found = search.find(Pattern(text)) if names else []
    for match in found:
        for name, others in names.items():
            values = [match.bindings.get(each) for each in (name, *others)]
            differing = next((v for v in values if v != values[0] and v is not None), None)
            if differing is not None:
                return Miss(
                    Nearness.ALL_BUT_EQUALS,
                    f"the code on {place_of(match)} matched, `{name}` did not unify: "
                    f"`{values[0]}` is not `{differing}`",
                )
    return None


def _not_all_lines(pattern: Pattern, search: Search) -> Miss | None:
    """The first lines of several match."""
    for count, text, rest in first_lines(pattern.text):
        found = search.find(Pattern(text))
        if found:
            lines = f"{count} lines" if count > 1 else "line"
            place = place_of(found[0])
            return Miss(
                Nearness.LINES,
                f"the first {lines} of the pattern matched on {place}, then not `{rest}`",
            )
    return None


def _not_all_arguments(pattern: Pattern, search: Search) -> Miss | None:
    """The call matches but for its arguments."""
    for text, argument in by_argument(pattern.text):
        found = search.find(Pattern(text))
        if found:
            shown = search.tree.text(found[0].span).splitlines()[0]
            told = f"the call on {place_of(found[0])} matched but for `{argument}`: it is `{shown}`"
            return Miss(Nearness.ARGUMENTS, told)
    open_call = loosened(pattern.text)
    found = search.find(Pattern(open_call)) if open_call is not None else []
    if found:
        shown = search.tree.text(found[0].span).splitlines()[0]
        told = f"the call on {place_of(found[0])} matched, its arguments did not: it is `{shown}`"
        return Miss(Nearness.CALL, told)
    return None


def _other_name(pattern: Pattern, search: Search) -> Miss | None:
    """A call of the same last name, but of another module or object."""
    text = loosened(pattern.text)
    callee = text.partition("(")[0].strip() if text is not None else ""
    last = callee.rpartition(".")[2]
    if not callee or not last.isidentifier():
        return None
    for other in (f"$OBJECT.{last}(...)", f"{last}(...)"):
        found = search.find(Pattern(other))
        if found:
            shown = search.tree.text(found[0].span).partition("(")[0]
            told = f"{place_of(found[0])} calls `{shown}`, the pattern wants `{callee}`"
            return Miss(Nearness.NAME, told)
    return None
