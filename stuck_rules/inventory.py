"""Every suppression in a project's files, with its author and date where git knows them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from stuck_rules.choice import choose_rules_of, discovery_of
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.git import History, Origin, toplevel
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import FilePath, Position, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.project import Project
from stuck_rules.scanner.discovery import discover
from stuck_rules.scanner.reading import decode_text, read_bytes
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.sources import source_of
from stuck_rules.suppressions.directives import Directive
from stuck_rules.suppressions.mark import mentions_in
from stuck_rules.suppressions.places import Directives, PlacedDirective
from stuck_rules.suppressions.reading import directives_of_code, directives_of_text
from stuck_rules.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Listed:
    """A suppression in a file, or in a notebook's cell; `file_line` is its line in the file.

    `in_git` says whether the file's folder is in a repository; the line has no origin where it
    is in no commit yet.
    """

    path: FilePath
    start: Position
    directive: Directive
    file_line: int
    in_git: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """All suppressions, sorted by place, and what could not be read."""

    suppressions: tuple[Listed, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def take_inventory(project: Project, paths: Sequence[str] = (".",)) -> Inventory:
    """Look through the files that a scan would check; a malformed suppression is none."""
    settings = discovery_of(project, choose_rules_of(project).rule_sets, unsaved={})
    found = discover(paths, settings)
    suppressions: list[Listed] = []
    problems: list[Problem] = list(found.problems)
    histories = _Histories()
    for file in found.files:
        try:
            suppressions.extend(histories.add_origins(file, _listed(file)))
        except SourceError as error:
            problems.extend(error.problems)
    return Inventory(
        tuple(sorted(suppressions, key=lambda each: (each.path, each.start))),
        tuple(sorted(problems, key=lambda problem: (problem.path, problem.line or 0))),
        found.notes,
    )


def _listed(file: DiscoveredFile) -> list[Listed]:
    data = read_bytes(file.location, file.shown)
    if not mentions_in(data):
        return []
    if not file.python:
        text = normalise_text(decode_text(data, file.shown))
        return [
            Listed(file.path, one.span.start, one.directive, one.span.start.line)
            for one in _sound(directives_of_text(text, file.relative))
        ]
    source = source_of(data, file.path)
    directives = directives_of_code(normalise_text(source.text))
    if not directives.whole:
        message = "its comments cannot be read to the end: the code has no valid tokens"
        raise SourceError(Problem(ProblemKind.SYNTAX, message, file.shown))
    sound = _sound(directives)
    # A notebook tells its cells' places of violations.
    spans = (_as_violation(file.path, number, one) for number, one in enumerate(sound))
    located = source.locate(FileResult(tuple(spans)), source.text).result.violations
    return [_of_violation(violation, sound) for violation in located]


def _sound(directives: Directives) -> list[PlacedDirective]:
    return [one for one in directives.placed if not one.directive.fault]


def _as_violation(path: FilePath, number: int, placed: PlacedDirective) -> Violation:
    return Violation(str(number), Severity.INFO, "", path, placed.span)


def _of_violation(violation: Violation, placed: Sequence[PlacedDirective]) -> Listed:
    start = violation.span.start
    directive = placed[int(violation.rule)].directive
    return Listed(violation.path, start, directive, violation.file_span.start.line)


class _Histories:
    """The histories of the work trees that files are in."""

    def __init__(self) -> None:
        self._known: dict[Path, History] = {}

    def add_origins(self, file: DiscoveredFile, listed: Sequence[Listed]) -> Sequence[Listed]:
        """The suppressions of a file with what git knows of their lines."""
        top = toplevel(Path(file.location).parent) if listed else None
        if top is None:
            return listed
        history = self._known.setdefault(top, History(top))
        if not history.is_known:
            return listed
        path = os.path.relpath(os.path.realpath(os.path.dirname(file.location)), top)
        name = os.path.join(path, os.path.basename(file.location))
        origins = history.blame(name, [each.file_line for each in listed])
        return [replace(each, in_git=True, origin=origins.get(each.file_line)) for each in listed]
