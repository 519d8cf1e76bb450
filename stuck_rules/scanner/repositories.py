"""Which files git counts, asked once for each repository that the arguments lie in."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path

from stuck_rules import git
from stuck_rules.scanner.arguments import Argument, below, is_inside


class Repository:
    """A work tree: its files that are tracked or not ignored, and the folders above them.

    It holds what the arguments can reach, which may be less than all.
    """

    def __init__(self, top: str, names: Iterable[str]) -> None:
        self.top = top
        self._names = set(names)
        for folder in {name.rpartition("/")[0] for name in self._names}:
            self._add_folders(folder)

    def _add_folders(self, folder: str) -> None:
        while folder and folder not in self._names:
            self._names.add(folder)
            folder = folder.rpartition("/")[0]

    def way_to(self, folder: str) -> str:
        """What comes before the names of what is in a folder of the work tree, by its location."""
        return "" if folder == self.top else f"{below(folder, self.top)}/"

    def holds(self, path: str) -> bool:
        """Whether git counts this file, or some file in this folder; relative to the top."""
        return path in self._names


class Repositories:
    """The repositories around and below the arguments."""

    def __init__(self, arguments: Sequence[Argument]) -> None:
        self.notes: list[str] = []
        self._wide = sorted({argument.folder for argument in arguments if not argument.name})
        self._wanted: dict[str, set[str]] = {}
        self._unsaved = {a.location for a in arguments if a.unsaved is not None}
        self._top = cache(self._find_top)
        for argument in arguments:
            self._want(argument)
        self._repositories: dict[str, Repository | None] = {}

    def around(self, folder: str) -> Repository | None:
        """The repository that a folder belongs to; None where git has no say."""
        top = self._top(folder)
        return None if top is None else self._at(top)

    def starts_at(self, folder: str) -> bool:
        """Whether this folder is the top of a repository."""
        return self._top(folder) == folder

    def _want(self, argument: Argument) -> None:
        """Note what to ask of the argument's repository, and of those around that one."""
        location, top = argument.location, self._top(argument.folder)
        while top is not None:
            self._wanted.setdefault(top, set()).add(below(location, top))
            if top == argument.base or not is_inside(top, argument.base):
                return
            location, top = top, self._top(posixpath.dirname(top))

    def _find_top(self, folder: str) -> str | None:
        if git.is_toplevel(folder):
            return folder
        parent = posixpath.dirname(folder)
        return None if parent == folder else self._top(parent)

    def _at(self, top: str) -> Repository | None:
        if top not in self._repositories:
            self._repositories[top] = self._ask(top)
        return self._repositories[top]

    def begin(self) -> AbstractContextManager[None]:
        """Have git list the files of one repository that will be asked for, while it is open."""
        top = next(iter(self._wanted), None)
        return nullcontext() if top is None else git.listing_begun(Path(top), self._paths(top))

    def _paths(self, top: str) -> list[str] | None:
        """What to ask a repository for; None for all of it."""
        everything = any(is_inside(top, folder) for folder in self._wide)
        return None if everything else sorted(self._wanted.get(top, ()))

    def _ask(self, top: str) -> Repository | None:
        names = git.list_files(Path(top), self._paths(top))
        if names is None:
            self.notes.append(
                f"git is missing or refuses to list the files of {top}: "
                "what counts there is read from .gitignore files"
            )
            return None
        return Repository(top, (*names, *self._new(top)))

    def _new(self, top: str) -> list[str]:
        """The files without a place on disk that git would count in this work tree."""
        names = (below(location, top) for location in self._unsaved if is_inside(location, top))
        return [name for name in names if not git.ignores(Path(top), name)]
