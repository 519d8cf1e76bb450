"""A project: its root, its settings and the rulebooks that hold in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from stuck_rules.config.layers import Asked, load_config
from stuck_rules.config.reading import Located
from stuck_rules.config.settings import Config
from stuck_rules.errors import ConfigError, Problem, ProblemKind, RulebookError
from stuck_rules.git import toplevel
from stuck_rules.globs import below_folder
from stuck_rules.links import shown_path
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.rulebook.loader import load_rulebook
from stuck_rules.rulebook.locate import PREFIX, bundled, find_nearest
from stuck_rules.validation import validate
from stuck_rules.values import dataclass, replace


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
        if rulebook.bundled or rulebook.installed:
            return ""
        if not folder.is_relative_to(self.root) or folder == self.root:
            return ""
        return folder.relative_to(self.root).as_posix() + "/"

    def globs(self, written: Iterable[Located]) -> tuple[str, ...]:
        """Globs of the settings as seen from the root; those from outside it are so already."""
        return tuple(
            below_folder(glob.text, glob.folder.resolve().relative_to(self.root).as_posix())
            if glob.folder.resolve().is_relative_to(self.root)
            else glob.text
            for glob in written
        )


def open_project(
    cwd: Path,
    paths: Sequence[str] = (),
    rulebooks: Sequence[str] = (),
    *,
    asked: Asked | None = None,
    changed: bool = True,
) -> Project:
    """Find the project that the paths, or the current folder, belong to, and load its rules.

    `rulebooks` are files to use in place of the project's own; without `changed` the rules are
    as their rulebooks say, whatever the settings change. Raises ConfigError, and
    RulebookError with all that is wrong in any of the rulebooks.
    """
    asked = asked or Asked()
    if rulebooks:
        asked = replace(asked, flags={**asked.flags, "rulebook": list(rulebooks)})
    root, starts = _surroundings(cwd, paths)
    config = load_config(cwd.resolve(), starts, root, asked=asked)
    if config.rulebook:
        loaded = tuple(_load(book, config, cwd, root) for book in dict.fromkeys(config.rulebook))
    else:
        file = _nearest(cwd, _around(config, starts, root), root)
        shown = shown_path(file or bundled(), cwd, root)
        loaded = (load_rulebook(file or bundled(), shown=shown, bundled=file is None),)
    _refuse_twins(loaded)
    validate(rule for rulebook in loaded for rule in rulebook.rules)
    return Project(root, cwd, config, _changed(loaded, config) if changed else loaded)


def _load(book: Located, config: Config, cwd: Path, root: Path) -> Rulebook:
    """A rulebook that the settings name."""
    if not book.text.startswith(PREFIX):
        file = book.folder / book.text
        return load_rulebook(file, shown=shown_path(file, cwd, root))
    from stuck_rules.rulebook.packages import find_packaged

    try:
        file, reference = find_packaged(book.text)
    except RulebookError as error:
        place = config.places["rulebook"][-1]
        raise ConfigError.at(f"rulebook {book}: {error}", place.source, place.line) from None
    return replace(load_rulebook(file, shown=reference), installed=True)


def _changed(rulebooks: tuple[Rulebook, ...], config: Config) -> tuple[Rulebook, ...]:
    if not config.rules and not config.severity:
        return rulebooks
    from stuck_rules.rulechanges import change_rules

    return change_rules(rulebooks, config.rules, config.severity)


def read_settings(cwd: Path, asked: Asked | None = None) -> Config:
    """The settings that hold where the user stands, for what needs no rules."""
    root, starts = _surroundings(cwd, ())
    return load_config(cwd.resolve(), starts, root, asked=asked)


def load_rules(file: Path, *, shown: str) -> Rulebook:
    """One file of rules that holds by itself. Raises RulebookError with all that is wrong."""
    rulebook = load_rulebook(file, shown=shown)
    validate(rulebook.rules)
    return rulebook


def _surroundings(cwd: Path, paths: Sequence[str]) -> tuple[Path, tuple[Path, ...]]:
    """The root, and from where files of settings and rulebooks are looked for, in this order.

    Where the user stands comes first, so that a list of files that is split, as a hook's is,
    has one answer; the folder that holds all paths counts where nothing is found so.
    """
    here = cwd.resolve()
    named = [os.path.abspath(os.path.join(cwd, path)) for path in paths]
    start = _folder(named[0]) if named else here
    root = _root(here, start)
    if len(named) > 1:
        common = _common(named)
        start = common if common is not None and common.is_relative_to(root) else start
    return root, tuple(dict.fromkeys((here, start) if here.is_relative_to(root) else (start,)))


def _common(paths: Sequence[str]) -> Path | None:
    """The folder that holds all paths; None where they lie on several drives."""
    try:
        return _folder(os.path.commonpath(paths))
    except ValueError:
        return None


def _folder(path: str) -> Path:
    """A path itself where it is a folder, else the nearest folder that holds it."""
    while not os.path.isdir(path) and path != os.path.dirname(path):
        path = os.path.dirname(path)
    return Path(path).resolve()


def _root(here: Path, start: Path) -> Path:
    top = toplevel(start)
    if top is not None:
        return top
    return here if start.is_relative_to(here) else start


def _around(config: Config, starts: tuple[Path, ...], root: Path) -> tuple[Path, ...]:
    """From where to look for rulebooks: what the settings were found for."""
    folder = config.folder.resolve()
    if config.path is None or starts[0].is_relative_to(folder) or not folder.is_relative_to(root):
        return starts
    return (folder,)


def _nearest(cwd: Path, starts: Sequence[Path], root: Path) -> Path | None:
    """The rulebook nearest to where the user stands, else to what is scanned."""
    for start in starts:
        found = find_nearest(start, root)
        if found is not None:
            return found
    here = cwd.resolve()
    if not here.is_relative_to(root) and not starts[-1].is_relative_to(here):
        return find_nearest(here, toplevel(here) or here)
    return None


def _refuse_twins(rulebooks: Sequence[Rulebook]) -> None:
    seen: dict[str, str] = {}
    problems = []
    for rulebook in rulebooks:
        for rule in rulebook.rules:
            first = seen.setdefault(rule.id, rulebook.path)
            if first != rulebook.path:
                message = (
                    f"rule {rule.id!r} stands in {first} too: take it out of one of them; what "
                    f"the project says otherwise goes into the settings, under rules.{rule.id}"
                )
                problems.append(
                    Problem(ProblemKind.RULEBOOK, message, rulebook.path, rule.id, rule.line)
                )
    if problems:
        raise RulebookError(*problems)
