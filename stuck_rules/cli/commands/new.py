"""`stuck-rules new`: append an entry to the log, and say what would become of it."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.errors import LogError, UsageError
from stuck_rules.generator.draft import draft
from stuck_rules.lessons.reader import parse_log
from stuck_rules.lessons.template import NewEntry, add_entry
from stuck_rules.model.lesson import Log
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.placing import put
from stuck_rules.projectlogs import log_settings
from stuck_rules.reporters.base import one_line
from stuck_rules.scanner.rewriting import replace_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("log", metavar="LOG", help="the log; it is made where there is none")
    parser.add_argument("title", metavar="TITLE", help="what the entry is about")
    parser.add_argument("--root-cause", default="", metavar="TEXT", help="why it happened")
    parser.add_argument("--wrong", default="", metavar="CODE", help="the code that was wrong")
    parser.add_argument("--correct", default="", metavar="CODE", help="the code that is right")
    parser.add_argument(
        "--prevent",
        action="append",
        default=[],
        metavar="TEXT",
        help="what keeps it from happening again; may be given several times",
    )
    parser.add_argument("--date", default=None, metavar="DATE", help="YYYY-MM-DD; today by default")
    parser.add_argument("--dry-run", action="store_true", help="print the entry and write nothing")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    path = console.cwd / arguments.log
    data = _read(path, arguments.log)
    old = _decode(data, arguments.log)
    title = one_line(arguments.title).strip()
    if not title:
        raise UsageError.at("an entry needs a title")
    entry = NewEntry(
        title=title,
        date=_date(arguments.date),
        root_cause=" ".join(arguments.root_cause.split()),
        wrong=arguments.wrong,
        correct=arguments.correct,
        prevention=tuple(item for item in arguments.prevent if item.strip()),
    )
    settings, _ = log_settings(console.cwd)
    added = add_entry(old, entry, _log(old, arguments.log, settings))
    console.print(added.markdown)
    log = parse_log(added.text, path=arguments.log, settings=settings)
    _tell(log, added.line, settings, console)
    if not arguments.dry_run:
        _write(path, arguments.log, data, added.text)
        console.note(f"{arguments.log}: an entry was added; run stuck-rules generate")
    return OK


def _date(given: str | None) -> str:
    if given is None:
        return dt.datetime.now(dt.timezone.utc).date().isoformat()
    try:
        return dt.date.fromisoformat(given).isoformat()
    except ValueError:
        raise UsageError.at(f"--date must be YYYY-MM-DD, not {given!r}") from None


def _read(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise LogError.at(f"cannot be read: {error.strerror}", shown) from None


def _decode(data: bytes, shown: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LogError.at(f"not UTF-8: {error.reason} at byte {error.start}", shown) from None


def _log(text: str, shown: str, settings: LogSettings) -> Log | None:
    """The log as it stands; None where it holds no entries yet."""
    try:
        return parse_log(text, path=shown, settings=settings) if text.strip() else None
    except LogError:
        return None


def _tell(log: Log, line: int, settings: LogSettings, console: Console) -> None:
    """What would become of the lessons of the entry at a line."""
    drafted = draft(log, settings)
    for decision in drafted.decisions:
        if decision.entry.line != line:
            continue
        end = f"{decision.outcome.value} {decision.rule}" if decision.rule else decision.reason
        role = decision.lesson.role.value
        console.note(f"{role}: {one_line(decision.lesson.text)}\n    -> {end}")


def _write(path: Path, shown: str, old: bytes, text: str) -> None:
    if path.exists():
        mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
        replace_file(str(path), old, mark + text.encode(), shown)
        return
    try:
        put(str(path), text.encode())
    except OSError as error:
        raise LogError.at(f"cannot be written: {error.strerror}", shown) from None
