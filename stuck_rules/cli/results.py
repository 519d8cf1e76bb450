"""What a scan gives back: reports, what is to be said beside them, and the exit code."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, UNKNOWN, VIOLATIONS
from stuck_rules.cli.outputs import Output, give_report, read_outputs, refuse_inputs
from stuck_rules.errors import ConfigError, UsageError, did_you_mean
from stuck_rules.model.result import Report
from stuck_rules.model.rule import Severity
from stuck_rules.reporters import FORMATS, Format
from stuck_rules.reporters.base import count
from stuck_rules.reporters.summary import render_problems, render_summary
from stuck_rules.values import dataclass

if TYPE_CHECKING:
    from stuck_rules.scanner.adding import Added


def _format(project: api.Project) -> Format:
    """The format of the report; the settings may name one that is none."""
    chosen = project.config.output_format or "full"
    if chosen not in FORMATS:
        place = project.config.places["output-format"][-1]
        hint = did_you_mean(chosen, FORMATS) or f"; known are {', '.join(FORMATS)}"
        message = f"output-format {chosen!r} is none{hint}"
        raise ConfigError.at(message, place.source, place.line)
    return FORMATS[chosen]


def choose_outputs(
    arguments: argparse.Namespace, console: Console, project: api.Project
) -> tuple[Output, ...]:
    """The reports, none of which asks for what another option rules out."""
    outputs = read_outputs(arguments, console.cwd, _format(project))
    books = [console.cwd / book.path for book in project.rulebooks]
    refuse_inputs(outputs, [*books, project.baseline])
    if arguments.diff and any(output.file for output in outputs):
        raise UsageError.at("--diff prints what would change; no report can be written beside it")
    for output in outputs:
        if arguments.statistics and not output.form.statistics:
            known = ", ".join(form.name for form in FORMATS.values() if form.statistics)
            raise UsageError.at(f"--statistics goes with {known}, not with {output.form.name}")
    return outputs


def tell_fixed(fixer: api.FileFixer | None, verb: str) -> str:
    """How much was fixed, or would be."""
    if fixer is None or not fixer.files:
        return ""
    violations = sum(len(file.applied) for file in fixer.files)
    return f"{verb} {count(violations, 'violation')} in {count(len(fixer.files), 'file')}\n"


def tell_added(added: Added) -> str:
    """How many suppressions were written, and for what none was."""
    hidden = f"{count(added.violations, 'violation')} in {count(len(added.files), 'file')}"
    told = f"Suppressed {hidden}\n" if added.files else "Nothing to suppress\n"
    if added.left:
        left = count(added.left, "violation")
        told += (
            f"note: {left} in notebooks and files that are no Python: write the comment by hand\n"
        )
    return told


@dataclass(frozen=True, slots=True)
class Results:
    """Shows what came of a scan; `color` is what the option says of it."""

    console: Console
    outputs: tuple[Output, ...]
    color: str
    quiet: bool
    statistics: bool

    def show(
        self, report: Report, *, linked: Callable[[], Report], said: str, fail_level: Severity
    ) -> int:
        """Give the reports, those for readers elsewhere `linked`, and what else is `said`.

        Returns the exit code.
        """
        written = [self._give(output, report, linked) for output in self._in_order()]
        if not any(output.file is None and output.form.complete for output in self.outputs):
            self._note_problems(report)
        if not self.quiet:
            self.console.note(said)
            self.console.note(render_summary(report, self.console.note_style(self.color)))
        if report.problems or not all(written):
            return UNKNOWN
        return VIOLATIONS if report.at_or_above(fail_level) else OK

    def show_diff(self, report: Report, fixer: api.FileFixer) -> int:
        """Print the diff, and beside it only what kept it from being whole; the exit code."""
        self.console.print("".join(file.diff for file in fixer.files))
        self._note_problems(report)
        if not self.quiet:
            self.console.note(tell_fixed(fixer, "Would fix") or "Nothing to fix\n")
        if report.problems:
            return UNKNOWN
        return VIOLATIONS if fixer.files else OK

    def _in_order(self) -> list[Output]:
        """Files before stdout, whose reader may go away."""
        return sorted(self.outputs, key=lambda output: output.file is None)

    def _give(self, output: Output, report: Report, linked: Callable[[], Report]) -> bool:
        """Give one report; whether it could be written."""
        form = output.form
        if output.file is None and not (form.complete or report.violations or self.statistics):
            # Formats for people have nothing to say then, and need not be loaded for it.
            return True
        render = form.render_statistics if self.statistics else form.render
        shown = linked() if form.hosted else report
        return give_report(output, partial(render, shown), self.console, self.color)

    def _note_problems(self, report: Report) -> None:
        self.console.note(render_problems(report, self.console.note_style(self.color)))
