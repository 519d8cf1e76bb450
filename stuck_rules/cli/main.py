"""The command line: builds the parser and runs the command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from stuck_rules import __version__
from stuck_rules.cli.commands import COMMANDS, load_command
from stuck_rules.cli.console import Console, system_console
from stuck_rules.cli.errors import UNKNOWN, guarded


def build_parser(chosen: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands; only the chosen one's arguments are declared."""
    parser = argparse.ArgumentParser(
        prog="stuck-rules",
        description="Turn a team's getting-stuck log into rules, and hold the code to them.",
    )
    parser.add_argument("--version", action="version", version=f"stuck-rules {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary)
        if name == chosen:
            command = load_command(name)
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
        given = sys.argv[1:] if argv is None else argv
        chosen = next((word for word in given if not word.startswith("-")), None)
        arguments = build_parser(chosen).parse_args(given)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else UNKNOWN
    return guarded(lambda: _run(arguments, console), console)


def _run(arguments: argparse.Namespace, console: Console) -> int:
    """Run the command; plug-ins are loaded only because the command line says so."""
    modules = getattr(arguments, "plugin", ())
    installed = getattr(arguments, "allow_plugins", False)
    if modules or installed:
        from stuck_rules.plugins import load_plugins

        load_plugins(modules, installed=installed, root=console.cwd)
    return int(arguments.run(arguments, console))
