"""Drafts and the rulebook that stands: ids stay, hand edits stay, and what changed is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from itertools import takewhile
from pathlib import PurePosixPath

from stuck_rules.generator.backtest import still_held
from stuck_rules.generator.draft import Decision, Drafted, Outcome, files_of, keywords_of
from stuck_rules.generator.ids import keep_ids
from stuck_rules.generator.proposal import digest_of_lesson
from stuck_rules.model.lesson import Entry, Log, Role
from stuck_rules.model.rule import Rule
from stuck_rules.model.rulebook import AppliesTo, EntryRef, Reminder, Rulebook
from stuck_rules.rulebook.blocks import Block, RulebookText
from stuck_rules.rulebook.scalars import flow, scalar
from stuck_rules.rulebook.writer import (
    digest_of,
    render_entries,
    render_reminders,
    render_rule,
)
from stuck_rules.values import dataclass

_HEAD = """\
# The rules and reminders of a getting-stuck log.
# `stuck-rules generate` writes this file and keeps what is edited by hand; rules without an
# `origin` are never touched.
"""
# Roles whose lessons may be worth a reminder when files change.
_DIRECTIVES = frozenset(
    {Role.PREVENTION, Role.WRONG, Role.CORRECT, Role.REMEDIATION, Role.PROPOSAL}
    | {Role.ROOT_CAUSE, Role.IMPLEMENTATION}
)
_ENTRIES = re.compile(r"^    entries: \[.*\]\n", re.MULTILINE)
# What `generate` says in front of a rule, below the entry's title.
_PLACE = re.compile(r"  # [a-z-]+, line \d+ of the log, by recipe [a-z-]+\n")
_ORIGIN = re.compile(r"^    origin:.*\n", re.MULTILINE)


class Drift(str, Enum):
    """How a rulebook differs from its log."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the rulebook that stands and the one that the log gives."""

    kind: Drift
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The new rulebook's text and how it differs from the old one."""

    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class LogPaths:
    """How the rulebook names its logs, and the file of each entry."""

    named: tuple[str, ...]
    of_entry: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids of the log's entries, and their titles with those of entries that are gone."""

    entries: frozenset[str]
    titles: set[str]


def merge(
    drafted: Drafted, logs: LogPaths, old: Rulebook | None, old_text: RulebookText | None
) -> Merged:
    """Put the drafted rules into the rulebook that stands, or make a new one."""
    known = {rule.id: rule for rule in old.rules} if old is not None else {}
    blocks = list(old_text.blocks) if old_text is not None else []
    changes: list[Change] = []
    named = keep_ids(drafted.rules, known)
    rules = tuple(still_held(rule, known.get(rule.id)) for rule in named)
    fresh = {rule.id: rule for rule in rules}
    entries = {entry.id: entry for entry in drafted.log.entries}
    gone = (ref.title for ref in (old.entries if old is not None else ()))
    places = _Known(frozenset(entries), {*gone, *(entry.title for entry in entries.values())})
    texts: dict[str, str] = {}
    for block in blocks:
        rule, standing = fresh.get(block.id), known.get(block.id)
        if rule is None:
            texts[block.id] = block.text
            if standing is not None and standing.origin is not None:
                message = _why_orphaned(standing.origin.digest, drafted.log)
                changes.append(Change(Drift.ORPHANED, block.id, message))
        else:
            comment = _comment(entries[rule.entries[0]], rule)
            texts[block.id] = _updated(comment, rule, block, standing, places)
            told = list(_changes(rule, standing))
            if not told and texts[block.id] != block.text:
                message = "what the log gives for it is different now"
                told = [Change(Drift.CHANGED, rule.id, message)]
            changes.extend(told)
    for rule in rules:
        if rule.id not in texts:
            texts[rule.id] = _comment(entries[rule.entries[0]], rule) + render_rule(rule)
            changes.append(Change(Drift.NEW, rule.id, "the log gives a rule that is not there yet"))
    text = _assemble(drafted, logs, list(texts.values()), old_text)
    return Merged(text, tuple(changes))


def _why_orphaned(digest: str, log: Log) -> str:
    lessons = (lesson for entry in log.entries for lesson in entry.lessons)
    is_there = any(digest_of_lesson(lesson) == digest for lesson in lessons)
    why = "its lesson gives no such rule now" if is_there else "its lesson is gone from the log"
    return f"{why}; delete the rule or its origin"


def _updated(comment: str, rule: Rule, block: Block, standing: Rule | None, known: _Known) -> str:
    """A rule's new text; one that was edited by hand only learns where its lesson stands now.

    Comments that people wrote in front of a rule stay in either case.
    """
    if standing is None or standing.origin is None:
        return block.text
    in_front, body = _comments(block.text)
    lead = _renewed(in_front, comment, known.titles)
    text = render_rule(rule)
    if standing.origin.written == digest_of(block.text):
        return lead + text
    origin = _ORIGIN.search(text)
    assert origin is not None, text
    line = re.sub(r'written: "\w*"', f'written: "{standing.origin.written}"', origin[0])
    body = _ORIGIN.sub(lambda _: line, body, count=1)
    if standing.entries[:1] != rule.entries[:1]:
        kept = [entry for entry in standing.entries[1:] if entry in known.entries]
        entries = flow(dict.fromkeys((*rule.entries, *kept)))
        body = _ENTRIES.sub(lambda _: f"    entries: {entries}\n", body, count=1)
    return lead + body


def _comments(text: str) -> tuple[list[str], str]:
    """The comments in front of a rule, and the rule without them."""
    lines = text.splitlines(keepends=True)
    in_front = list(takewhile(lambda line: line.lstrip().startswith("#"), lines))
    return in_front, "".join(lines[len(in_front) :])


def _renewed(in_front: list[str], comment: str, titles: set[str]) -> str:
    """The comments with that of `generate` renewed; a title that people changed stays as it is."""
    title, place = comment.splitlines(keepends=True)
    kept = list(in_front)
    for number, line in enumerate(in_front):
        if _PLACE.fullmatch(line):
            kept[number] = place
            if number and in_front[number - 1].strip().removeprefix("# ") in titles:
                kept[number - 1] = title
    return "".join(kept)


def _changes(rule: Rule, standing: Rule | None) -> Iterator[Change]:
    if standing is None or standing.origin is None or rule.origin is None:
        return
    if standing.origin.digest != rule.origin.digest:
        yield Change(Drift.CHANGED, rule.id, "its lesson is worded differently now")
    elif standing.entries[:1] != rule.entries[:1] and standing.entries:
        message = f"its lesson moved from entry {standing.entries[0]} to {rule.entries[0]}"
        yield Change(Drift.MOVED, rule.id, message)
    elif standing.origin.lines != rule.origin.lines:
        before, now = standing.origin.lines[0], rule.origin.lines[0]
        yield Change(Drift.MOVED, rule.id, f"its lesson moved from line {before} to line {now}")


def _comment(entry: Entry, rule: Rule) -> str:
    """Where a rule comes from, for people who read the file."""
    assert rule.origin is not None
    lesson = next(le for le in entry.lessons if le.lines == rule.origin.lines)
    return (
        f"  # {entry.title}\n"
        f"  # {lesson.role.value}, line {lesson.lines[0]} of the log, by recipe "
        f"{rule.origin.recipe}\n"
    )


def _assemble(drafted: Drafted, logs: LogPaths, blocks: list[str], old: RulebookText | None) -> str:
    sections = dict(old.sections) if old is not None else {}
    head = old.head if old is not None else _HEAD
    version = sections.get("version", "version: 1\n")
    log = sections.get("log", _log_section(logs))
    rules = "rules:\n" + "\n".join(blocks) if blocks else "rules: []\n"
    reminders = render_reminders(_reminders(drafted.decisions))
    entries = render_entries(_entry_ref(entry, logs) for entry in drafted.log.entries)
    parts = [
        version.rstrip("\n") + "\n" + log.strip("\n") + "\n",
        _lead(sections, "rules") + rules,
        _lead(sections, "reminders") + reminders if reminders else "",
        _lead(sections, "entries") + entries,
    ]
    return head + "\n".join(part for part in parts if part)


def _lead(sections: dict[str, str], key: str) -> str:
    """The comments right above a section's key."""
    lines = sections.get(key, "").splitlines(keepends=True)
    return "".join(takewhile(lambda line: line.lstrip().startswith("#"), lines))


def _reminders(decisions: tuple[Decision, ...]) -> Iterator[Reminder]:
    applying: dict[str, AppliesTo] = {}
    for decision in decisions:
        if decision.outcome is not Outcome.REMINDER:
            continue
        entry, lesson = decision.entry, decision.lesson
        if entry.id not in applying:
            applying[entry.id] = AppliesTo(files_of(entry), keywords_of(entry))
        applies = applying[entry.id]
        yield Reminder(
            entry=entry.id,
            role=lesson.role.value,
            text=lesson.text,
            lines=lesson.lines,
            reason=decision.reason,
            applies_to=applies if lesson.role in _DIRECTIVES else AppliesTo(),
        )


def _log_section(logs: LogPaths) -> str:
    if len(logs.named) == 1:
        return f"log: {scalar(logs.named[0])}\n"
    return f"log:\n  paths: {flow(logs.named)}\n"


def _entry_ref(entry: Entry, logs: LogPaths) -> EntryRef:
    path = str(PurePosixPath(logs.of_entry(entry.path)))
    return EntryRef(entry.id, entry.title, entry.date, path, entry.line, entry.anchor)
