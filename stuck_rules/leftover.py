"""What a run leaves of the settings: those about no file, and those that are not used."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from stuck_rules.config.finding import settings_in
from stuck_rules.errors import Problem, ProblemKind, RulebookError
from stuck_rules.project import Project
from stuck_rules.rulebook.locate import rulebook_in
from stuck_rules.scanner.discovery import Discovery
from stuck_rules.shelf import Shelf
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is to be told; problems where it cannot be known what should have held."""

    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_leftover(project: Project, paths: Sequence[str], found: Discovery) -> Leftover:
    """Compare the settings and rulebooks that hold with those that are nearer to a checked file.

    Where the project has none for all files, but has some for a part of them, their rules would
    be passed over in silence: that is a problem.
    """
    folders = {file.folder for file in found.files}
    met = _Met(frozenset(_telling(folders, found.listed)), found.listed)
    others = [*_other_settings(project, met), *_other_rulebooks(project, met)]
    bare = project.config.path is None and all(book.bundled for book in project.rulebooks)
    problems = [other.problem for other in others] if bare else []
    notes = [] if bare else [other.note for other in others]
    if project.config.per_path and _is_whole(project, paths):
        from stuck_rules.perpath import unmatched

        relative = [file.relative for file in found.files]
        notes += unmatched(project.config.per_path, relative, to_root=project.globs)
    return Leftover(tuple(notes), tuple(problems))


def _telling(folders: Iterable[str], listed: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Of each folder the nearest, itself included, that may hold what is watched for."""
    seen: set[str] = set()
    for start in folders:
        folder = start
        while folder not in seen:
            seen.add(folder)
            if listed.get(folder, True):
                yield folder
                break
            folder = folder.rpartition("/")[0] or "/"


@dataclass(frozen=True, slots=True)
class _Met:
    """The folders from where to look for files, and which of the watched names each one holds.

    In a folder that is not `listed` nobody has looked for them.
    """

    folders: frozenset[str]
    listed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Other:
    """Files that are not used, what is used in their place, and what to do about it."""

    names: str
    used: str
    remedy: str

    @property
    def note(self) -> str:
        return f"{self.used} for this run, and not {self.names}: {self.remedy}"

    @property
    def problem(self) -> Problem:
        message = f"is for a part of the files, and nothing is for all: {self.remedy}"
        return Problem(ProblemKind.CONFIG, message, self.names)


def _other_settings(project: Project, met: _Met) -> Iterator[_Other]:
    held = project.config.path
    if not project.config.searched:
        return
    names = _names(project, met, settings_in, _real(project, held) if held else "")
    used = f"{held} holds" if held else "no settings hold"
    remedy = "name it with --config, run from its folder, or have one file say what holds where"
    if names:
        yield _Other(names, used, remedy)


def _other_rulebooks(project: Project, met: _Met) -> Iterator[_Other]:
    if project.config.rulebook:
        return
    (book,) = project.rulebooks
    held = _real(project, book.path)
    shelf = Shelf(project.cache.rulebooks if project.cache is not None else None)

    def find(folder: str) -> str | None:
        file = rulebook_in(folder)
        return file if file in (None, held) or _is_rulebook(shelf, file) else None

    names = _names(project, met, find, held)
    used = f"{'the bundled rulebook' if book.bundled else book.path} holds"
    if names:
        yield _Other(names, used, "name it with --rulebook, or all in the setting rulebook")


def _is_rulebook(shelf: Shelf, file: str) -> bool:
    """Other programs have files of that name, with rules of their own."""
    try:
        return shelf.holds(Path(file))
    except RulebookError:
        return False


def _real(project: Project, shown: str) -> str:
    return os.path.realpath(project.cwd / shown)


def _names(project: Project, met: _Met, find: Callable[[str], str | None], held: str) -> str:
    """The first of the files that are nearest to some folder and are not the one that holds."""

    def find_if_met(folder: str) -> str | None:
        # Folders that were looked through need no second look.
        return find(folder) if met.listed.get(folder, True) else None

    others = nearest_files(met.folders, project.root.as_posix(), find_if_met) - {held}
    names = [os.path.relpath(file, project.cwd).replace(os.sep, "/") for file in sorted(others)]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def nearest_files(folders: Iterable[str], top: str, find: Callable[[str], str | None]) -> set[str]:
    """What `find` knows nearest to each of the folders, from itself up to `top`.

    Folders are absolute paths; those that are not in `top` are passed over.
    """
    known: dict[str, str | None] = {top: find(top)}
    inside = f"{top.rstrip('/')}/"

    def nearest(folder: str) -> str | None:
        if folder not in known:
            parent = folder.rpartition("/")[0] or "/"
            is_inside = folder.startswith(inside)
            known[folder] = (find(folder) or nearest(parent)) if is_inside else None
        return known[folder]

    return {file for folder in folders if (file := nearest(folder)) is not None}


def _is_whole(project: Project, paths: Iterable[str]) -> bool:
    """Whether the paths hold all that the tables of paths may speak of."""
    folder = project.config.folder_of("per-path").resolve()
    named = (Path(os.path.abspath(project.cwd / path)).resolve() for path in paths)
    return any(folder.is_relative_to(each) for each in named)
