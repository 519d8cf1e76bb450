"""The rulebook: rules, reminders, and the entries that they come from."""

from __future__ import annotations

from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.rule import Rule
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """When a reminder is worth showing: files that change, words that stand in them."""

    paths: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """A lesson that no rule holds, with the reason why not."""

    entry: str
    role: str
    text: str
    lines: tuple[int, int]
    reason: str = ""
    applies_to: AppliesTo = AppliesTo()


@dataclass(frozen=True, slots=True)
class EntryRef:
    """Where an entry stands in the log; `path` is relative to the rulebook's folder."""

    id: str
    title: str
    date: str | None
    path: str
    line: int
    anchor: str


@dataclass(frozen=True, slots=True)
class SkippedRule:
    """A rule for other languages than Python."""

    id: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One YAML file; `path` is as a user would type it, `folder` the absolute folder of globs.

    `log` is the first of the paths in `log_settings`. The globs of a rulebook that is bundled,
    or comes with an installed package, are relative to the project's root instead. `reminders`
    is None where they were not read, since a scan asks for none and waits for all that is read.
    """

    path: str
    folder: str
    rules: tuple[Rule, ...]
    bundled: bool = False
    installed: bool = False
    log: str | None = None
    reminders: tuple[Reminder, ...] | None = ()
    entries: tuple[EntryRef, ...] = ()
    skipped: tuple[SkippedRule, ...] = ()
    log_settings: LogSettings | None = None

    def entry(self, entry_id: str) -> EntryRef | None:
        """The entry of that id, or None where the rulebook does not list it."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)
