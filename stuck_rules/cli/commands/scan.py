"""`stuck-rules scan`: check code against the rules."""

from __future__ import annotations

import argparse

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, VIOLATIONS
from stuck_rules.cli.options import (
    add_baseline,
    add_rulebook,
    add_scan_settings,
    add_selection,
    asked,
)
from stuck_rules.cli.outputs import Output, add_outputs
from stuck_rules.cli.progress import Progress, progress_for
from stuck_rules.cli.results import Results, choose_outputs, tell_added, tell_fixed
from stuck_rules.cli.showing import add_showing, show_files, show_settings
from stuck_rules.cli.stdin import Stdin, add_stdin, read_stdin
from stuck_rules.errors import StuckRulesError, UsageError
from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.scanner.work import usable_cpus
from stuck_rules.values import replace


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


def _refuse_beside(arguments: argparse.Namespace, stdin: Stdin | None) -> None:
    """Refuse what would have suppressions written and passed over, or code fixed at once."""
    others = {
        "--fix": arguments.fix,
        "--diff": arguments.diff,
        "--ignore-suppressions": arguments.ignore_suppressions,
        "stdin": stdin is not None,
    }
    for other, given in others.items():
        if given and arguments.add_suppressions is not None:
            raise UsageError.at(f"--add-suppressions does not go with {other}: run one by one")


def _refuse_two_baselines(arguments: argparse.Namespace) -> None:
    if arguments.no_baseline and arguments.baseline is not None:
        raise UsageError.at("--no-baseline leaves the baseline out: do not name one by --baseline")


def _fixer(arguments: argparse.Namespace, stdin: Stdin | None) -> api.FileFixer | None:
    _refuse_beside(arguments, stdin)
    if arguments.ignore_suppressions and (arguments.fix or arguments.diff):
        raise UsageError.at("what a comment hides is never fixed: leave out --ignore-suppressions")
    if not arguments.fix and not arguments.diff:
        if arguments.unsafe_fixes:
            raise UsageError.at("--unsafe-fixes needs --fix or --diff beside it")
        return None
    return api.FileFixer(write=stdin is None and not arguments.diff, unsafe=arguments.unsafe_fixes)


def _options(arguments: argparse.Namespace, outputs: tuple[Output, ...]) -> api.ScanOptions:
    return api.ScanOptions(
        show_suppressed=arguments.show_suppressed,
        baseline=not arguments.no_baseline,
        changed_since=arguments.changed_since,
        ignore_suppressions=arguments.ignore_suppressions,
        check_syntax=arguments.check_syntax,
        fixes=arguments.statistics or any(output.form.fixes for output in outputs),
    )


def _scan(
    project: api.Project,
    options: api.ScanOptions,
    fixer: api.FileFixer | None,
    progress: Progress | None,
    reason: str | None,
) -> tuple[Report, str]:
    """The report, and what is to be said of the suppressions that were written."""
    try:
        if reason is None:
            return api.scan(project, options, fixer=fixer, progress=progress), ""
        report, added = api.add_suppressions(project, options, reason, progress=progress)
        return report, tell_added(added)
    finally:
        if progress is not None:
            progress.finish()


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    try:
        code = _run(arguments, console)
    except StuckRulesError as error:
        from stuck_rules.cli.failures import report_failure

        report_failure(arguments, console, error)
        raise
    return OK if code == VIOLATIONS and arguments.exit_zero else code


def _run(arguments: argparse.Namespace, console: Console) -> int:
    _refuse_two_baselines(arguments)
    stdin = read_stdin(arguments, console)
    paths = (stdin.name,) if stdin else tuple(arguments.paths or ["."])
    fixer = _fixer(arguments, stdin)
    project = api.open_project(console.cwd, paths, asked=asked(arguments, console))
    if arguments.show_settings:
        return show_settings(project, console)
    if arguments.show_files:
        changed_since = arguments.changed_since
        shown = api.ScanOptions(paths=paths, changed_since=changed_since)
        return show_files(project, shown, console)
    outputs = choose_outputs(arguments, console, project)
    options = replace(
        _options(arguments, outputs),
        paths=paths,
        jobs=project.config.jobs or usable_cpus(),
        unsaved={stdin.name: stdin.data} if stdin else {},
    )
    progress = progress_for(console, quiet=arguments.quiet)
    report, said = _scan(project, options, fixer, progress, arguments.add_suppressions)
    surroundings = console.environment
    if fixer is not None and stdin is not None and not arguments.diff:
        console.print_bytes(stdin.fixed(fixer))
        # Stdout is the code alone, so that it can take the place of what came.
        console = replace(console, out=console.err)
    results = Results(console, outputs, arguments.color, arguments.quiet, arguments.statistics)
    if fixer is not None and arguments.diff:
        return results.show_diff(report, fixer)
    return results.show(
        report,
        linked=lambda: api.link_report(project, report, surroundings),
        said=tell_fixed(fixer, "Fixed") or said,
        fail_level=project.config.fail_level,
    )
