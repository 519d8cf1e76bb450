"""`stuck-rules generate`: a log becomes a rulebook."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence

from stuck_rules.backtesting import backtest
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, VIOLATIONS
from stuck_rules.config.asked import Asked
from stuck_rules.config.settings import Config
from stuck_rules.generator.backtest import Backtest, Fired
from stuck_rules.generator.generate import Generated, Target, find_target, generate
from stuck_rules.lessons.files import named_logs
from stuck_rules.model.rule import Rule
from stuck_rules.project import read_settings
from stuck_rules.reporters.base import one_line
from stuck_rules.rulebook.locate import PREFIX


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "logs",
        nargs="*",
        metavar="LOG",
        help="logs or folders of them; by default those that the rulebook names",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the rulebook (default: that of the settings, or rules.yaml), - prints it",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where the rulebook is behind"
    )
    parser.add_argument(
        "--backtest",
        action="append",
        default=[],
        metavar="PATH",
        help="tell how often each rule fires there; learnt ones that fire often are disabled",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    config = read_settings(console.cwd, Asked(environment=console.environment))
    configured = config.log
    sources = named_logs(config.folder_of("log"), configured.paths) if configured else ()
    output = arguments.output or _own_rulebook(config, console)
    target = find_target(console.cwd, arguments.logs, output, sources)
    generated = generate(target, _backtest(arguments.backtest, console), configured)
    told = generated.contradictions if not arguments.check else ()
    console.warn((*generated.log.warnings, *told))
    for rule_id, fired in generated.fired.items():
        console.note(f"backtest: {rule_id}: {one_line(str(fired))}")
    if arguments.check:
        return _check(target, generated, console)
    for change in generated.changes:
        console.note(f"{change.kind.value}: {change.rule}: {change.message}")
    if target.path is None:
        console.print(generated.text)
    elif generated.is_current:
        console.note(f"{target.shown} is up to date: {generated.counts}")
    else:
        target.write(generated.text)
        console.note(f"{target.shown}: {generated.counts}")
    return OK


def _own_rulebook(config: Config, console: Console) -> str | None:
    """The project's own rulebook where the settings name one and no other beside packages'."""
    own = [book for book in config.rulebook if not book.text.startswith(PREFIX)]
    if len(own) != 1:
        return None
    return os.path.relpath(own[0].folder / own[0].text, console.cwd).replace(os.sep, "/")


def _backtest(paths: Sequence[str], console: Console) -> Backtest | None:
    if not paths:
        return None

    def run_rules(rules: tuple[Rule, ...]) -> Mapping[str, Fired]:
        found = backtest(console.cwd, paths, rules)
        for problem in found.problems:
            console.note(f"backtest: {one_line(str(problem))}")
        return {rule_id: Fired(tuple(places)) for rule_id, places in found.places.items()}

    return run_rules


def _check(target: Target, generated: Generated, console: Console) -> int:
    for change in generated.changes:
        console.print(f"{target.shown}: {change.kind.value}: {change.rule}: {change.message}")
    for warning in generated.contradictions:
        console.print(f"{warning.path}:{warning.line}: {warning.kind}: {warning.message}")
    if generated.is_current and not generated.changes:
        if generated.contradictions:
            console.note("lessons contradict each other: say in the log which of them holds")
            return VIOLATIONS
        console.note(f"{target.shown} is up to date: {generated.counts}")
        return OK
    if not generated.changes:
        console.print(f"{target.shown}: its reminders or entries are not those of the log")
    console.note(f"{target.shown} is behind {target.log_shown}: run stuck-rules generate")
    return VIOLATIONS
