"""`stuck-rules test`: prove each rule by its own examples and by annotated files."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, UNKNOWN, VIOLATIONS
from stuck_rules.cli.options import add_rulebook, add_selection, names
from stuck_rules.reporters.base import one_line
from stuck_rules.selection import choose_rules
from stuck_rules.testing.examples import Failure
from stuck_rules.testing.run import Tested, run_proofs
from stuck_rules.testing.targets import Target, find_rule_files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="rule files with annotated files beside them (rule.yaml, rule.py), or folders of both",
    )
    add_rulebook(parser)
    add_selection(parser)
    parser.add_argument(
        "--output-format", choices=["full", "json"], default="full", help="how to report"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it; 1 where an example does not hold, 2 where there was none."""
    select, ignore = names(arguments.select), names(arguments.ignore)
    targets = {
        str(file.path): file.targets
        for file in find_rule_files(_absolute(arguments.paths, console))
    }
    books = list(targets) if arguments.paths else arguments.rulebook
    if arguments.paths and not books:
        console.note("no rule file was found, so nothing is proven")
        return UNKNOWN
    project = api.open_project(console.cwd, (), books)
    rules = {r for book in project.rulebooks for r in book.rules}
    chosen = set(choose_rules(rules, select, ignore))
    tested = [
        run_proofs(
            book.path,
            [rule for rule in book.rules if rule in chosen],
            _targets_of(book.folder, book.path, targets),
            lambda path: _shown(path, console.cwd),
        )
        for book in project.rulebooks
    ]
    for book in project.rulebooks:
        for skipped in book.skipped:
            console.note(
                f"{book.path}: {skipped.id} is for {', '.join(skipped.languages)}: skipped"
            )
    if arguments.output_format == "json":
        console.print(_render_json(tested))
    else:
        _print(tested, console)
    return _conclude(tested, console)


def _absolute(paths: Sequence[str], console: Console) -> list[Path]:
    return [Path(os.path.abspath(console.cwd / path)) for path in paths]


def _shown(path: Path, cwd: Path) -> str:
    return os.path.relpath(path, cwd).replace(os.sep, "/")


def _targets_of(
    folder: str, path: str, targets: dict[str, tuple[Target, ...]]
) -> tuple[Target, ...]:
    return targets.get(str(Path(folder) / Path(path).name), ())


def _print(tested: Sequence[Tested], console: Console) -> None:
    for book in tested:
        for failure in book.failures:
            place = f"{failure.path or book.path}:{failure.line}"
            console.print(f"{place}: {failure.rule}: {one_line(failure.message)}")
            for line in (failure.hint or "").splitlines():
                console.print(f"    {line}")


def _conclude(tested: Sequence[Tested], console: Console) -> int:
    """Tell the warnings and the sum, and decide."""
    for book in tested:
        for rule in book.bare:
            console.note(f"{book.path}:{rule.line}: warning: rule {rule.id} has no example")
        for note in book.notes:
            console.note(f"note: {note}")
    failures = sum(len(book.failures) for book in tested)
    counts = (
        f"{sum(len(book.rules) for book in tested)} rules, "
        f"{sum(book.examples for book in tested)} examples, "
    )
    annotations = sum(book.annotations for book in tested)
    if annotations:
        counts += f"{annotations} annotations, "
    console.note(f"{counts}{failures} failures")
    if not any(book.proofs for book in tested):
        console.note("no example was found, so nothing is proven")
        return UNKNOWN
    return VIOLATIONS if failures else OK


def _render_json(tested: Sequence[Tested]) -> str:
    document = {
        "version": 1,
        "rulebooks": [
            {
                "path": book.path,
                "rules": [
                    {
                        "id": rule.id,
                        "line": rule.line,
                        "examples": len(rule.examples),
                        "failures": [_flat(f, book) for f in book.failures if f.rule == rule.id],
                    }
                    for rule in book.rules
                ],
                "annotations": book.annotations,
                "failures": [_flat(failure, book) for failure in book.failures],
            }
            for book in tested
        ],
        "summary": {
            "rules": sum(len(book.rules) for book in tested),
            "examples": sum(book.examples for book in tested),
            "annotations": sum(book.annotations for book in tested),
            "failures": sum(len(book.failures) for book in tested),
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _flat(failure: Failure, book: Tested) -> dict[str, str | int | None]:
    return {
        "rule": failure.rule,
        "path": failure.path or book.path,
        "line": failure.line,
        "message": failure.message,
        "hint": failure.hint,
    }
