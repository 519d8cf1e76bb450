"""How far a rule got with code that it should flag and does not.

The formula is relaxed piece by piece and matched again, so that the matcher itself carries
nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from stuck_rules.cst.source import SyntaxTree, parse
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
from stuck_rules.model.words import AllWords, Word
from stuck_rules.patterns.compile import compile_formula
from stuck_rules.patterns.evaluate import find_matches
from stuck_rules.patterns.literals import words_of
from stuck_rules.patterns.matches import Match
from stuck_rules.patterns.relaxed import apart, by_argument, first_lines, loosened
from stuck_rules.values import dataclass

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
    try:
        tree = parse(source)
        options = {o.name: o.value for o in rule.options if isinstance(o.value, (str, bool))}
        search = _Search(tree, options, line)
        if isinstance(condition, Taint):
            return _explain_taint(condition, search)
        return _explain(condition, search)
    except (SourceError, PatternError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class _Search:
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


def _place(match: Match) -> str:
    return f"line {match.span.start.line}"


def _where(formula: Formula) -> str:
    return f" on line {formula.line} of the rulebook" if formula.line else ""


def _explain(formula: Formula, search: _Search) -> str:
    if isinstance(formula, Pattern):
        return _explain_pattern(formula, search)
    if isinstance(formula, Regex):
        return f"the expression {formula.text!r} finds nothing"
    if isinstance(formula, Either):
        return _explain_either(formula, search)
    if isinstance(formula, All):
        return _explain_all(formula, search)
    if isinstance(formula, Inside):
        return _explain(formula.part, search)
    return "nothing matched"


def _explain_either(formula: Either, search: _Search) -> str:
    told = [_explain(part, search) for part in formula.parts]
    nearest = max(told, key=_nearness)
    return f"none of the {len(told)} alternatives matched; the nearest: {nearest}"


def _nearness(sentence: str) -> int:
    """How much of a pattern a sentence says was found."""
    if "does not occur" in sentence:
        return 0
    return 1 if sentence.startswith("the pattern") else 2


def _explain_all(formula: All, search: _Search) -> str:
    """Add the parts one by one, as matching does, until nothing is left."""
    kept: list[Formula] = []
    before: list[Match] = []
    for part in _in_order(formula.parts):
        found = search.find(All((*kept, part)))
        if not found:
            return _explain_part(part, kept, before, search)
        kept.append(part)
        before = found
    return "every part matched by itself, but not where the others did"


def _in_order(parts: Sequence[Formula]) -> Iterator[Formula]:
    negatives = (Not, NotInside)
    yield from (part for part in parts if isinstance(part, _POSITIVE))
    yield from (part for part in parts if isinstance(part, Inside))
    yield from (part for part in parts if isinstance(part, negatives))
    yield from (part for part in parts if isinstance(part, _CONDITIONS))


def _explain_part(
    part: Formula, kept: Sequence[Formula], before: Sequence[Match], search: _Search
) -> str:
    if not kept or not before:
        return _explain(part, search)
    first = before[0]
    if isinstance(part, (Not, NotInside)):
        what = "pattern-not" if isinstance(part, Not) else "pattern-not-inside"
        return f"{_place(first)} matched, but {what}{_where(part)} removes it"
    if isinstance(part, _CONDITIONS):
        return _explain_condition(part, first)
    anywhere = _Search(search.tree, search.options, None)
    inner = part.part if isinstance(part, Inside) else part
    around = anywhere.find(inner)
    if not around:
        what = "pattern-inside" if isinstance(part, Inside) else "the part"
        why = _explain(inner, anywhere)
        return f"{_place(first)} matched, but {what}{_where(part)} did not: {why}"
    clash = _clash(first, around[0])
    if clash is not None:
        return f"{_place(first)} matched, but {clash}"
    what = "does not stand inside" if isinstance(part, Inside) else "is not nested with"
    return f"{_place(first)} matched, but {what} what the part{_where(part)} matches"


def _clash(one: Match, other: Match) -> str | None:
    """The metavariable that two matches bind to different code."""
    for name, text in one.bindings.items():
        bound = other.bindings.get(name)
        if bound is not None and bound != text and not name.startswith("value("):
            return f"`{name}` did not unify: `{text}` is not `{bound}`"
    return None


def _explain_condition(part: Formula, match: Match) -> str:
    place = f"{_place(match)} matched, but"
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


def _explain_pattern(pattern: Pattern, search: _Search) -> str:
    for explain in (_not_unified, _not_all_lines, _not_all_arguments, _other_name):
        told = explain(pattern, search)
        if told is not None:
            return told
    source = search.tree.source
    missing = [word for word in _words(pattern) if word not in source]
    if missing:
        return f"`{missing[0]}` does not occur in the code"
    return "the pattern matched nothing" + (f" on line {search.line}" if search.line else "")


def _words(pattern: Pattern) -> list[str]:
    words = words_of(pattern)
    parts = words.parts if isinstance(words, AllWords) else (words,)
    return [part.text for part in parts if isinstance(part, Word)]


def _not_unified(pattern: Pattern, search: _Search) -> str | None:
    """The pattern matches once its metavariables may differ from place to place."""
    text, names = apart(pattern.text)
    found = search.find(Pattern(text)) if names else []
    for match in found:
        for name, others in names.items():
            values = [match.bindings.get(each) for each in (name, *others)]
            differing = next((v for v in values if v != values[0] and v is not None), None)
            if differing is not None:
                return (
                    f"the code on {_place(match)} matched, `{name}` did not unify: "
                    f"`{values[0]}` is not `{differing}`"
                )
    return None


def _not_all_lines(pattern: Pattern, search: _Search) -> str | None:
    """The first lines of several match."""
    for count, text, rest in first_lines(pattern.text):
        found = search.find(Pattern(text))
        if found:
            lines = f"{count} lines" if count > 1 else "line"
            place = _place(found[0])
            return f"the first {lines} of the pattern matched on {place}, then not `{rest}`"
    return None


def _not_all_arguments(pattern: Pattern, search: _Search) -> str | None:
    """The call matches but for its arguments."""
    for text, argument in by_argument(pattern.text):
        found = search.find(Pattern(text))
        if found:
            shown = search.tree.text(found[0].span).splitlines()[0]
            return f"the call on {_place(found[0])} matched but for `{argument}`: it is `{shown}`"
    open_call = loosened(pattern.text)
    found = search.find(Pattern(open_call)) if open_call is not None else []
    if found:
        shown = search.tree.text(found[0].span).splitlines()[0]
        return f"the call on {_place(found[0])} matched, its arguments did not: it is `{shown}`"
    return None


def _other_name(pattern: Pattern, search: _Search) -> str | None:
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
            return f"{_place(found[0])} calls `{shown}`, the pattern wants `{callee}`"
    return None


def _explain_taint(taint: Taint, search: _Search) -> str:
    anywhere = _Search(search.tree, search.options, None)
    find: Callable[[Formula], list[Match]] = anywhere.find
    sources = [match for source in taint.sources for match in find(source.part)]
    sinks = [match for sink in taint.sinks for match in search.find(sink.part)]
    if not sources:
        return f"no source matched: {_explain(taint.sources[0].part, anywhere)}"
    if not sinks:
        return f"no sink matched: {_explain(taint.sinks[0].part, search)}"
    places = f"a source on {_place(sources[0])} and a sink on {_place(sinks[0])}"
    return f"{places} matched, but no taint flows from one to the other"
