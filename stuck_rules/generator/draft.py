"""All recipes over all lessons: each lesson ends as rule, disabled rule or reminder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import Enum

from stuck_rules.generator.proposal import Proposal, Source
from stuck_rules.generator.readable import readable
from stuck_rules.generator.recipes import GENERAL, SPECIAL
from stuck_rules.generator.rightforms import RightForm, RightForms, right_forms
from stuck_rules.generator.scopes import kept_to, with_scopes
from stuck_rules.model.formula import Pattern
from stuck_rules.model.lesson import Entry, Lesson, Log, LogWarning, Role
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.rule import CheckCall, Condition, PathFilter, Rule
from stuck_rules.testing import prove, run_example
from stuck_rules.values import dataclass, replace

_DEFAULTS = LogSettings()


class Outcome(str, Enum):
    """What became of a lesson."""

    RULE = "rule"
    DISABLED = "disabled rule"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Decision:
    """A lesson with what became of it: the rule that holds it, or the reason why none does."""

    entry: Entry
    lesson: Lesson
    outcome: Outcome
    rule: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A log turned into rules, with a decision on each lesson, in file order."""

    log: Log
    rules: tuple[Rule, ...]
    decisions: tuple[Decision, ...]
    contradictions: tuple[LogWarning, ...] = ()


# Why a lesson of a role is no rule, where no recipe took it.
_REASONS = {
    Role.KEYWORD: "a keyword finds the entry, it forbids nothing",
    Role.EVIDENCE: "tells what went well",
    Role.FILES: "tells where it happened",
    Role.METADATA: "tells about the entry",
    Role.SYMPTOM: "tells what was seen",
    Role.NOTE: "stands under a label of the log's own",
}
# Recipes whose examples are the log's own; a fault's are always the same.
_LEARNT = frozenset(GENERAL) - {"named-fault"}
# Recipes that read what a sentence says of code.
_OF_SENTENCES = frozenset({"replacement", "required-keyword", "wrap", "prohibition"})
_NO_RECIPE = "no recipe makes a rule of it: it asks for judgement"


def draft(log: Log, settings: LogSettings = _DEFAULTS) -> Drafted:
    """Propose, merge, prove and account for every lesson."""
    read = readable(log, settings)
    proposed = _proposed(read.log, settings)
    scopes = {file.path: file.scope for file in log.files}
    proposals = _merge(_scoped(proposal, settings, scopes) for proposal in proposed)
    learnt = (p for p in proposals if p.rule.origin and p.rule.origin.recipe in _LEARNT)
    forms = RightForms(right_forms(read.log, learnt))
    keywords = _entries_by_keyword(log)
    rules: list[Rule] = []
    holders: dict[tuple[str, Lesson], str] = {}
    reasons = read.reasons
    against: list[tuple[Source, RightForm]] = []
    for proposal in proposals:
        fault, right = _fault(proposal, forms)
        if right is not None:
            against.append((proposal.sources[0], right))
        for source in proposal.sources:
            key = (source.entry.id, source.lesson)
            if fault:
                reasons.setdefault(key, fault)
            else:
                holders.setdefault(key, proposal.rule.id)
        if not fault:
            rules.append(_with_keywords(proposal.rule, keywords))
    by_id = {rule.id: rule for rule in rules}
    decisions = tuple(
        _decide(entry, lesson, by_id.get(holders.get((entry.id, lesson), "")), reasons)
        for entry in log.entries
        for lesson in entry.lessons
    )
    return Drafted(log, tuple(rules), decisions, tuple(_contradictions(against)))


def _scoped(
    proposal: Proposal, settings: LogSettings, scopes: Mapping[str, tuple[str, ...]]
) -> Proposal:
    """A proposal kept to the files that words of its lesson stand for, or that its file names."""
    first = proposal.sources[0]
    rule = with_scopes(proposal.rule, first.lesson.text, settings.scopes)
    globs = {glob for s in proposal.sources for glob in scopes.get(s.entry.path, ())}
    everywhere = any(not scopes.get(source.entry.path) for source in proposal.sources)
    if globs and not everywhere and not rule.paths.include and rule.languages == ("python",):
        rule = kept_to(rule, tuple(sorted(globs)))
    return replace(proposal, rule=rule)


def _proposed(log: Log, settings: LogSettings) -> Iterator[Proposal]:
    """What the recipes propose; a lesson that one took is not read again by a later general one.

    But a sentence that names a fault in words may forbid code beside it.
    """
    taken: set[Source] = set()
    faults: dict[Source, list[Rule]] = defaultdict(list)
    for name, recipe in SPECIAL.items():
        for proposal in recipe(log) if settings.is_on(name) else ():
            taken.update(proposal.sources)
            yield proposal
    for name, recipe in GENERAL.items():
        proposed = recipe(log) if settings.is_on(name) else ()
        fresh = [
            p
            for p in proposed
            if p.sources[0] not in taken
            or (name in _OF_SENTENCES and _is_beside(p, faults[p.sources[0]]))
        ]
        for source, rule in ((s, p.rule) for p in fresh for s in p.sources):
            if name == "named-fault" and source not in taken:
                faults[source].append(rule)
        taken.update(source for proposal in fresh for source in proposal.sources)
        yield from fresh


def _is_beside(proposal: Proposal, faults: list[Rule]) -> bool:
    """Whether a rule is about something else than the faults that its lesson names."""
    bad = proposal.rule.examples.bad
    shown = [*bad, *(example for rule in faults for example in rule.examples.bad)]
    if not faults or any(example.path is not None for example in shown):
        return False
    alike = ((rule, example) for rule in faults for example in bad)
    others = ((proposal.rule, example) for rule in faults for example in rule.examples.bad)
    return not any(run_example(rule, each).violations for rule, each in (*alike, *others))


def _unnamed(condition: Condition) -> Condition:
    """A pattern without the names of its argument lists, which only a fix needs."""
    if not isinstance(condition, Pattern):
        return condition
    return replace(condition, text=re.sub(r"\$\.\.\.[A-Z]+", "...", condition.text))


def _merge(proposals: Iterator[Proposal]) -> list[Proposal]:
    """Make one rule of equal ones; a second rule of the same id gets a number behind it."""
    merged: dict[tuple[Condition, PathFilter], list[Proposal]] = {}
    taken: set[str] = set()
    for proposal in proposals:
        key = (_unnamed(proposal.rule.condition), proposal.rule.paths)
        if key in merged:
            merged[key].append(proposal)
            continue
        rule = _renamed(proposal.rule, taken)
        taken.add(rule.id)
        merged[key] = [replace(proposal, rule=rule)]
    return [_joined(equal) for equal in merged.values()]


def _joined(equal: list[Proposal]) -> Proposal:
    """One of equal proposals for the lessons of all: the first that needs no person's yes."""
    sure = next((proposal for proposal in equal if proposal.rule.enabled), equal[0])
    ordered = [sure, *(proposal for proposal in equal if proposal is not sure)]
    entries = dict.fromkeys(entry for proposal in ordered for entry in proposal.rule.entries)
    sources = dict.fromkeys(source for proposal in ordered for source in proposal.sources)
    rule = replace(sure.rule, id=equal[0].rule.id, entries=tuple(entries))
    return Proposal(rule, tuple(sources))


def _renamed(rule: Rule, taken: set[str]) -> Rule:
    rule_id, number = rule.id, 1
    while rule_id in taken:
        number += 1
        rule_id = f"{rule.id}-{number}"
    return replace(rule, id=rule_id)


def _fault(proposal: Proposal, forms: RightForms) -> tuple[str, RightForm | None]:
    """Why a proposed rule must not be written, or nothing; and the right form that it flags."""
    rule = proposal.rule
    for failure in prove(rule):
        return f"its rule {rule.id} was disproved: {failure.message}", None
    if rule.languages != ("python",):
        return "", None
    form = forms.flagged_by(proposal)
    if form is None:
        return "", None
    return f"its rule {rule.id} would flag what the log calls right: {form.shown}", form


def _contradictions(against: list[tuple[Source, RightForm]]) -> Iterator[LogWarning]:
    """The pairs of lessons of which each calls wrong what the other calls right."""
    wrong = {(s.entry.id, s.lesson.lines[0]): (f.entry, f.line) for s, f in against}
    for source, form in against:
        place, other = (source.entry.id, source.lesson.lines[0]), (form.entry, form.line)
        if place != other and wrong.get(other) == place and place[1] > other[1]:
            message = (
                f"contradicts line {other[1]}, so neither lesson becomes a rule: "
                f"{source.lesson.text}"
            )
            yield LogWarning("contradictory", place[1], message, source.entry.path)


def _entries_by_keyword(log: Log) -> dict[str, list[str]]:
    """The entries that give themselves a span as keyword, in file order."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in log.entries:
        for lesson in entry.lessons:
            for span in lesson.spans if lesson.role is Role.KEYWORD else ():
                found[span.removesuffix("()")].append(entry.id)
    return found


def _with_keywords(rule: Rule, keywords: dict[str, list[str]]) -> Rule:
    """Link the entries whose keywords name what the rule is about, and no more."""
    linked = [entry for name in dict.fromkeys(_names(rule)) for entry in keywords.get(name, ())]
    return replace(rule, entries=tuple(dict.fromkeys((*rule.entries, *linked))))


def _names(rule: Rule) -> Iterator[str]:
    """The dotted or underscored names in a check's options: plain words would link too much."""
    if not isinstance(rule.condition, CheckCall):
        return
    for option in rule.condition.options:
        values = option.value if isinstance(option.value, tuple) else (option.value,)
        for value in values:
            if isinstance(value, str) and ("_" in value or "." in value):
                yield value


def _decide(
    entry: Entry, lesson: Lesson, rule: Rule | None, reasons: dict[tuple[str, Lesson], str]
) -> Decision:
    if rule is None:
        reason = reasons.get((entry.id, lesson)) or _REASONS.get(lesson.role, _NO_RECIPE)
        return Decision(entry, lesson, Outcome.REMINDER, None, reason)
    if rule.enabled:
        return Decision(entry, lesson, Outcome.RULE, rule.id)
    return Decision(entry, lesson, Outcome.DISABLED, rule.id, rule.note or "")


def keywords_of(entry: Entry) -> tuple[str, ...]:
    """The keywords that an entry gives itself."""
    keywords = (lesson for lesson in entry.lessons if lesson.role is Role.KEYWORD)
    return tuple(span for lesson in keywords for span in lesson.spans or (lesson.text,))


def files_of(entry: Entry) -> tuple[str, ...]:
    """The paths that an entry lists as touched."""
    files = (lesson for lesson in entry.lessons if lesson.role is Role.FILES)
    return tuple(dict.fromkeys(span for lesson in files for span in lesson.spans if "/" in span))
