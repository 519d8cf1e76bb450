"""`stuck-rules test`: prove each rule by its own examples and by annotated files."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from stuck_rules import api
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, UNKNOWN, VIOLATIONS
from stuck_rules.cli.options import add_rulebook, add_selection, asked, names
from stuck_rules.config.settings import Config
from stuck_rules.errors import Problem, RulebookError
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.project import load_rules
from stuck_rules.reporters.base import dump_json, one_line, shown_path, visible
from stuck_rules.rulebook.loader import is_rulebook
from stuck_rules.rulebook.text import read_rulebook_text
from stuck_rules.scanner.stack import run_contained
from stuck_rules.selection import choose_rules
from stuck_rules.testing.results import Failure, Tested
from stuck_rules.testing.run import run_proofs
from stuck_rules.testing.targets import RuleFile, Target, find_rule_files, pair_rule_files
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class _Proof:
    """The rules of a file with what they are held to beside their own examples."""

    rulebook: Rulebook
    targets: tuple[Target, ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="rule files with annotated files beside them (rule.yaml, rule.py), or folders of "
        "both; with --rulebook, annotated files that are kept apart from the rules",
    )
    add_rulebook(parser)
    add_selection(parser)
    parser.add_argument(
        "--output-format", choices=["full", "json"], default="full", help="how to report"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it; 1 where an example does not hold, 2 where there was none or it cannot be tried."""
    if arguments.paths:
        files = _find(arguments.paths, arguments.rulebook, console.cwd)
        proofs, problems = _load(files, console.cwd)
        limit = Config(None, console.cwd).rule_timeout
    else:
        project = api.open_project(console.cwd, asked=asked(arguments, console), changed=False)
        proofs, problems = [_Proof(rulebook) for rulebook in project.rulebooks], []
        limit = project.config.rule_timeout
    select, ignore = names(arguments.select), names(arguments.ignore)
    tested = run_contained(lambda: _prove(proofs, select, ignore, console.cwd), limit)
    problems += [problem for book in tested for problem in book.problems]
    if arguments.output_format == "json":
        console.print(dump_json(_document(tested, problems)))
    else:
        for book in tested:
            for line in _lines(book):
                console.print(line)
    for note in _notes(proofs, tested):
        console.note(note)
    for problem in problems:
        console.note(f"stuck-rules: {one_line(str(problem))}")
    return _conclude(tested, problems, console)


def _find(paths: Sequence[str], rulebooks: Sequence[str], cwd: Path) -> list[RuleFile]:
    """The rule files to test, with their targets."""

    def absolute(names: Sequence[str]) -> list[Path]:
        return [Path(os.path.abspath(cwd / name)) for name in names]

    if rulebooks:
        return pair_rule_files(absolute(rulebooks), absolute(paths), _is_rules)
    return find_rule_files(absolute(paths), _is_rules)


def _is_rules(path: Path) -> bool:
    try:
        return is_rulebook(read_rulebook_text(path, str(path)))
    except RulebookError:
        # What cannot be read is told when it is loaded.
        return True


def _load(files: Sequence[RuleFile], cwd: Path) -> tuple[list[_Proof], list[Problem]]:
    """The rules of the files; one that is broken does not keep the others from being tested."""
    proofs: list[_Proof] = []
    problems: list[Problem] = []
    for file in files:
        try:
            proofs.append(_Proof(load_rules(file.path, shown=_shown(file.path, cwd)), file.targets))
        except RulebookError as error:
            problems.extend(error.problems)
    return proofs, problems


def _shown(path: Path, cwd: Path) -> str:
    return os.path.relpath(path, cwd).replace(os.sep, "/")


def _prove(
    proofs: Sequence[_Proof], select: Sequence[str], ignore: Sequence[str], cwd: Path
) -> list[Tested]:
    rules = [rule for proof in proofs for rule in proof.rulebook.rules]
    chosen = set(choose_rules(rules, select, ignore))
    return [
        run_proofs(
            proof.rulebook.path,
            [rule for rule in proof.rulebook.rules if rule in chosen],
            proof.targets,
            shown=lambda path: _shown(path, cwd),
            others=_ids(proof.rulebook),
        )
        for proof in proofs
    ]


def _ids(rulebook: Rulebook) -> tuple[str, ...]:
    return (*(rule.id for rule in rulebook.rules), *(rule.id for rule in rulebook.skipped))


def _lines(book: Tested) -> Iterator[str]:
    """The failures for people, with what is known of each indented below it."""
    for failure in book.failures:
        place = ":".join(map(str, filter(None, (failure.line, failure.column))))
        what = f"{failure.rule}: {failure.message}" if failure.rule else failure.message
        yield f"{shown_path(failure.path or book.path)}:{place}: {one_line(what)}"
        yield from (f"    {visible(line)}" for line in (failure.hint or "").splitlines())


def _notes(proofs: Sequence[_Proof], tested: Sequence[Tested]) -> Iterator[str]:
    for proof, book in zip(proofs, tested, strict=True):
        for skipped in proof.rulebook.skipped:
            languages = ", ".join(skipped.languages)
            yield f"{book.path}: {skipped.id} is for {languages}: skipped"
        for rule in book.bare:
            yield f"{book.path}:{rule.line}: warning: rule {rule.id} has no example"
        yield from (f"note: {note}" for note in book.notes)


def _conclude(tested: Sequence[Tested], problems: Sequence[Problem], console: Console) -> int:
    """Tell the sum, and decide."""
    counts = _counts(tested, problems)
    shown = [f"{counts[name]} {name}" for name in ("rules", "examples")]
    shown += [f"{counts[name]} {name}" for name in ("annotations",) if counts[name]]
    console.note(", ".join([*shown, f"{counts['failures']} failures"]))
    if problems:
        return UNKNOWN
    if not any(book.proofs for book in tested):
        what = "example" if tested else "rule file"
        console.note(f"no {what} was found, so nothing is proven")
        return UNKNOWN
    return VIOLATIONS if counts["failures"] else OK


def _counts(tested: Sequence[Tested], problems: Sequence[Problem]) -> dict[str, int]:
    return {
        "rules": sum(len(book.rules) for book in tested),
        "examples": sum(book.examples for book in tested),
        "annotations": sum(len(book.annotated) for book in tested),
        "failures": sum(len(book.failures) for book in tested),
        "errors": len(problems),
    }


def _document(tested: Sequence[Tested], problems: Sequence[Problem]) -> dict[str, object]:
    return {
        "version": 1,
        "summary": _counts(tested, problems),
        "rulebooks": [
            {
                "path": book.path,
                "rules": [
                    {
                        "id": rule.id,
                        "line": rule.line,
                        "examples": len(rule.examples),
                        "annotations": book.annotated.count(rule.id),
                        "failures": sum(failure.rule == rule.id for failure in book.failures),
                    }
                    for rule in book.rules
                ],
                "failures": [_flat(failure, book) for failure in book.failures],
            }
            for book in tested
        ],
        "errors": [
            {
                "kind": problem.kind.value,
                "path": problem.path,
                "rule": problem.rule,
                "line": problem.line,
                "column": problem.column,
                "message": problem.message,
            }
            for problem in problems
        ],
    }


def _flat(failure: Failure, book: Tested) -> dict[str, str | int | None]:
    return {
        "rule": failure.rule,
        "kind": failure.kind.value,
        "path": failure.path or book.path,
        "line": failure.line,
        "column": failure.column,
        "message": failure.message,
        "hint": failure.hint,
    }
