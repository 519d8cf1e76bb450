"""A scan as its options want it: what is asked of `api`, and what is told of the answer."""

from __future__ import annotations

import argparse

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, VIOLATIONS
from stuck_rules.cli.options import asked
from stuck_rules.cli.outputs import Output
from stuck_rules.cli.progress import Progress, progress_for
from stuck_rules.cli.results import Results, choose_outputs, tell_added, tell_fixed
from stuck_rules.cli.showing import show_files, show_settings
from stuck_rules.cli.stdin import Stdin, read_stdin
from stuck_rules.errors import StuckRulesError, UsageError
from stuck_rules.model.result import Report
from stuck_rules.scanner.work import usable_cpus
from stuck_rules.values import replace


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


def run_scan(arguments: argparse.Namespace, console: Console) -> int:
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
