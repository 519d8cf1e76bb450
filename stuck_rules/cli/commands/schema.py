"""`stuck-rules schema`: the rulebook's JSON Schema, for editors."""

from __future__ import annotations

import argparse

from stuck_rules.checks import CHECKS
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.reporters.base import dump_json
from stuck_rules.rulebook.schema import rulebook_schema


def add_arguments(_: argparse.ArgumentParser) -> None:
    """Declare what the command takes: nothing."""


def run(_: argparse.Namespace, console: Console) -> int:
    """Print it."""
    console.print(dump_json(rulebook_schema(CHECKS)))
    return OK
