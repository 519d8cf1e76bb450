"""The run of the generator: read the log, draft, prove, merge; the same input, the same bytes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from stuck_rules.errors import RulebookError, UsageError, did_you_mean
from stuck_rules.generator.backtest import Backtest, Fired, hold_back
from stuck_rules.generator.draft import Drafted, Outcome, draft
from stuck_rules.generator.logsettings import settings_for
from stuck_rules.generator.merge import Change, LogPaths, merge
from stuck_rules.generator.recipes import RECIPES
from stuck_rules.lessons.files import LogSource, named_logs
from stuck_rules.lessons.reader import read_logs
from stuck_rules.model.lesson import Log, LogWarning
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.placing import put
from stuck_rules.rulebook.blocks import split_rulebook
from stuck_rules.rulebook.loader import (
    is_rulebook,
    load_rulebook,
    parse_rulebook,
)
from stuck_rules.rulebook.locate import NAME
from stuck_rules.rulebook.text import read_rulebook_text
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Target:
    """Logs and the rulebook that they become; without `path` it is only printed."""

    logs: tuple[LogSource, ...]
    cwd: Path
    path: Path | None
    shown: str

    @property
    def log_shown(self) -> str:
        """The logs as a user would name them."""
        return ", ".join(log.shown for log in self.logs)

    def from_rulebook(self, shown: str) -> str:
        """A log's path as the rulebook writes it."""
        folder = self.path.parent if self.path is not None else self.cwd
        return os.path.relpath(self.cwd / shown, folder).replace(os.sep, "/")

    def write(self, text: str) -> None:
        """Put the text in the file's place at once: another reader sees the old or the new one."""
        assert self.path is not None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            put(str(self.path), text.encode())
        except OSError as error:
            message = f"cannot be written: {error.strerror}"
            raise RulebookError.at(message, self.shown) from None


@dataclass(frozen=True, slots=True)
class Generated:
    """A new rulebook's text, and how it stands to the one that was there."""

    text: str
    log: Log
    changes: tuple[Change, ...]
    is_current: bool
    counts: str
    fired: Mapping[str, Fired] = field(default_factory=dict)
    contradictions: tuple[LogWarning, ...] = ()


def find_target(
    cwd: Path, logs: Sequence[str], output: str | None, configured: Sequence[LogSource] = ()
) -> Target:
    """Which logs become which rulebook; without any those that it, or else the settings, name."""
    shown = output if output not in (None, "-") else NAME
    assert shown is not None
    path = cwd / shown
    sources = [LogSource(Path(os.path.abspath(cwd / log)), log) for log in logs]
    for source in _named(path, shown, configured) if not logs else ():
        absolute = Path(os.path.abspath(source.path))
        named = os.path.relpath(absolute, cwd).replace(os.sep, "/")
        sources.append(LogSource(absolute, named))
    return Target(tuple(sources), cwd, None if output == "-" else path, shown)


def _named(path: Path, shown: str, configured: Sequence[LogSource]) -> Sequence[LogSource]:
    if configured and not os.path.exists(path):
        return configured
    rulebook = load_rulebook(path, shown=shown)
    if rulebook.log_settings is not None and rulebook.log_settings.paths:
        return named_logs(path.parent, rulebook.log_settings.paths)
    if not configured:
        raise UsageError.at("the rulebook names no log; give one: stuck-rules generate LOG", shown)
    return configured


def generate(
    target: Target, backtest: Backtest | None = None, configured: LogSettings | None = None
) -> Generated:
    """Make the rulebook's text. Raises LogError, and RulebookError where the old one is invalid.

    With a backtest, rules that were learnt and fire often in it are written disabled. The log is
    read as the rulebook says, or else as `configured`.
    """
    old_text = _standing_text(target)
    old = parse_rulebook(old_text, shown=target.shown) if old_text is not None else None
    settings = settings_for(old, configured)
    _refuse_recipes(settings, target.shown)
    log = read_logs(target.logs, settings=settings)
    drafted = draft(log, settings)
    fired = backtest(drafted.rules) if backtest is not None else {}
    drafted = hold_back(drafted, fired)
    blocks = split_rulebook(old_text, target.shown) if old_text is not None else None
    named = tuple(target.from_rulebook(source.shown) for source in target.logs)
    merged = merge(drafted, LogPaths(named, target.from_rulebook), old, blocks)
    parse_rulebook(merged.text, shown=target.shown)
    is_current = merged.text == old_text
    return Generated(
        merged.text,
        log,
        merged.changes,
        is_current,
        _counts(drafted),
        fired,
        drafted.contradictions,
    )


def _refuse_recipes(settings: LogSettings, shown: str) -> None:
    for switch in settings.recipes:
        if switch.recipe not in RECIPES:
            hint = did_you_mean(switch.recipe, RECIPES)
            raise RulebookError.at(
                f"log.recipes: no recipe is named {switch.recipe!r}{hint}", shown
            )


def _standing_text(target: Target) -> str | None:
    if target.path is None or not os.path.exists(target.path):
        return None
    text = read_rulebook_text(target.path, target.shown)
    if text.strip() and not is_rulebook(text):
        message = "is no rulebook of rules, so it is not overwritten; choose another file with -o"
        raise RulebookError.at(message, target.shown)
    return text if text.strip() else None


def _counts(drafted: Drafted) -> str:
    enabled = sum(rule.enabled for rule in drafted.rules)
    outcomes = Counter(decision.outcome for decision in drafted.decisions)
    return (
        f"{len(drafted.log.entries)} entries, {len(drafted.decisions)} lessons: "
        f"{enabled} rules hold {outcomes[Outcome.RULE]} of them, "
        f"{len(drafted.rules) - enabled} disabled rules {outcomes[Outcome.DISABLED]}, "
        f"{outcomes[Outcome.REMINDER]} are reminders"
    )
