"""The run of the generator: read the log, draft, prove, merge; the same input, the same bytes."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from stuck_rules.errors import RulebookError, UsageError
from stuck_rules.generator.draft import Drafted, Outcome, draft
from stuck_rules.generator.merge import Change, merge
from stuck_rules.lessons.reader import read_log
from stuck_rules.model.lesson import Log
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.rulebook.blocks import split_rulebook
from stuck_rules.rulebook.loader import (
    is_rulebook,
    load_rulebook,
    parse_rulebook,
    read_rulebook_text,
)
from stuck_rules.rulebook.locate import NAME


@dataclass(frozen=True, slots=True)
class Target:
    """A log and the rulebook that it becomes; without `path` the rulebook is only printed."""

    log: Path
    log_shown: str
    path: Path | None
    shown: str

    @property
    def log_from_rulebook(self) -> str:
        """The log's path as the rulebook writes it."""
        folder = self.path.parent if self.path is not None else Path.cwd()
        return os.path.relpath(self.log, folder).replace(os.sep, "/")

    def write(self, text: str) -> None:
        """Put the text in the file's place at once: another reader sees the old or the new one."""
        assert self.path is not None
        folder = self.path.parent
        temporary: Path | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", newline="\n", dir=folder, prefix=".rules-", delete=False
            ) as file:
                temporary = Path(file.name)
                file.write(text)
            mode = self.path.stat().st_mode & 0o777 if os.path.exists(self.path) else 0o644
            temporary.chmod(mode)
            temporary.replace(self.path)
        except OSError as error:
            if temporary is not None:
                temporary.unlink(missing_ok=True)
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


def find_target(cwd: Path, log: str | None, output: str | None) -> Target:
    """Which log becomes which rulebook; without a log the one that the rulebook names."""
    shown = output if output not in (None, "-") else NAME
    assert shown is not None
    path = cwd / shown
    if log is None:
        rulebook = load_rulebook(path, shown=shown)
        if rulebook.log is None:
            raise UsageError.at(
                "the rulebook names no log; give one: stuck-rules generate LOG", shown
            )
        log_path = Path(os.path.abspath(path.parent / rulebook.log))
        log = os.path.relpath(log_path, cwd).replace(os.sep, "/")
    return Target(Path(os.path.abspath(cwd / log)), log, None if output == "-" else path, shown)


def generate(target: Target) -> Generated:
    """Make the rulebook's text. Raises LogError, and RulebookError where the old one is invalid."""
    old_text = _standing_text(target)
    old = parse_rulebook(old_text, shown=target.shown) if old_text is not None else None
    settings = (old.log_settings if old is not None else None) or LogSettings()
    log = read_log(target.log, shown=target.log_shown, settings=settings)
    drafted = draft(log)
    blocks = split_rulebook(old_text, target.shown) if old_text is not None else None
    merged = merge(drafted, target.log_from_rulebook, old, blocks)
    parse_rulebook(merged.text, shown=target.shown)
    return Generated(merged.text, log, merged.changes, merged.text == old_text, _counts(drafted))


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
