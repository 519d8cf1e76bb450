"""What the folders of a project say about the files in them, each read once.

A file gets the same answer whether it was named or found, because both ask here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.globs import Globs
from stuck_rules.regular import read_regular
from stuck_rules.scanner.arguments import below, join
from stuck_rules.scanner.repositories import Repositories, Repository
from stuck_rules.values import dataclass, replace

OUR_IGNORES = ".stuckrulesignore"
GIT_IGNORES = ".gitignore"

BY_DEFAULT = "excluded by default"
BY_SETTINGS = "excluded by the settings"
BY_GIT = "ignored by git"
ENVIRONMENT = "excluded by default: a virtual environment"

# The file that makes a folder a virtual environment.
_ENVIRONMENT_MARK = "pyvenv.cfg"
# Names of files that tell something of all that is in their folder.
_MARKERS = frozenset({OUR_IGNORES, GIT_IGNORES, ".git", _ENVIRONMENT_MARK})

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

    `path` is relative to the base, and `way` to the top of the repository, both empty or with
    `/` at the end; `reason` says why nothing below is checked. Ignore files are innermost first,
    those of git only where git has no say.
    """

    location: str
    base: str
    path: str
    reason: str | None = None
    repository: Repository | None = None
    way: str = ""
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
        self._exclude = exclude or None
        self._default_excludes = default_excludes
        self._known: dict[tuple[str, str], Folder] = {}

    def at(self, location: str, base: str) -> Folder:
        """The folder at a location in a base."""
        known = self._known.get((location, base))
        if known is None:
            known = self._start(base)
            for name in filter(None, below(location, base).split("/")):
                known = self.enter(self.child(known, name), _MARKERS)
        return known

    def child(self, parent: Folder, name: str) -> Folder:
        """A folder in another one, as far as that one tells; the root starts afresh."""
        location = join(parent.location, name)
        if location == self._root:
            return self._start(location)
        path = f"{parent.path}{name}/"
        reason = parent.reason or self._reason_outside(parent, name, location)
        if reason is not None:
            return Folder(location, parent.base, path, reason)
        way = f"{parent.way}{name}/"
        repository, ours, gits = parent.repository, parent.ours, parent.gits
        return Folder(location, parent.base, path, None, repository, way, ours, gits)

    def enter(self, folder: Folder, names: Iterable[str]) -> Folder:
        """A child with what the files in it tell; `names` holds those that may be there."""
        known = self._known.get((folder.location, folder.base))
        if known is None:
            known = self._known[folder.location, folder.base] = self._enter(folder, names)
        return known

    def reason(self, folder: Folder, name: str) -> str | None:
        """Why this file of the folder is not checked; None where it is."""
        return folder.reason or self._reason(folder, name)

    def _start(self, base: str) -> Folder:
        known = self._known.get((base, base))
        if known is None:
            folder = self._in_repository(Folder(base, base, ""))
            known = self._known[base, base] = self._with_ignores(folder)
        return known

    def _enter(self, folder: Folder, names: Iterable[str]) -> Folder:
        # Most folders hold no such file, so the way to know that must be short.
        if folder.reason is not None or _MARKERS.isdisjoint(map(str.lower, names)):
            return folder
        if self._is_environment(folder.location):
            return Folder(folder.location, folder.base, folder.path, ENVIRONMENT)
        if self._repositories.starts_at(folder.location):
            folder = self._in_repository(replace(folder, gits=()))
        return self._with_ignores(folder)

    def _in_repository(self, folder: Folder) -> Folder:
        repository = self._repositories.around(folder.location)
        way = repository.way_to(folder.location) if repository is not None else ""
        return replace(folder, repository=repository, way=way)

    def _reason_outside(self, parent: Folder, name: str, location: str) -> str | None:
        """Why nothing in a folder is checked, as far as that shows from outside."""
        if _ALWAYS.fullmatch(name):
            return BY_DEFAULT
        if self._default_excludes and _DEFAULT.fullmatch(name):
            return BY_DEFAULT
        reason = self._reason(parent, name, "/")
        return ENVIRONMENT if reason and self._is_environment(location) else reason

    def _is_environment(self, location: str) -> bool:
        return self._default_excludes and os.path.lexists(f"{location}/{_ENVIRONMENT_MARK}")

    def _reason(self, parent: Folder, name: str, end: str = "") -> str | None:
        """Why something in a folder is not checked; `end` is the `/` of another folder."""
        if parent.repository is not None and not parent.repository.holds(parent.way + name):
            return BY_GIT
        if self._exclude is None and not parent.ours and not parent.gits:
            return None
        path = parent.path + name + end
        if self._exclude is not None and self._exclude.decide(path):
            return BY_SETTINGS
        return _ignoring(parent.ours, path) or _ignoring(parent.gits, path)

    def _with_ignores(self, folder: Folder) -> Folder:
        ours = self._read(folder, OUR_IGNORES)
        gits = () if folder.repository else self._read(folder, GIT_IGNORES)
        return replace(folder, ours=ours + folder.ours, gits=gits + folder.gits)

    def _read(self, folder: Folder, name: str) -> tuple[IgnoreFile, ...]:
        location = join(folder.location, name)
        try:
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
