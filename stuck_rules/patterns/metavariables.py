"""Which metavariables a formula binds and which it asks about, from its texts alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.model.formula import (
    All,
    Either,
    Focus,
    Formula,
    Inside,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    MetavariableType,
    Pattern,
    Regex,
    Taint,
)

METAVARIABLE = re.compile(r"\$(?:\.\.\.)?(?:[A-Z_][A-Z_0-9]*|[0-9]+)\b")
_GROUP = re.compile(r"\(\?P?<(?P<name>[A-Za-z_]\w*)>")


def metavariables_of(formula: Formula | Taint) -> frozenset[str]:
    """The metavariables that a match may bind: negatives bind none, named groups bind theirs.

    A match of a taint rule has those of a source and of a sink.
    """
    if isinstance(formula, Taint):
        parts = [*(s.part for s in formula.sources), *(s.part for s in formula.sinks)]
        return frozenset(name for part in parts for name in _bound(part))
    return frozenset(_bound(formula))


def _bound(formula: Formula) -> Iterator[str]:
    if isinstance(formula, Pattern):
        yield from METAVARIABLE.findall(formula.text)
    elif isinstance(formula, (All, Either)):
        for part in formula.parts:
            yield from _bound(part)
    elif isinstance(formula, (Inside, MetavariablePattern)):
        yield from _bound(formula.part)
    elif isinstance(formula, (Regex, MetavariableRegex)):
        text = formula.text if isinstance(formula, Regex) else formula.regex
        yield from (f"${match['name']}" for match in _GROUP.finditer(text))
        yield from (f"${number}" for number in range(1, text.count("(") + 1))


def used_metavariables(formula: Formula) -> Iterator[tuple[str, Formula]]:
    """The metavariables that conditions ask about, with the conditions that do."""
    if isinstance(formula, (All, Either)):
        for part in formula.parts:
            yield from used_metavariables(part)
    elif isinstance(formula, (MetavariableRegex, MetavariablePattern, MetavariableType)):
        yield formula.metavariable, formula
    elif isinstance(formula, MetavariableComparison):
        yield from ((name, formula) for name in METAVARIABLE.findall(formula.comparison))
    elif isinstance(formula, Focus):
        yield from ((name, formula) for name in formula.metavariables)
