"""`stuck-rules test`: prove each rule by its own examples."""

from __future__ import annotations

import argparse

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, UNKNOWN, VIOLATIONS
from stuck_rules.cli.options import add_rulebook
from stuck_rules.reporters.base import one_line
from stuck_rules.testing import prove


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_rulebook(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it; 1 where an example does not hold, 2 where no rule has one."""
    project = api.open_project(console.cwd, (), arguments.rulebook)
    rules = [rule for rulebook in project.rulebooks for rule in rulebook.rules]
    failures = [(rule, failure) for rule in rules for failure in prove(rule)]
    for rule in rules:
        if not len(rule.examples):
            console.note(f"{rule.rulebook}:{rule.line}: warning: rule {rule.id} has no example")
    for rule, failure in failures:
        place = f"{rule.rulebook}:{failure.line}"
        console.print(f"{place}: {rule.id}: {one_line(failure.message)}")
    examples = sum(len(rule.examples) for rule in rules)
    console.note(f"{len(rules)} rules, {examples} examples, {len(failures)} failures")
    if not examples:
        console.note("no example was found, so nothing is proven")
        return UNKNOWN
    return VIOLATIONS if failures else OK
