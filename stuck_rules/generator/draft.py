"""All recipes over all lessons: each lesson ends as rule, disabled rule or reminder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from stuck_rules.generator.proposal import Proposal, Source
from stuck_rules.generator.recipes import GENERAL, SPECIAL
from stuck_rules.generator.scopes import with_scopes
from stuck_rules.model.lesson import Entry, Lesson, Log, Role
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.rule import CheckCall, Example, Rule
from stuck_rules.testing import prove, run_example

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


# Why a lesson of a role is no rule, where no recipe took it.
_REASONS = {
    Role.KEYWORD: "a keyword finds the entry, it forbids nothing",
    Role.EVIDENCE: "tells what went well",
    Role.FILES: "tells where it happened",
    Role.METADATA: "tells about the entry",
    Role.SYMPTOM: "tells what was seen",
    Role.NOTE: "stands under a label of the log's own",
}
_NO_RECIPE = "no recipe makes a rule of it: it asks for judgement"


def draft(log: Log, settings: LogSettings = _DEFAULTS) -> Drafted:
    """Propose, merge, prove and account for every lesson."""
    proposals = _merge(_scoped(proposal, settings) for proposal in _proposed(log, settings))
    right_forms = list(_right_forms(log))
    rules: list[Rule] = []
    holders: dict[tuple[str, Lesson], str] = {}
    reasons: dict[tuple[str, Lesson], str] = {}
    for proposal in proposals:
        fault = _fault(proposal.rule, right_forms)
        for source in proposal.sources:
            key = (source.entry.id, source.lesson)
            if fault:
                reasons.setdefault(key, fault)
            else:
                holders.setdefault(key, proposal.rule.id)
        if not fault:
            rules.append(_with_keywords(proposal.rule, log))
    by_id = {rule.id: rule for rule in rules}
    decisions = tuple(
        _decide(entry, lesson, by_id.get(holders.get((entry.id, lesson), "")), reasons)
        for entry in log.entries
        for lesson in entry.lessons
    )
    return Drafted(log, tuple(rules), decisions)


def _scoped(proposal: Proposal, settings: LogSettings) -> Proposal:
    """A proposal kept to the files that words of its lesson stand for."""
    text = proposal.sources[0].lesson.text
    return replace(proposal, rule=with_scopes(proposal.rule, text, settings.scopes))


def _proposed(log: Log, settings: LogSettings) -> Iterator[Proposal]:
    """What the recipes propose; a lesson that one took is not read again by a later general one."""
    taken: set[Source] = set()
    for name, recipe in SPECIAL.items():
        for proposal in recipe(log) if settings.is_on(name) else ():
            taken.update(proposal.sources)
            yield proposal
    for name, recipe in GENERAL.items():
        proposed = recipe(log) if settings.is_on(name) else ()
        fresh = [p for p in proposed if p.sources[0] not in taken]
        taken.update(source for proposal in fresh for source in proposal.sources)
        yield from fresh


def _merge(proposals: Iterator[Proposal]) -> list[Proposal]:
    """Make one rule of equal ones; a second rule of the same id gets a number behind it."""
    merged: list[Proposal] = []
    for proposal in proposals:
        twin = next((p for p in merged if p.rule.condition == proposal.rule.condition), None)
        if twin is None:
            taken = {p.rule.id for p in merged}
            merged.append(replace(proposal, rule=_renamed(proposal.rule, taken)))
            continue
        entries = tuple(dict.fromkeys(twin.rule.entries + proposal.rule.entries))
        sources = tuple(dict.fromkeys(twin.sources + proposal.sources))
        merged[merged.index(twin)] = Proposal(replace(twin.rule, entries=entries), sources)
    return merged


def _renamed(rule: Rule, taken: set[str]) -> Rule:
    rule_id, number = rule.id, 1
    while rule_id in taken:
        number += 1
        rule_id = f"{rule.id}-{number}"
    return replace(rule, id=rule_id)


def _right_forms(log: Log) -> Iterator[Example]:
    """The code that the log calls right, as far as it parses."""
    for entry in log.entries:
        for lesson in entry.lessons:
            if lesson.role not in {Role.CORRECT, Role.IMPLEMENTATION}:
                continue
            for code in lesson.code:
                if _is_code(code.text):
                    yield Example(code.text + "\n")


def _is_code(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _fault(rule: Rule, right_forms: list[Example]) -> str:
    """Why a proposed rule must not be written, or nothing."""
    for failure in prove(rule):
        return f"its rule {rule.id} was disproved: {failure.message}"
    if rule.languages != ("python",) or rule.paths.include:
        return ""
    for example in right_forms:
        if run_example(rule, example).violations:
            first = example.code.splitlines()[0]
            return f"its rule {rule.id} would flag what the log calls right: {first}"
    return ""


def _with_keywords(rule: Rule, log: Log) -> Rule:
    """Link the entries whose keywords name what the rule is about, and no more."""
    names = set(_names(rule))
    linked = [
        entry.id
        for entry in log.entries
        for lesson in entry.lessons
        if lesson.role is Role.KEYWORD
        and any(span.removesuffix("()") in names for span in lesson.spans)
    ]
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
