"""`stuck-rules suppressions`: every comment that lets code break a rule."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, UNKNOWN
from stuck_rules.cli.options import add_excludes, add_rulebook, asked
from stuck_rules.inventory import Inventory, Listed, take_inventory
from stuck_rules.reporters.base import count, dump_json, one_line, problem_object, shown_path
from stuck_rules.reporters.summary import render_problem
from stuck_rules.suppressions.directives import Scope

if TYPE_CHECKING:
    from stuck_rules.git import Origin


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files or folders")
    add_rulebook(parser)
    add_excludes(parser)
    parser.add_argument("--output-format", choices=["text", "json"], default="text")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code; a list is no failure, what could not be read is."""
    paths = tuple(arguments.paths or ["."])
    project = api.open_project(console.cwd, paths, asked=asked(arguments, console))
    inventory = take_inventory(project, paths)
    listed = inventory.suppressions
    if arguments.output_format == "json":
        console.print(_json(inventory))
    else:
        console.print(render_list(listed, datetime.now(timezone.utc).date()))
        for problem in inventory.problems:
            console.note(render_problem(problem, console.note_style("auto")))
    for note in inventory.notes:
        console.note(f"note: {one_line(note)}")
    files = len({each.path.file for each in listed})
    console.note(f"{count(len(listed), 'suppression')} in {count(files, 'file')}")
    return UNKNOWN if inventory.problems else OK


def render_list(listed: Sequence[Listed], today: date) -> str:
    """A line for each suppression: place, rules, age, author, reason; the columns are aligned."""
    rows = [_row(each, today) for each in listed]
    if not any(each.in_git for each in listed):
        rows = [(place, rules, reason) for place, rules, _, _, reason in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines)


def _row(each: Listed, today: date) -> tuple[str, ...]:
    directive = each.directive
    rules = ", ".join(directive.ids) or "any rule"
    if directive.scope is Scope.FILE:
        rules += " (file)"
    return (
        f"{shown_path(each.path.place)}:{each.start.line}",
        one_line(rules),
        _age(each, today),
        one_line((each.origin.author if each.origin else None) or ""),
        one_line(directive.reason) or "no reason",
    )


def _age(each: Listed, today: date) -> str:
    if not each.in_git:
        return ""
    if each.origin is None:
        return "not committed"
    written = _date(each.origin)
    return count(max(0, (today - written).days), "day") if written else "unknown"


def _date(origin: Origin) -> date | None:
    if origin.time is None:
        return None
    return datetime.fromtimestamp(origin.time, timezone.utc).date()


def _json(inventory: Inventory) -> str:
    return dump_json(
        {
            "version": 1,
            "suppressions": [_document(each) for each in inventory.suppressions],
            "errors": [problem_object(problem) for problem in inventory.problems],
        }
    )


def _document(each: Listed) -> dict[str, object]:
    directive, origin = each.directive, each.origin
    written = _date(origin) if origin else None
    return {
        "path": each.path.shown,
        "cell": each.path.cell or None,
        "line": each.start.line,
        "column": each.start.column,
        "scope": directive.scope.value,
        "rules": list(directive.ids),
        "reason": directive.reason,
        "committed": origin is not None if each.in_git else None,
        "author": origin.author if origin else None,
        "date": written.isoformat() if written else None,
    }
