"""Which metavariables a formula binds and which it asks about, from its texts alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from stuck_rules.errors import PatternError
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
    Not,
    NotInside,
    Pattern,
    Regex,
    Taint,
)
from stuck_rules.patterns.tokens import tokenize

METAVARIABLE = re.compile(r"\$(?:\.\.\.)?(?:[A-Z_][A-Z_0-9]*|[0-9]+)\b")
_GROUP = re.compile(r"\(\?P?<(?P<name>[A-Za-z_]\w*)>")


def metavariables_in(message: str) -> frozenset[str]:
    """The metavariables that a message speaks of."""
    return frozenset(METAVARIABLE.findall(message))


def check_names(pattern: Pattern) -> None:
    """Raise PatternError, with its place, for a name such as `$Xy`, which no code has."""
    start, hole = 0, ""
    for token in tokenize(pattern.text):
        if hole and token.kind == "name":
            name = hole + token.text
            message = f"{name!r} is no metavariable; they are written in capitals, such as $X"
            before = pattern.text[: start - len(hole)]
            column = len(before) - before.rfind("\n") - 1 + max(pattern.column, 1)
            line = pattern.line + before.count("\n") if pattern.line else 0
            if pattern.folded:
                line, column = pattern.line, pattern.column
            raise PatternError.at(message, line=line or None, column=(line and column) or None)
        hole = token.text if token.kind in {"hole", "many"} else ""
        start += len(token.text)


def metavariables_of(formula: Formula | Taint) -> frozenset[str]:
    """The metavariables that a match may bind: negatives bind none, named groups bind theirs.

    A match of a taint rule has those of a source and of a sink.
    """
    if isinstance(formula, Taint):
        parts = [*(s.part for s in formula.sources), *(s.part for s in formula.sinks)]
        return frozenset(name for part in parts for name in bound_in(part))
    return frozenset(bound_in(formula))


def bound_in(formula: Formula) -> Iterator[str]:
    """The metavariables that a formula may bind, some perhaps more than once."""
    if isinstance(formula, Pattern):
        yield from METAVARIABLE.findall(formula.text)
    elif isinstance(formula, (All, Either)):
        for part in formula.parts:
            yield from bound_in(part)
    elif isinstance(formula, (Inside, MetavariablePattern)):
        yield from bound_in(formula.part)
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
        named = (formula.metavariable,) if formula.metavariable is not None else ()
        names = (*named, *METAVARIABLE.findall(formula.comparison))
        yield from ((name, formula) for name in dict.fromkeys(names))
    elif isinstance(formula, Focus):
        yield from ((name, formula) for name in formula.metavariables)


def lone_metavariables(formula: Formula) -> frozenset[str]:
    """The metavariables that stand once, so that nothing depends on what they stand for."""
    return _once(_occurrences(formula, _each_time))


def private_metavariables(formula: Formula) -> frozenset[str]:
    """The metavariables of which one pattern alone speaks, however often."""
    return _once(_occurrences(formula, _once_a_pattern))


def _once(occurrences: Counter[str]) -> frozenset[str]:
    return frozenset(name for name, count in occurrences.items() if count == 1)


def _each_time(pattern: Pattern) -> Counter[str]:
    return Counter(METAVARIABLE.findall(pattern.text))


def _once_a_pattern(pattern: Pattern) -> Counter[str]:
    return Counter(set(METAVARIABLE.findall(pattern.text)))


def _occurrences(formula: Formula, count: Callable[[Pattern], Counter[str]]) -> Counter[str]:
    """How often each metavariable is spoken of; of alternatives, only one is at a time."""
    if isinstance(formula, Pattern):
        return count(formula)
    total: Counter[str] = Counter()
    if isinstance(formula, (Not, NotInside)):
        total += _occurrences(formula.part, count)
    elif isinstance(formula, Either):
        for part in formula.parts:
            total |= _occurrences(part, count)
    elif isinstance(formula, All):
        for part in formula.parts:
            total += _occurrences(part, count)
    else:
        inner = [formula.part] if isinstance(formula, (Inside, MetavariablePattern)) else []
        total.update(bound_in(formula) if not inner else ())
        total.update(name for name, _ in used_metavariables(formula))
        for part in inner:
            total += _occurrences(part, count)
    return total
