"""Reports of a run that came to nothing, so that no machine takes a missing one for a clean one."""

from __future__ import annotations

import argparse
from functools import partial

from stuck_rules import __version__
from stuck_rules.cli.console import Console
from stuck_rules.cli.outputs import give_report, read_outputs, refuse_inputs
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
            render = partial(output.form.render, report)
            give_report(output, render, console, arguments.color)
