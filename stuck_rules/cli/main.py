"""The command line: builds the parser and runs the command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from stuck_rules import __version__
from stuck_rules.cli.commands import COMMANDS
from stuck_rules.cli.console import Console, system_console
from stuck_rules.cli.errors import UNKNOWN, guarded


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="stuck-rules",
        description="Turn a team's getting-stuck log into rules, and hold the code to them.",
    )
    parser.add_argument("--version", action="version", version=f"stuck-rules {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS.values():
        sub = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def main(argv: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run the program and return its exit code; argparse leaves with 2 for a wrong usage."""
    try:
        console = console or system_console()
    except FileNotFoundError:
        sys.stderr.write("stuck-rules: the current folder does not exist any more\n")
        return UNKNOWN
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else UNKNOWN
    return guarded(lambda: int(arguments.run(arguments, console)), console)
