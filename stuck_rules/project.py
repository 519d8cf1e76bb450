"""A project: its root, its settings and the rulebooks that hold in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stuck_rules.cache.folder import default_location
from stuck_rules.cache.store import Cache
from stuck_rules.config.asked import Asked
from stuck_rules.config.layers import load_config
from stuck_rules.config.settings import Config
from stuck_rules.errors import ConfigError, Problem, ProblemKind, RulebookError
from stuck_rules.git import toplevel
from stuck_rules.globs import below_folder
from stuck_rules.links import shown_path
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.rulebook.locate import PREFIX, bundled, find_nearest
from stuck_rules.shelf import Shelf
from stuck_rules.suppressions.builtin import BUILT_IN_BOOK
from stuck_rules.values import dataclass, replace

if TYPE_CHECKING:
    from stuck_rules.config.reading import Located

BASELINE = ".stuck-rules-baseline.json"


@dataclass(frozen=True, slots=True)
class Project:
    """Where a run takes place; paths are absolute, `cwd` is where the user stands.

    Without a `cache` nothing is remembered. `builtin` holds the built-in rules as the settings
    want them.
    """

    root: Path
    cwd: Path
    config: Config
    rulebooks: tuple[Rulebook, ...]
    cache: Cache | None = None
    builtin: Rulebook = BUILT_IN_BOOK

    @property
    def all_rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebooks with the built-in rules last."""
        return (*self.rulebooks, self.builtin)

    @property
    def baseline(self) -> Path:
        """Where the baseline is, or would be."""
        named = self.config.baseline
        place = named.folder / named.text if named else self.root / BASELINE
        return Path(os.path.abspath(place))

    @property
    def has_baseline(self) -> bool:
        """Whether one holds: a baseline that is named has to be there, the usual one may."""
        return self.config.baseline is not None or os.path.lexists(self.baseline)

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
    cache = _cache(config, root, asked) if asked.remember else None
    shelf = Shelf(cache.rulebooks if cache is not None else None)
    if config.rulebook:
        loaded = _load_all(config, cwd, root, shelf)
    else:
        file = _nearest(cwd, _around(config, starts, root), root, shelf)
        shown = shown_path(file or bundled(), cwd, root)
        loaded = (shelf.take(file or bundled(), shown=shown, bundled=file is None),)
    _refuse_twins(loaded)
    project = Project(root, cwd, config, loaded, cache)
    return _changed(project) if changed else project


def _load_all(config: Config, cwd: Path, root: Path, shelf: Shelf) -> tuple[Rulebook, ...]:
    """The rulebooks that the settings name; what is wrong with any of them is told at once."""
    loaded: list[Rulebook] = []
    problems: list[Problem] = []
    for book in dict.fromkeys(config.rulebook):
        try:
            if book.text.startswith(PREFIX):
                loaded.append(_load_installed(book, config, shelf))
            else:
                file = book.folder / book.text
                loaded.append(shelf.take(file, shown=shown_path(file, cwd, root)))
        except RulebookError as error:
            problems.extend(error.problems)
    if problems:
        raise RulebookError(*problems)
    return tuple(loaded)


def _load_installed(book: Located, config: Config, shelf: Shelf) -> Rulebook:
    from stuck_rules.rulebook.packages import find_packaged

    try:
        file, reference = find_packaged(book.text)
    except RulebookError as error:
        place = config.places["rulebook"][-1]
        raise ConfigError.at(f"rulebook {book}: {error}", place.source, place.line) from None
    return replace(shelf.take(file, shown=reference), installed=True)


def _changed(project: Project) -> Project:
    """The project with its rules as the settings change them."""
    config = project.config
    if not config.rules and not config.severity and not config.tests:
        return project
    from stuck_rules.rulechanges import RuleSettings, change_rules

    settings = RuleSettings(config.rules, config.severity, project.globs(config.tests))
    *rulebooks, builtin = change_rules(project.all_rulebooks, settings)
    return replace(project, rulebooks=tuple(rulebooks), builtin=builtin)


def read_settings(cwd: Path, asked: Asked | None = None) -> Config:
    """The settings that hold where the user stands, for what needs no rules."""
    root, starts = _surroundings(cwd, ())
    return load_config(cwd.resolve(), starts, root, asked=asked)


def load_rules(file: Path, *, shown: str) -> Rulebook:
    """One file of rules that holds by itself. Raises RulebookError with all that is wrong."""
    return Shelf().take(file, shown=shown)


def cache_location(cwd: Path, asked: Asked) -> str | None:
    """Where runs remember; None where the surroundings name no place. Raises ConfigError."""
    root, starts = _surroundings(cwd, ())
    return _cache_location(load_config(cwd.resolve(), starts, root, asked=asked), root, asked)


def _cache(config: Config, root: Path, asked: Asked) -> Cache | None:
    location = _cache_location(config, root, asked)
    return Cache(location) if location else None


def _cache_location(config: Config, root: Path, asked: Asked) -> str | None:
    """Settings come with a pull request, and so may a folder that they name in the project."""
    named = config.cache_dir
    location = default_location(asked.environment)
    if named is not None:
        place = config.places["cache-dir"][-1]
        location = os.path.join(named.folder, named.text)
        if place.source == config.path and Path(location).resolve().is_relative_to(root):
            message = (
                "cache-dir must lie outside the project here, since it could come with the code; "
                "name it by --cache-dir or STUCK_RULES_CACHE_DIR"
            )
            raise ConfigError.at(message, place.source, place.line)
    return location


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


def _nearest(cwd: Path, starts: Sequence[Path], root: Path, shelf: Shelf) -> Path | None:
    """The rulebook nearest to where the user stands, else to what is scanned."""
    for start in starts:
        found = find_nearest(start, root, shelf.holds)
        if found is not None:
            return found
    here = cwd.resolve()
    if not here.is_relative_to(root) and not starts[-1].is_relative_to(here):
        return find_nearest(here, toplevel(here) or here, shelf.holds)
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
