"""`stuck-rules coverage`: what became of each lesson."""

from __future__ import annotations

import argparse
import json
from itertools import groupby

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, VIOLATIONS
from stuck_rules.cli.options import add_rulebook, asked
from stuck_rules.generator.coverage import ASKING, OUTCOMES, Coverage, cover
from stuck_rules.generator.draft import Decision
from stuck_rules.projectlogs import read_log_of
from stuck_rules.reporters.base import one_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_rulebook(parser)
    parser.add_argument("--output-format", choices=["full", "json", "markdown"], default="full")
    parser.add_argument(
        "--fail-under",
        type=float,
        metavar="PERCENT",
        help="exit 1 where rules hold less of the lessons that ask for something",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    project = api.open_project(console.cwd, asked=asked(arguments, console))
    is_enough = True
    for rulebook in project.rulebooks:
        coverage = cover(read_log_of(rulebook, project), rulebook, project.config.log)
        if arguments.output_format == "json":
            console.print(json.dumps(_document(coverage), ensure_ascii=False, indent=2))
        elif arguments.output_format == "markdown":
            console.print("\n".join(_markdown(coverage)))
        else:
            console.print("\n".join([*_lesson_lines(coverage), "", *_table(coverage)]))
        if arguments.fail_under is not None and coverage.share < arguments.fail_under:
            is_enough = False
            console.note(
                f"{rulebook.path}: rules hold {coverage.share:.1f} % of the lessons that ask for "
                f"something, less than {arguments.fail_under:g} %"
            )
    return OK if is_enough else VIOLATIONS


def _markdown(coverage: Coverage) -> list[str]:
    """A table for a job's summary, and the lessons that no rule holds."""
    lines = ["| role | rule | disabled rule | reminder | lessons |", "|---|--:|--:|--:|--:|"]
    for role in (*coverage.roles, None):
        counts = [coverage.count(outcome, role) for outcome in OUTCOMES]
        cells = " | ".join(str(count) for count in (*counts, sum(counts)))
        lines.append(f"| {role.value if role else '**all**'} | {cells} |")
    lines += ["", f"Rules hold {coverage.share:.1f} % of the lessons that ask for something.", ""]
    for decision in coverage.decisions:
        if decision.rule is None and decision.lesson.role in ASKING:
            place = f"{decision.entry.path}:{decision.lesson.lines[0]}"
            lines.append(f"- `{place}` {_cell(decision.lesson.text)}: *{_cell(decision.reason)}*")
    return lines


def _cell(text: str) -> str:
    """Text on one line that starts no markup."""
    return one_line(text).replace("<", "&lt;").replace("|", "\\|")


def _lesson_lines(coverage: Coverage) -> list[str]:
    lines: list[str] = []
    for entry, decisions in groupby(coverage.decisions, key=lambda decision: decision.entry):
        lines.extend(["", one_line(f"{entry.path}:{entry.line} {entry.title}")])
        lines.extend(map(_line, decisions))
    return lines[1:]


def _line(decision: Decision) -> str:
    lesson = decision.lesson
    end = f"{decision.outcome.value} {decision.rule}" if decision.rule else decision.reason
    return (
        f"  {lesson.lines[0]:>5} {lesson.role.value:<14} {one_line(lesson.text)}\n{'':22}-> {end}"
    )


def _table(coverage: Coverage) -> list[str]:
    """How many lessons of each role ended how, and that they add up."""
    lines = [f"{'':<16}{'rule':>8}{'disabled':>10}{'reminder':>10}{'lessons':>10}"]
    for role in coverage.roles:
        counts = [coverage.count(outcome, role) for outcome in OUTCOMES]
        lines.append(
            f"{role.value:<16}{counts[0]:>8}{counts[1]:>10}{counts[2]:>10}{sum(counts):>10}"
        )
    totals = [coverage.count(outcome) for outcome in OUTCOMES]
    lines.append(f"{'all':<16}{totals[0]:>8}{totals[1]:>10}{totals[2]:>10}{sum(totals):>10}")
    return lines


def _document(coverage: Coverage) -> dict[str, object]:
    return {
        "lessons": len(coverage.decisions),
        "counts": {outcome.value: coverage.count(outcome) for outcome in OUTCOMES},
        "roles": {
            role.value: {outcome.value: coverage.count(outcome, role) for outcome in OUTCOMES}
            for role in coverage.roles
        },
        "decisions": [
            {
                "entry": decision.entry.id,
                "role": decision.lesson.role.value,
                "text": decision.lesson.text,
                "lines": list(decision.lesson.lines),
                "outcome": decision.outcome.value,
                "rule": decision.rule,
                "reason": decision.reason,
            }
            for decision in coverage.decisions
        ],
    }
