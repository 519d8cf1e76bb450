"""A project: its root, its settings and the rulebooks that hold in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from stuck_rules.config import Config, load_config
from stuck_rules.errors import Problem, ProblemKind, RulebookError
from stuck_rules.git import toplevel
from stuck_rules.links import shown_path
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.rulebook.loader import load_rulebook
from stuck_rules.rulebook.locate import bundled, find_nearest
from stuck_rules.validation import validate
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Project:
    """Where a run takes place; paths are absolute, `cwd` is where the user stands."""

    root: Path
    cwd: Path
    config: Config
    rulebooks: tuple[Rulebook, ...]

    def prefix(self, rulebook: Rulebook) -> str:
        """The way from the root to a rulebook's folder, with `/` at its end, or nothing."""
        folder = Path(rulebook.folder)
        if rulebook.bundled or not folder.is_relative_to(self.root) or folder == self.root:
            return ""
        return folder.relative_to(self.root).as_posix() + "/"


def open_project(cwd: Path, paths: Sequence[str] = (), rulebooks: Sequence[str] = ()) -> Project:
    """Find the project that the paths, or the current folder, belong to, and load its rules.

    Raises ConfigError, and RulebookError with all that is wrong in any of the rulebooks.
    """
    start = _start(cwd, paths)
    root = _root(cwd, start)
    config = load_config(start, root)
    if rulebooks:
        files = [cwd / name for name in rulebooks]
    elif config.rulebooks:
        files = [config.folder / name for name in config.rulebooks]
    else:
        files = _nearest(cwd, start, root)
    own = bundled() if not files else None
    loaded = tuple(
        load_rulebook(file, shown=shown_path(file, cwd, root), bundled=file == own)
        for file in files or [bundled()]
    )
    _refuse_twins(loaded)
    validate(rule for rulebook in loaded for rule in rulebook.rules)
    return Project(root, cwd, config, loaded)


def load_rules(file: Path, *, shown: str) -> Rulebook:
    """One file of rules that holds by itself. Raises RulebookError with all that is wrong."""
    rulebook = load_rulebook(file, shown=shown)
    validate(rulebook.rules)
    return rulebook


def _start(cwd: Path, paths: Sequence[str]) -> Path:
    first = Path(os.path.abspath(cwd / paths[0])) if paths else cwd
    while not os.path.isdir(first) and first != first.parent:
        first = first.parent
    return first.resolve()


def _root(cwd: Path, start: Path) -> Path:
    top = toplevel(start)
    if top is not None:
        return top
    here = cwd.resolve()
    return here if start.is_relative_to(here) else start


def _nearest(cwd: Path, start: Path, root: Path) -> list[Path]:
    """The rulebook nearest to what is scanned, else to where the user stands."""
    found = find_nearest(start, root)
    if found is None and not start.is_relative_to(cwd.resolve()):
        here = cwd.resolve()
        found = find_nearest(here, toplevel(here) or here)
    return [found] if found is not None else []


def _refuse_twins(rulebooks: Sequence[Rulebook]) -> None:
    seen: dict[str, str] = {}
    problems = []
    for rulebook in rulebooks:
        for rule in rulebook.rules:
            first = seen.setdefault(rule.id, rulebook.path)
            if first != rulebook.path:
                message = f"rule {rule.id!r} stands in {first} too"
                problems.append(
                    Problem(ProblemKind.RULEBOOK, message, rulebook.path, rule.id, rule.line)
                )
    if problems:
        raise RulebookError(*problems)
