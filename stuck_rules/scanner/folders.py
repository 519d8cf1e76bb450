"""What the folders of a project say about the files in them, each read once.

A file gets the same answer whether it was named or found, because both ask here.
"""

from __future__ import annotations

import os
import re

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.globs import Globs
from stuck_rules.regular import read_regular
from stuck_rules.scanner.arguments import below, join
from stuck_rules.scanner.repositories import Repositories, Repository
from stuck_rules.values import dataclass

OUR_IGNORES = ".stuckrulesignore"
GIT_IGNORES = ".gitignore"

BY_DEFAULT = "excluded by default"
BY_SETTINGS = "excluded by the settings"
BY_GIT = "ignored by git"
ENVIRONMENT = "excluded by default: a virtual environment"

_ALWAYS = re.compile(r"\.(?:git|hg|svn)")
_DEFAULT = re.compile(
    r"""\.?venv | node_modules | build | dist | __pycache__ | __pypackages__ | site-packages
    | \.ipynb_checkpoints | \.tox | \.nox | \.eggs | .*\.egg-info | \.(?:mypy|pytest|ruff)_cache""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class IgnoreFile:
    """An ignore file's patterns, which hold below its folder; `folder` ends with `/`."""

    folder: str
    name: str
    globs: Globs


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on the way from a base to files.

    `path` is relative to the base, empty or with `/` at its end; `reason` says why nothing
    below is checked. Ignore files are innermost first, those of git only where git has no say.
    """

    location: str
    base: str
    path: str
    reason: str | None = None
    repository: Repository | None = None
    ours: tuple[IgnoreFile, ...] = ()
    gits: tuple[IgnoreFile, ...] = ()


def _ignoring(files: tuple[IgnoreFile, ...], path: str) -> str | None:
    """Words for the ignore file that leaves a path out: the innermost that decides counts."""
    for file in files:
        ignored = file.globs.decide(path[len(file.folder) :])
        if ignored is not None:
            return f"ignored by {file.folder}{file.name}" if ignored else None
    return None


class Folders:
    """The folders seen so far. A base's own name never counts, nor those above it."""

    def __init__(
        self, root: str, repositories: Repositories, *, exclude: Globs, default_excludes: bool
    ) -> None:
        self.problems: list[Problem] = []
        self._root = root
        self._repositories = repositories
        self._exclude = exclude
        self._default_excludes = default_excludes
        self._known: dict[tuple[str, str], Folder] = {}

    def at(self, location: str, base: str) -> Folder:
        """The folder at a location in a base."""
        known = self._known.get((location, base))
        if known is None:
            known = self._start(base)
            for name in filter(None, below(location, base).split("/")):
                known = self.child(known, name)
        return known

    def child(self, parent: Folder, name: str) -> Folder:
        """A folder in another one; the root starts afresh wherever it is met."""
        location = join(parent.location, name)
        if location == self._root:
            return self._start(location)
        known = self._known.get((location, parent.base))
        if known is None:
            known = self._enter(parent, name, location)
            self._known[location, parent.base] = known
        return known

    def reason(self, folder: Folder, name: str) -> str | None:
        """Why this file of the folder is not checked; None where it is."""
        return folder.reason or self._reason(folder, folder.path + name, name)

    def _start(self, base: str) -> Folder:
        known = self._known.get((base, base))
        if known is None:
            folder = Folder(base, base, "", repository=self._repositories.around(base))
            known = self._known[base, base] = self._with_ignores(folder)
        return known

    def _enter(self, parent: Folder, name: str, location: str) -> Folder:
        path = f"{parent.path}{name}/"
        reason = (
            parent.reason
            or self._default_reason(location, name)
            or self._reason(parent, path, name)
        )
        if reason is not None:
            return Folder(location, parent.base, path, reason)
        nested = self._repositories.starts_at(location)
        return self._with_ignores(
            Folder(
                location,
                parent.base,
                path,
                repository=self._repositories.around(location) if nested else parent.repository,
                ours=parent.ours,
                gits=() if nested else parent.gits,
            )
        )

    def _default_reason(self, location: str, name: str) -> str | None:
        if _ALWAYS.fullmatch(name):
            return BY_DEFAULT
        if not self._default_excludes:
            return None
        if _DEFAULT.fullmatch(name):
            return BY_DEFAULT
        return ENVIRONMENT if os.path.lexists(f"{location}/pyvenv.cfg") else None

    def _reason(self, parent: Folder, path: str, name: str) -> str | None:
        if parent.repository and not parent.repository.holds(join(parent.location, name)):
            return BY_GIT
        if self._exclude and self._exclude.decide(path):
            return BY_SETTINGS
        return _ignoring(parent.ours, path) or _ignoring(parent.gits, path)

    def _with_ignores(self, folder: Folder) -> Folder:
        ours = self._read(folder, OUR_IGNORES)
        gits = () if folder.repository else self._read(folder, GIT_IGNORES)
        if not ours and not gits:
            return folder
        return Folder(
            folder.location,
            folder.base,
            folder.path,
            repository=folder.repository,
            ours=ours + folder.ours,
            gits=gits + folder.gits,
        )

    def _read(self, folder: Folder, name: str) -> tuple[IgnoreFile, ...]:
        location = join(folder.location, name)
        try:
            # Most folders have none, so the way to know that must be short.
            text = os.fsdecode(read_regular(location))
        except FileNotFoundError:
            return ()
        except OSError as error:
            if os.path.isdir(location):
                return ()
            # In a folder that is closed itself, the folder is the problem, told elsewhere.
            if os.path.lexists(location):
                message = f"cannot be read: {error.strerror}"
                self.problems.append(Problem(ProblemKind.UNREADABLE, message, location))
            return ()
        lines = text.removeprefix("\ufeff").split("\n")
        return (IgnoreFile(folder.path, name, Globs(lines)),)
