"""`stuck-rules scan`: check code against the rules."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from stuck_rules import api
from stuck_rules.cli.console import Console, file_style
from stuck_rules.cli.errors import OK, UNKNOWN, VIOLATIONS
from stuck_rules.cli.options import (
    add_baseline,
    add_rulebook,
    add_scan_settings,
    add_selection,
    asked,
)
from stuck_rules.cli.outputs import (
    Output,
    add_outputs,
    read_outputs,
    refuse_inputs,
    write_report,
)
from stuck_rules.cli.progress import Progress, progress_for
from stuck_rules.cli.showing import add_showing, show_files, show_settings
from stuck_rules.cli.stdin import Stdin, add_stdin, read_stdin
from stuck_rules.errors import ConfigError, StuckRulesError, UsageError, did_you_mean
from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.reporters import FORMATS, Format
from stuck_rules.reporters.base import Style, count, one_line
from stuck_rules.reporters.summary import render_problems, render_summary
from stuck_rules.scanner.work import usable_cpus
from stuck_rules.values import replace

if TYPE_CHECKING:
    from stuck_rules.scanner.adding import Added


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


def _fixer(arguments: argparse.Namespace, stdin: Stdin | None) -> api.FileFixer | None:
    _refuse_beside(arguments, stdin)
    if arguments.ignore_suppressions and (arguments.fix or arguments.diff):
        raise UsageError.at("what a comment hides is never fixed: leave out --ignore-suppressions")
    if not arguments.fix and not arguments.diff:
        if arguments.unsafe_fixes:
            raise UsageError.at("--unsafe-fixes needs --fix or --diff beside it")
        return None
    if arguments.changed_since is not None:
        raise UsageError.at("--fix and --diff are about whole files: leave --changed-since out")
    return api.FileFixer(write=stdin is None and not arguments.diff, unsafe=arguments.unsafe_fixes)


def _outputs(
    arguments: argparse.Namespace, console: Console, default: Format
) -> tuple[Output, ...]:
    """The reports, none of which asks for what another option rules out."""
    outputs = read_outputs(arguments, console.cwd, default)
    if arguments.diff and any(output.file for output in outputs):
        raise UsageError.at("--diff prints what would change; no report can be written beside it")
    for output in outputs:
        if arguments.statistics and not output.form.statistics:
            known = ", ".join(form.name for form in FORMATS.values() if form.statistics)
            raise UsageError.at(f"--statistics goes with {known}, not with {output.form.name}")
    return outputs


def _fixed(fixer: api.FileFixer | None, verb: str) -> str:
    """How much was fixed, or would be."""
    if fixer is None or not fixer.files:
        return ""
    violations = sum(len(file.applied) for file in fixer.files)
    return f"{verb} {count(violations, 'violation')} in {count(len(fixer.files), 'file')}\n"


def _show_diff(
    fixer: api.FileFixer, report: Report, console: Console, style: Style, *, quiet: bool
) -> int:
    """Print the diff, and beside it only what kept it from being whole."""
    console.print("".join(file.diff for file in fixer.files))
    console.note(render_problems(report, style))
    if not quiet:
        console.note(_fixed(fixer, "Would fix") or "Nothing to fix\n")
    if report.problems:
        return UNKNOWN
    return VIOLATIONS if fixer.files else OK


def _format(project: api.Project) -> Format:
    """The format of the report; the settings may name one that is none."""
    chosen = project.config.output_format or "full"
    if chosen not in FORMATS:
        place = project.config.places["output-format"][-1]
        hint = did_you_mean(chosen, FORMATS) or f"; known are {', '.join(FORMATS)}"
        message = f"output-format {chosen!r} is none{hint}"
        raise ConfigError.at(message, place.source, place.line)
    return FORMATS[chosen]


def _show(
    outputs: tuple[Output, ...],
    report_for: Callable[[Format], Report],
    console: Console,
    arguments: argparse.Namespace,
) -> bool:
    """Give the reports, files before stdout; whether all could be written."""
    written = True
    for output in sorted(outputs, key=lambda output: output.file is None):
        form = output.form
        report = report_for(form)
        if output.file is None and not (form.complete or report.violations or arguments.statistics):
            # Formats for people have nothing to say then, and need not be loaded for it.
            continue
        render = form.render_statistics if arguments.statistics else form.render
        if output.file is None:
            console.print(render(report, console.style(arguments.color)))
            continue
        try:
            write_report(output.file, render(report, file_style(arguments.color)))
        except OSError as error:
            told = f"{output.file}: the report could not be written: {error.strerror or error}"
            console.note(f"stuck-rules: {one_line(told)}")
            written = False
    return written


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
        return report, _added(added)
    finally:
        if progress is not None:
            progress.finish()


def _added(added: Added) -> str:
    """How many suppressions were written, and for what none was."""
    hidden = f"{count(added.violations, 'violation')} in {count(added.files, 'file')}"
    told = f"Suppressed {hidden}\n" if added.files else "Nothing to suppress\n"
    if added.left:
        left = count(added.left, "violation")
        told += (
            f"note: {left} in notebooks and files that are no Python: write the comment by hand\n"
        )
    return told


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    try:
        return _run(arguments, console)
    except StuckRulesError as error:
        from stuck_rules.cli.failures import report_failure

        report_failure(arguments, console, error)
        raise


def _run(arguments: argparse.Namespace, console: Console) -> int:
    stdin = read_stdin(arguments, console)
    paths = (stdin.name,) if stdin else tuple(arguments.paths or ["."])
    fixer = _fixer(arguments, stdin)
    project = api.open_project(console.cwd, paths, asked=asked(arguments, console))
    if arguments.show_settings:
        return show_settings(project, console)
    if arguments.show_files:
        return show_files(project, paths, console)
    outputs = _outputs(arguments, console, _format(project))
    books = [console.cwd / book.path for book in project.rulebooks]
    refuse_inputs(outputs, [*books, project.baseline])
    options = api.ScanOptions(
        paths=paths,
        show_suppressed=arguments.show_suppressed,
        baseline=not arguments.no_baseline,
        changed_since=arguments.changed_since,
        jobs=project.config.jobs or usable_cpus(),
        unsaved={stdin.name: stdin.data} if stdin else {},
        ignore_suppressions=arguments.ignore_suppressions,
        fixes=arguments.statistics or any(output.form.fixes for output in outputs),
    )
    progress = progress_for(console, quiet=arguments.quiet)
    report, added = _scan(project, options, fixer, progress, arguments.add_suppressions)
    style = console.note_style(arguments.color)
    if fixer is not None and arguments.diff:
        return _show_diff(fixer, report, console, style, quiet=arguments.quiet)
    if fixer is not None and stdin is not None:
        console.print_bytes(stdin.fixed(fixer))
        # Stdout is the code alone, so that it can take the place of what came.
        console = replace(console, out=console.err)

    def report_for(form: Format) -> Report:
        if not form.hosted:
            return report
        return api.link_report(project, report, console.environment)

    written = _show(outputs, report_for, console, arguments)
    if not any(output.file is None and output.form.complete for output in outputs):
        console.note(render_problems(report, style))
    if not arguments.quiet:
        console.note(_fixed(fixer, "Fixed") or added)
        console.note(render_summary(report, style))
    if report.problems or not written:
        return UNKNOWN
    return VIOLATIONS if report.at_or_above(project.config.fail_level) else OK
