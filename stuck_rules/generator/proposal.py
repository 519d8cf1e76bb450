"""What a recipe makes of lessons: a rule that is still to be proven."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Protocol

from stuck_rules.model.lesson import Entry, Lesson, Log, Role
from stuck_rules.model.rule import (
    CheckCall,
    Condition,
    Confidence,
    Example,
    Examples,
    Option,
    OptionValue,
    Origin,
    PathFilter,
    Rule,
    Severity,
)
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """A lesson with the entry that it stands in."""

    entry: Entry
    lesson: Lesson

    def __hash__(self) -> int:
        # The whole entry would be read each time, with all its other lessons.
        return hash((self.entry.id, self.lesson))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule and the lessons that it holds: the one that it was made from first."""

    rule: Rule
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a recipe decides about its rule; the rest is the same for all."""

    id: str
    message: str
    condition: Condition
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    fixed: tuple[Example, ...] = ()
    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.HIGH
    paths: PathFilter = field(default_factory=PathFilter)
    note: str | None = None
    languages: tuple[str, ...] = ("python",)
    fix: str | None = None


class Recipe(Protocol):
    """A deterministic way from lessons to rules; nothing in one names a log."""

    def __call__(self, log: Log) -> Iterator[Proposal]:
        """Propose rules from the log's lessons, in file order."""


def digest_of_lesson(lesson: Lesson) -> str:
    """What a lesson is known by, wherever it stands: its words and its code."""
    told = "\n".join((lesson.text, *(c.text for c in lesson.code if c.fenced)))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def propose(draft: Draft, recipe: str, *sources: Source) -> Proposal:
    """Complete a draft by where it comes from; one with a note is off until a person says yes."""
    first = sources[0]
    rule = Rule(
        id=draft.id,
        message=draft.message,
        condition=draft.condition,
        severity=draft.severity,
        confidence=draft.confidence,
        enabled=draft.note is None,
        note=draft.note,
        entries=tuple(dict.fromkeys(source.entry.id for source in sources)),
        origin=Origin(recipe, first.lesson.lines, digest_of_lesson(first.lesson)),
        fix=draft.fix,
        examples=Examples(draft.bad, draft.good, draft.fixed),
        paths=draft.paths,
        languages=draft.languages,
    )
    return Proposal(rule, tuple(dict.fromkeys(sources)))


def check(name: str, **options: OptionValue) -> CheckCall:
    """A call of a check; an option's underscores are its dashes."""
    given = ((key.replace("_", "-"), value) for key, value in options.items())
    return CheckCall(name, tuple(Option(key, value, 0) for key, value in given), 0)


def sources(log: Log, *roles: Role) -> Iterator[Source]:
    """The lessons of these roles, in file order."""
    for entry in log.entries:
        yield from lessons(entry, *roles)


def coded(log: Log, *roles: Role) -> Iterator[Source]:
    """Those of them that name code; what no code stands in, no pattern can be made of."""
    for source in sources(log, *roles):
        if "`" in source.lesson.text or "()" in source.lesson.text:
            yield source


def lessons(entry: Entry, *roles: Role) -> Iterator[Source]:
    """An entry's lessons of these roles."""
    for lesson in entry.lessons:
        if lesson.role in roles:
            yield Source(entry, lesson)


def code(*texts: str, path: str | None = None) -> tuple[Example, ...]:
    """Examples of these texts."""
    return tuple(Example(text, path) for text in texts)
