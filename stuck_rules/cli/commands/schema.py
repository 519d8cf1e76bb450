"""`stuck-rules schema`: the JSON Schema of the rulebook or of the settings, for editors."""

from __future__ import annotations

import argparse

from stuck_rules.checks import CHECKS
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.reporters.base import dump_json
from stuck_rules.rulebook.logschema import log_schema
from stuck_rules.rulebook.schema import rulebook_schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--settings", action="store_true", help="the schema of stuck-rules.toml instead"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print it."""
    if arguments.settings:
        from stuck_rules.config.schema import settings_schema

        console.print(dump_json(settings_schema(log_schema())))
    else:
        console.print(dump_json(rulebook_schema(CHECKS)))
    return OK
