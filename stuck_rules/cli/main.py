"""The command line: builds the parser and runs the command."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from stuck_rules import __version__
from stuck_rules.cli.commands import COMMANDS, load_command
from stuck_rules.cli.console import Console, system_console
from stuck_rules.cli.errors import UNKNOWN, guarded


class _Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal; asking `shutil` for that would cost every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size().columns or 80
    except (OSError, ValueError):
        return 80


def build_parser() -> argparse.ArgumentParser:
    """The parser of what stands before a command, which tells of all commands."""
    parser = argparse.ArgumentParser(
        prog="stuck-rules",
        description="Turn a team's getting-stuck log into rules, and hold the code to them.",
    )
    parser.add_argument("--version", action="version", version=f"stuck-rules {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        commands.add_parser(name, help=summary, description=summary)
    return parser


def build_command_parser(name: str) -> argparse.ArgumentParser:
    """The parser of one command, without the others, which would have to be made first."""
    command = load_command(name)
    parser = argparse.ArgumentParser(
        prog=f"stuck-rules {name}", description=COMMANDS[name], formatter_class=_Formatter
    )
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)
    return parser


def _parse(given: Sequence[str]) -> argparse.Namespace:
    if not given or given[0] not in COMMANDS:
        return build_parser().parse_args(given)
    parser = build_command_parser(given[0])
    arguments, left = parser.parse_known_args(given[1:])
    if not left:
        return arguments
    if hasattr(arguments, "paths") and not hasattr(arguments, "action"):
        # argparse takes paths from one place only, unless it is told otherwise.
        return parser.parse_intermixed_args(given[1:])
    return parser.parse_args(given[1:])


def main(argv: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run the program and return its exit code; argparse leaves with 2 for a wrong usage."""
    if console is None:
        # A run makes many values and few cycles: looking for those takes a tenth of a start.
        gc.set_threshold(50_000, 10, 10)
    try:
        console = console or system_console()
    except FileNotFoundError:
        sys.stderr.write("stuck-rules: the current folder does not exist any more\n")
        return UNKNOWN
    try:
        arguments = _parse(sys.argv[1:] if argv is None else argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else UNKNOWN
    except OSError:
        # Python 3.10 tells so that nobody can read what is wrong, or the help.
        return UNKNOWN
    return guarded(lambda: _run(arguments, console), console)


def program() -> NoReturn:
    """The program itself: run, and leave without taking everything apart, which takes longer."""
    code = main()
    try:
        sys.stdout.flush()
    except OSError:
        # The reader went away.
        code = code or UNKNOWN
    os._exit(code)


def _run(arguments: argparse.Namespace, console: Console) -> int:
    """Run the command; plug-ins are loaded only because the command line says so."""
    modules = getattr(arguments, "plugin", ())
    installed = getattr(arguments, "allow_plugins", False)
    if modules or installed:
        from stuck_rules.plugins import load_plugins

        load_plugins(modules, installed=installed, root=console.cwd)
    return int(arguments.run(arguments, console))
