"""How far a rule got with code that it should flag and does not.

The formula is relaxed piece by piece and matched again, so that the matcher itself carries
nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from stuck_rules.cst.source import parse
from stuck_rules.errors import PatternError, SourceError
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
from stuck_rules.model.rule import CheckCall, FilesCondition, Rule, TextCondition
from stuck_rules.patterns.matches import Match
from stuck_rules.patterns.nearest import Miss, Nearness, Search, nearest, place_of
from stuck_rules.patterns.regexes import renew_time

_POSITIVE = (Pattern, Regex, All, Either)
_CONDITIONS = (
    MetavariableRegex,
    MetavariablePattern,
    MetavariableComparison,
    MetavariableType,
    Focus,
)


def explain_miss(source: str, rule: Rule, *, line: int | None = None) -> str | None:
    """How far a rule got, in a sentence; None where nothing can be said.

    With `line`, only matches that begin there count.
    """
    condition = rule.condition
    if isinstance(condition, (TextCondition, FilesCondition)):
        return None
    if isinstance(condition, CheckCall):
        return f"the check {condition.name} found nothing here"
    renew_time()
    try:
        tree = parse(source)
        options = {o.name: o.value for o in rule.options if isinstance(o.value, (str, bool))}
        search = Search(tree, options, line)
        if isinstance(condition, Taint):
            return _explain_taint(condition, search)
        return _explain(condition, search).text
    except (SourceError, PatternError, RecursionError):
        return None


def _where(formula: Formula) -> str:
    return f" on line {formula.line} of the rulebook" if formula.line else ""


def _explain(formula: Formula, search: Search) -> Miss:
    if isinstance(formula, Pattern):
        return nearest(formula, search)
    if isinstance(formula, Regex):
        return Miss(Nearness.NOTHING, f"the expression {formula.text!r} finds nothing")
    if isinstance(formula, Either):
        return _explain_either(formula, search)
    if isinstance(formula, All):
        return _explain_all(formula, search)
    if isinstance(formula, Inside):
        return _explain(formula.part, search)
    return Miss(Nearness.NOTHING, "nothing matched")


def _explain_either(formula: Either, search: Search) -> Miss:
    told = [_explain(part, search) for part in formula.parts]
    most = max(told, key=lambda miss: miss.nearness)
    text = f"none of the {len(told)} alternatives matched; the nearest: {most.text}"
    return Miss(most.nearness, text)


def _explain_all(formula: All, search: Search) -> Miss:
    """Add the parts one by one, as matching does, until nothing is left."""
    kept: list[Formula] = []
    before: list[Match] = []
    for part in _in_order(formula.parts):
        found = search.find(All((*kept, part)))
        if not found and (not kept or not before):
            return _explain(part, search)
        if not found:
            return Miss(Nearness.PARTS, _explain_part(part, before[0], search))
        kept.append(part)
        before = found
    text = "every part matched by itself, but not where the others did"
    return Miss(Nearness.PARTS, text)


def _in_order(parts: Sequence[Formula]) -> Iterator[Formula]:
    negatives = (Not, NotInside)
    yield from (part for part in parts if isinstance(part, _POSITIVE))
    yield from (part for part in parts if isinstance(part, Inside))
    yield from (part for part in parts if isinstance(part, negatives))
    yield from (part for part in parts if isinstance(part, _CONDITIONS))


def _explain_part(part: Formula, first: Match, search: Search) -> str:
    if isinstance(part, (Not, NotInside)):
        what = "pattern-not" if isinstance(part, Not) else "pattern-not-inside"
        return f"{place_of(first)} matched, but {what}{_where(part)} removes it"
    if isinstance(part, _CONDITIONS):
        return _explain_condition(part, first)
    anywhere = Search(search.tree, search.options, None)
    inner = part.part if isinstance(part, Inside) else part
    around = anywhere.find(inner)
    if not around:
        what = "pattern-inside" if isinstance(part, Inside) else "the part"
        why = _explain(inner, anywhere).text
        return f"{place_of(first)} matched, but {what}{_where(part)} did not: {why}"
    clash = _clash(first, around[0])
    if clash is not None:
        return f"{place_of(first)} matched, but {clash}"
    what = "does not stand inside" if isinstance(part, Inside) else "is not nested with"
    return f"{place_of(first)} matched, but {what} what the part{_where(part)} matches"


def _clash(one: Match, other: Match) -> str | None:
    """The metavariable that two matches bind to different code."""
    for name, text in one.bindings.items():
        bound = other.bindings.get(name)
        if bound is not None and bound != text and not name.startswith("value("):
            return f"`{name}` did not unify: `{text}` is not `{bound}`"
    return None


def _explain_condition(part: Formula, match: Match) -> str:
    place = f"{place_of(match)} matched, but"
    if isinstance(part, Focus):
        return f"{place} {part.metavariables[0]} is not bound there"
    if isinstance(part, MetavariableComparison):
        names = sorted(name for name in match.bindings if name in part.comparison)
        told = ", ".join(f"`{name}` is `{match.bindings[name]}`" for name in names)
        return f"{place} {told or 'nothing is bound'}, and {part.comparison!r} does not hold"
    if not isinstance(part, (MetavariableRegex, MetavariablePattern, MetavariableType)):
        return f"{place} a condition does not hold"
    bound = match.bindings.get(part.metavariable)
    told = f"`{part.metavariable}` is `{bound}`" if bound is not None else "nothing is bound"
    if isinstance(part, MetavariableRegex):
        return f"{place} {told}, which {part.regex!r} does not match"
    if isinstance(part, MetavariableType):
        return f"{place} {told}, which is not known to be {' or '.join(part.types)}"
    return f"{place} {told}, which metavariable-pattern{_where(part)} does not match"


def _explain_taint(taint: Taint, search: Search) -> str:
    anywhere = Search(search.tree, search.options, None)
    find: Callable[[Formula], list[Match]] = anywhere.find
    sources = [match for source in taint.sources for match in find(source.part)]
    sinks = [match for sink in taint.sinks for match in search.find(sink.part)]
    if not sources:
        return f"no source matched: {_explain(taint.sources[0].part, anywhere).text}"
    if not sinks:
        return f"no sink matched: {_explain(taint.sinks[0].part, search).text}"
    places = f"a source on {place_of(sources[0])} and a sink on {place_of(sinks[0])}"
    return f"{places} matched, but no taint flows from one to the other"
