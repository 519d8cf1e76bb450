"""`stuck-rules remind`: lessons that no rule holds, for the files that change."""

from __future__ import annotations

import argparse

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.cli.options import add_rulebook, asked
from stuck_rules.errors import StuckRulesError
from stuck_rules.reminding import reminders_for
from stuck_rules.reporters.base import one_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files; by default those that git says changed"
    )
    add_rulebook(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it; a reminder stops nobody, so the exit code is 0 whatever happens."""
    try:
        project = api.open_project(
            console.cwd, tuple(arguments.paths), asked=asked(arguments, console)
        )
        for reminded, entry in reminders_for(project, tuple(arguments.paths)):
            reminder = reminded.reminder
            where = f"{entry.path}:{reminder.lines[0]}" if entry else reminder.entry
            title = entry.title if entry else reminder.entry
            console.print(
                f"reminder: {one_line(reminder.text)}\n"
                f"    {one_line(title)} ({where}), since {one_line(reminded.because)}"
            )
    except StuckRulesError as error:
        for problem in error.problems:
            console.note(f"stuck-rules: {one_line(str(problem))}")
    return OK
