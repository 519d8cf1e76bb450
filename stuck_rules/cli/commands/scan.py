"""`stuck-rules scan`: check code against the rules."""

from __future__ import annotations

import argparse

from stuck_rules.cli.console import Console
from stuck_rules.cli.options import (
    add_baseline,
    add_rulebook,
    add_scan_settings,
    add_selection,
)
from stuck_rules.cli.outputs import add_outputs
from stuck_rules.cli.showing import add_showing
from stuck_rules.cli.stdin import add_stdin
from stuck_rules.model.rule import Severity
from stuck_rules.scanner.discovery import git_begun


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="files or folders, - for stdin"
    )
    add_stdin(parser)
    add_rulebook(parser)
    add_selection(parser)
    add_scan_settings(parser)
    add_showing(parser)
    add_outputs(parser)
    add_baseline(parser)
    parser.add_argument(
        "--no-baseline", action="store_true", help="report known violations as all others"
    )
    parser.add_argument(
        "--changed-since",
        metavar="REF",
        help="look only at files and lines that changed since a branch, tag or commit",
    )
    parser.add_argument(
        "--statistics", action="store_true", help="count the violations of each rule, list none"
    )
    parser.add_argument(
        "--fail-level",
        choices=[severity.value for severity in Severity],
        help="the least severity that makes the exit code 1",
    )
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit 0 in place of 1; never in place of 2"
    )
    parser.add_argument(
        "--check-syntax",
        action="store_true",
        help="tell of syntax errors also where no rule could match",
    )
    parser.add_argument(
        "--show-suppressed", action="store_true", help="report suppressed violations too"
    )
    parser.add_argument(
        "--ignore-suppressions",
        action="store_true",
        help="report violations as if no comment hid them",
    )
    parser.add_argument("--fix", action="store_true", help="apply fixes and report what remains")
    parser.add_argument(
        "--diff", action="store_true", help="print what --fix would change, and write nothing"
    )
    parser.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="with --fix or --diff: also apply fixes that may change what the code means",
    )
    parser.add_argument(
        "--add-suppressions",
        metavar="REASON",
        help="write a comment that hides each violation there is, and report what remains",
    )
    parser.add_argument("--color", choices=["auto", "always", "never"], default="auto")
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="check in N processes (default: one a processor)"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="neither use nor write what runs remember"
    )
    parser.add_argument(
        "--cache-dir", metavar="FOLDER", help="where runs remember (default: the user's cache)"
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no summary and no progress line"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code; git lists the files while the rest is loaded."""
    with git_begun(arguments.paths or ["."], console.cwd):
        from stuck_rules.cli.scanning import run_scan

        return run_scan(arguments, console)
