"""`stuck-rules scan`: check code against the rules."""

from __future__ import annotations

import argparse

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, UNKNOWN, VIOLATIONS
from stuck_rules.cli.options import add_rulebook, add_selection, names
from stuck_rules.model.rule import Severity
from stuck_rules.reporters import REPORTERS
from stuck_rules.reporters.summary import render_problems, render_summary

# Formats in which problems and the summary are part of the result.
_COMPLETE = frozenset({"json", "sarif", "github"})
# Formats whose readers are sent to the repository's files by address.
_HOSTED = frozenset({"sarif", "github"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files or folders")
    add_rulebook(parser)
    add_selection(parser)
    parser.add_argument(
        "--output-format", choices=list(REPORTERS), default="full", help="how to report"
    )
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="GLOB", help="leave files out"
    )
    parser.add_argument(
        "--fail-level",
        choices=[severity.value for severity in Severity],
        help="the least severity that makes the exit code 1",
    )
    parser.add_argument(
        "--show-suppressed", action="store_true", help="report suppressed violations too"
    )
    parser.add_argument("--color", choices=["auto", "always", "never"], default="auto")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    paths = tuple(arguments.paths or ["."])
    chosen: str = arguments.output_format
    project = api.open_project(console.cwd, paths, arguments.rulebook)
    report = api.scan(
        project,
        api.ScanOptions(
            paths=paths,
            select=names(arguments.select),
            ignore=names(arguments.ignore),
            exclude=tuple(arguments.exclude),
            show_suppressed=arguments.show_suppressed,
            environment=console.environment if chosen in _HOSTED else {},
        ),
    )
    style = console.style(arguments.color)
    console.print(REPORTERS[chosen](report, style))
    if chosen not in _COMPLETE:
        console.note(render_problems(report, style))
    if not arguments.quiet:
        console.note(render_summary(report, style))
    if report.problems:
        return UNKNOWN
    level = Severity(arguments.fail_level) if arguments.fail_level else project.config.fail_level
    return VIOLATIONS if report.at_or_above(level) else OK
