"""`stuck-rules explain`: a rule or an entry, with all that is known of it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.cli.options import add_rulebook, asked
from stuck_rules.errors import LogError, UsageError, did_you_mean
from stuck_rules.links import link_entry, link_rule
from stuck_rules.model.lesson import Entry
from stuck_rules.model.result import EntryLink
from stuck_rules.model.rule import Example, Rule
from stuck_rules.model.rulebook import EntryRef, Rulebook
from stuck_rules.projectlogs import read_log_of
from stuck_rules.reporters.base import one_line, visible
from stuck_rules.suppressions.builtin import BUILT_IN_IDS

_NUMBER = re.compile(r"(?:entry[- ]?|#)?(?P<number>\d+)", re.IGNORECASE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("name", metavar="RULE|ENTRY", help="an id, or an entry's number")
    add_rulebook(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    project = api.open_project(console.cwd, asked=asked(arguments, console))
    for rulebook in project.rulebooks:
        logs = _entries_of_log(rulebook, project)
        for rule in rulebook.rules:
            if rule.id == arguments.name:
                console.print("\n".join(_rule_lines(project, rule, rulebook, logs)))
                return OK
        entry = _find_entry(arguments.name, rulebook, logs)
        if entry is not None:
            console.print("\n".join(_entry_lines(project, entry, rulebook, logs)))
            return OK
    for rule in project.builtin.rules:
        if rule.id == arguments.name:
            console.print("\n".join(_built_in_lines(rule)))
            return OK
    raise UsageError.at(_unknown(arguments.name, project.rulebooks))


def _entries_of_log(rulebook: Rulebook, project: api.Project) -> dict[str, Entry]:
    """The log's entries by id; none where the log cannot be read, since the rule still can."""
    try:
        return {entry.id: entry for entry in read_log_of(rulebook, project).entries}
    except (LogError, UsageError):
        return {}


def _find_entry(name: str, rulebook: Rulebook, logs: dict[str, Entry]) -> EntryRef | None:
    entry = rulebook.entry(name)
    number = _NUMBER.fullmatch(name)
    if entry is not None or number is None:
        return entry
    ids = [e.id for e in logs.values() if e.number == int(number["number"])]
    if len(ids) > 1:
        raise UsageError.at(f"several entries have the number {name}: {', '.join(ids)}")
    return rulebook.entry(ids[0]) if ids else None


def _unknown(name: str, rulebooks: Iterable[Rulebook]) -> str:
    known = [rule.id for book in rulebooks for rule in book.rules]
    known += sorted(BUILT_IN_IDS)
    known += [entry.id for book in rulebooks for entry in book.entries]
    hint = did_you_mean(name, known) or "; see stuck-rules rules"
    return f"no rule or entry is called {name!r}{hint}"


def _rule_lines(
    project: api.Project, rule: Rule, rulebook: Rulebook, logs: dict[str, Entry]
) -> Iterator[str]:
    state = rule.severity.value if rule.enabled else f"{rule.severity.value}, disabled"
    yield f"{rule.id} ({state}, confidence {rule.confidence.value})"
    yield f"  {one_line(rule.message)}"
    if rule.note:
        yield f"  note: {one_line(rule.note)}"
    yield f"  defined in {rule.rulebook}:{rule.line}"
    for link in link_rule(rule, rulebook, api.link_base(project, {})).entries:
        yield from _link_lines(link)
        for line, text in _lessons(rule, logs.get(link.id)):
            yield f"    line {line}: {one_line(text)}"
    yield from _example_lines("wrong", rule.examples.bad)
    yield from _example_lines("right", rule.examples.good)
    for key, value in rule.metadata:
        yield f"  {key}: {one_line(value)}"


def _built_in_lines(rule: Rule) -> Iterator[str]:
    state = "built in" if rule.enabled else "built in, disabled"
    yield f"{rule.id} ({rule.severity.value}, {state})"
    yield f"  {rule.message}"
    yield from _example_lines("wrong", rule.examples.bad)
    yield from _example_lines("right", rule.examples.good)


def _link_lines(link: EntryLink) -> Iterator[str]:
    yield ""
    yield f"  learned in: {one_line(link.title)}"
    yield f"    {link.path}:{link.line}"
    yield f"    {link.url}"


def _lessons(rule: Rule, entry: Entry | None) -> Iterator[tuple[int, str]]:
    """The lesson that the rule was made from, if it stands in this entry."""
    if entry is None or rule.origin is None:
        return
    for lesson in entry.lessons:
        if lesson.lines == rule.origin.lines:
            yield lesson.lines[0], f"{lesson.role.value}: {lesson.text}"


def _example_lines(title: str, examples: Iterable[Example]) -> Iterator[str]:
    for example in examples:
        yield ""
        yield f"  {title}" + (f" ({example.path})" if example.path else "") + ":"
        lines = example.code.rstrip("\n").split("\n")
        yield from (f"    {visible(line)}".rstrip() for line in lines)


def _entry_lines(
    project: api.Project, entry: EntryRef, rulebook: Rulebook, logs: dict[str, Entry]
) -> Iterator[str]:
    link = link_entry(entry, rulebook, api.link_base(project, {}))
    date = f" ({entry.date})" if entry.date else ""
    yield f"{entry.id}{date}"
    yield from list(_link_lines(link))[1:]
    rules = [rule for rule in rulebook.rules if entry.id in rule.entries]
    yield ""
    yield f"  rules: {', '.join(rule.id for rule in rules) or 'none'}"
    lessons = logs[entry.id].lessons if entry.id in logs else ()
    for lesson in lessons:
        yield f"  {lesson.lines[0]:>5} {lesson.role.value:<14} {one_line(lesson.text)}"
    if not lessons:
        assert rulebook.reminders is not None, "a project that remembers comes without reminders"
        for reminder in rulebook.reminders:
            if reminder.entry == entry.id:
                yield f"  {reminder.lines[0]:>5} {reminder.role:<14} {one_line(reminder.text)}"
