"""The commands, in the order in which the help shows them; only the one that runs is loaded."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Protocol, cast

from stuck_rules.cli.console import Console


class Command(Protocol):
    """A module that is a command."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, arguments: argparse.Namespace, console: Console) -> int:
        """Run it and return the exit code."""


COMMANDS = {
    "scan": "check code against the rules",
    "baseline": "live with the violations there are, and let no new ones in",
    "suppressions": "list the comments that let code break a rule, with reason, age and author",
    "generate": "make or renew the rulebook of a log",
    "log": "show the entries and lessons of a log as they were understood",
    "coverage": "account for each lesson of the log: rule, disabled rule or reminder",
    "explain": "show a rule or an entry: what it says, who taught it, right and wrong",
    "rules": "list the rules",
    "remind": "show lessons that no rule holds, for the files that change",
    "new": "append an entry to the log, and say what would become of it",
    "init": "set up hook and workflow for a project, and make its rulebook",
    "test": "prove each rule by its own examples",
    "clean": "forget what earlier runs remember",
    "schema": "print the JSON Schema of the rulebook or of the settings, for editors",
}


def load_command(name: str) -> Command:
    """The module of a command in COMMANDS."""
    return cast("Command", import_module(f"stuck_rules.cli.commands.{name}"))
