"""`stuck-rules log`: what was understood of a log."""

from __future__ import annotations

import argparse
import json

from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.errors import UsageError
from stuck_rules.lessons.files import LogSource, named_logs
from stuck_rules.lessons.reader import read_logs
from stuck_rules.model.lesson import Entry, Lesson, Log, LogFile
from stuck_rules.projectlogs import log_settings
from stuck_rules.reporters.base import one_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "log", metavar="LOG", nargs="*", help="a Markdown file, or a folder of them"
    )
    parser.add_argument("--output-format", choices=["full", "json"], default="full")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    settings, folder = log_settings(console.cwd)
    sources = [LogSource(console.cwd / shown, shown) for shown in arguments.log]
    sources = sources or named_logs(folder, settings.paths)
    if not sources:
        raise UsageError.at(
            "no log is named: stuck-rules log LOG, or log.paths in the rulebook or the settings"
        )
    log = read_logs(sources, settings=settings)
    if arguments.output_format == "json":
        console.print(json.dumps(_document(log), ensure_ascii=False, indent=2))
    else:
        console.print("\n".join(_lines(log)))
        console.warn(log.warnings)
    return OK


def _lines(log: Log) -> list[str]:
    lines = []
    for entry in log.entries:
        date = f", {entry.date}" if entry.date else ""
        lines.append(one_line(f"{entry.path}:{entry.line} {entry.id}{date}"))
        lines.extend(
            f"  {lesson.lines[0]:>5} {lesson.role.value:<14} {one_line(lesson.text)}"
            for lesson in entry.lessons
        )
    lines.extend(_outline(file) for file in log.files)
    count = sum(len(entry.lessons) for entry in log.entries)
    return [*lines, f"{len(log.entries)} entries, {count} lessons"]


def _outline(file: LogFile) -> str:
    """What the entries of a file are, and which of its lines stand outside any."""
    spans = [str(first) if first == last else f"{first}-{last}" for first, last in file.outside]
    outside = f"; outside any entry: lines {', '.join(spans)}" if spans else ""
    return f"{file.path}: entries by {file.level}{outside}"


def _document(log: Log) -> dict[str, object]:
    return {
        "entries": [_entry(entry) for entry in log.entries],
        "warnings": [{"kind": w.kind, "line": w.line, "message": w.message} for w in log.warnings],
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "date": entry.date,
        "number": entry.number,
        "line": entry.line,
        "anchor": entry.anchor,
        "lessons": [_lesson(lesson) for lesson in entry.lessons],
    }


def _lesson(lesson: Lesson) -> dict[str, object]:
    return {
        "role": lesson.role.value,
        "polarity": lesson.polarity.value,
        "text": lesson.text,
        "lines": list(lesson.lines),
        "code": [{"text": code.text, "lines": list(code.lines)} for code in lesson.code],
    }
