"""The commands, in the order in which the help shows them."""

from __future__ import annotations

import argparse
from typing import Protocol

from stuck_rules.cli.commands import coverage, explain, generate, log, rules, scan, test
from stuck_rules.cli.console import Console


class Command(Protocol):
    """A module that is a command."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, arguments: argparse.Namespace, console: Console) -> int:
        """Run it and return the exit code."""


COMMANDS: dict[str, Command] = {
    command.NAME: command for command in (scan, generate, log, coverage, explain, rules, test)
}
