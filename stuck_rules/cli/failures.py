"""Reports of a run that came to nothing, so that no machine takes a missing one for a clean one."""

from __future__ import annotations

import argparse

from stuck_rules import __version__
from stuck_rules.cli.console import Console, file_style
from stuck_rules.cli.outputs import Output, read_outputs, refuse_inputs, write_report
from stuck_rules.errors import StuckRulesError, UsageError
from stuck_rules.model.result import Report
from stuck_rules.reporters import FORMATS


def report_failure(arguments: argparse.Namespace, console: Console, error: StuckRulesError) -> None:
    """Give the reports for machines with what went wrong and no violations.

    Only options are known by then: a format that the settings name has no say. Where the
    options themselves are wrong, nothing is written.
    """
    if isinstance(error, UsageError):
        return
    named = [console.cwd / path for path in arguments.rulebook or ()]
    broken = [console.cwd / problem.path for problem in error.problems if problem.path]
    try:
        outputs = read_outputs(arguments, console.cwd, FORMATS[arguments.output_format or "full"])
        refuse_inputs(outputs, [*named, *broken])
    except UsageError:
        return  # one more error, beside the first
    report = Report(__version__, (), {}, 0, problems=error.problems)
    for output in outputs:
        if output.form.complete:
            _give(output, report, console, arguments.color)


def _give(output: Output, report: Report, console: Console, color: str) -> None:
    if output.file is None:
        console.print(output.form.render(report, console.style(color)))
        return
    try:
        write_report(output.file, output.form.render(report, file_style(color)))
    except OSError as error:
        console.note(f"stuck-rules: {output.file}: {error.strerror or error}")
