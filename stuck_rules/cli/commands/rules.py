"""`stuck-rules rules`: the rules and where they come from."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.cli.options import add_rulebook, asked
from stuck_rules.model.rule import Rule
from stuck_rules.reporters.base import one_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_rulebook(parser)
    parser.add_argument("--output-format", choices=["full", "json"], default="full")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    project = api.open_project(console.cwd, asked=asked(arguments, console))
    if arguments.output_format == "json":
        rules = [_document(rule) for book in project.rulebooks for rule in book.rules]
        rules += [_document(rule) for rule in project.builtin.rules]
        console.print(json.dumps({"rules": rules}, ensure_ascii=False, indent=2))
        return OK
    for rulebook in project.rulebooks:
        width = _print_rules(rulebook.rules, console)
        for skipped in rulebook.skipped:
            languages = ", ".join(skipped.languages)
            console.print(f"{skipped.id:<{width}}  skipped   for {languages}")
        kind = "bundled rulebook" if rulebook.bundled else "rulebook"
        console.note(f"{len(rulebook.rules)} rules of {kind} {rulebook.path}")
    _print_rules(project.builtin.rules, console)
    console.note(f"{len(project.builtin.rules)} built-in rules")
    return OK


def _print_rules(rules: Sequence[Rule], console: Console) -> int:
    """Print a line a rule; returns the width of the ids."""
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        state = rule.severity.value if rule.enabled else "disabled"
        console.print(f"{rule.id:<{width}}  {state:<8}  {one_line(rule.message)}")
    return width


def _document(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "enabled": rule.enabled,
        "message": rule.message,
        "note": rule.note,
        "entries": list(rule.entries),
        "rulebook": rule.rulebook or None,
        "line": rule.line or None,
    }
