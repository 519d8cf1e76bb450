"""Patterns on code in which what they must match is marked with « and »."""

from __future__ import annotations

from stuck_rules.cst.source import parse
from stuck_rules.model.formula import Formula, Pattern
from stuck_rules.patterns.compile import compile_formula
from stuck_rules.patterns.evaluate import find_matches
from stuck_rules.patterns.matches import Match
from tests.rules.tables import read_marks


def matches_of(condition: str | Formula, code: str, **options: bool) -> list[Match]:
    """All matches of a pattern or formula."""
    formula = Pattern(condition) if isinstance(condition, str) else condition
    return find_matches(compile_formula(formula, options), parse(code), path="example.py")


def assert_marked(condition: str | Formula, marked: str, **options: bool) -> None:
    """Assert that exactly the marked spans match."""
    code, expected = read_marks(marked)
    assert sorted({match.span for match in matches_of(condition, code, **options)}) == expected


def bindings_of(condition: str | Formula, code: str, **options: bool) -> list[dict[str, str]]:
    """What each match binds, values left out."""
    return [
        {name: text for name, text in match.bindings.items() if name.startswith("$")}
        for match in matches_of(condition, code, **options)
    ]
