"""Look through named files and folders, and judge each file that is met."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.source import FilePath
from stuck_rules.scanner.arguments import Argument, below, is_inside, join, resolve
from stuck_rules.scanner.folders import BY_GIT, Folder, Folders
from stuck_rules.scanner.shebang import has_suffix, is_python_script
from stuck_rules.values import dataclass

# The path of content that comes without one, which is Python.
NAMELESS = "<stdin>"

NOT_LOOKED_AT = "neither Python nor looked at by a rule"
OUTSIDE = "a link that leads outside the project; name it to have it checked"


@dataclass(frozen=True, slots=True)
class DiscoveredFile:
    """A file to check; `python` is false for one that only rules on other files look at.

    `relative` and `shown` are its names as a FilePath has them, `location` is the absolute path
    without links to folders; `unsaved` is what counts instead of the content there.
    """

    relative: str
    shown: str
    location: str
    python: bool = True
    unsaved: bytes | None = None

    @property
    def path(self) -> FilePath:
        """Its names as one value; made on demand, since of most files none is told."""
        return FilePath(self.relative, self.shown)

    @property
    def folder(self) -> str:
        """The location of the folder that holds it."""
        return self.location.rpartition("/")[0] or "/"

    @property
    def absolute(self) -> Path:
        """The file's location; made on demand, since thousands of paths cost time."""
        return Path(self.location)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A file or folder that was named or found, and why it is not checked."""

    shown: str
    reason: str

    def __str__(self) -> str:
        return f"{self.shown} ({self.reason})"


_CODE = (".py", ".pyi", ".ipynb")
_NAME = attrgetter("name")

Found = DiscoveredFile | Excluded | Problem


class Search:
    """Judges files one by one; `links` says where the symbolic links among them lead.

    `listed` holds, for each folder that was looked through, which of the `watched` names stand
    in it.
    """

    def __init__(
        self,
        folders: Folders,
        wanted: Callable[[str], bool],
        watched: frozenset[str] = frozenset(),
    ) -> None:
        self.links: dict[str, str] = {}
        self.listed: dict[str, tuple[str, ...]] = {}
        self._folders = folders
        self._wanted = wanted
        self._watched = watched

    def judge_named(self, argument: Argument) -> Found:
        """What is to be said of a file that was named."""
        folder = self._folders.at(argument.folder, argument.base)
        if argument.is_link:
            self.links[argument.location] = resolve(argument.location)
        judged = self._judge(folder, argument.name, argument.shown, argument.unsaved)
        return judged or Excluded(argument.shown, NOT_LOOKED_AT)

    def look_below(self, argument: Argument) -> Iterator[Found]:
        """What is to be said of the files and folders below a folder that was named."""
        folders = [self._folders.at(argument.folder, argument.base)]
        while folders:
            folder = folders.pop()
            shown = _show(argument, folder)
            if folder.reason is not None:
                if folder.reason != BY_GIT or _holds_something(folder):
                    yield Excluded(shown, folder.reason)
                continue
            try:
                with os.scandir(folder.location) as scanned:
                    entries = sorted(scanned, key=_NAME)
            except OSError as error:
                yield _unreadable(shown, error)
                continue
            names = [entry.name for entry in entries]
            folder = self._folders.enter(folder, names)
            if folder.reason is not None:
                yield Excluded(shown, folder.reason)
                continue
            self.listed[folder.location] = tuple(filter(self._watched.__contains__, names))
            inner = [e for e in entries if e.is_dir(follow_symlinks=False)]
            folders.extend(self._folders.child(folder, e.name) for e in reversed(inner))
            yield from self._judge_entries(folder, entries, "" if shown == "./" else shown)

    def _judge_entries(
        self, folder: Folder, entries: list[os.DirEntry[str]], shown: str
    ) -> Iterator[Found]:
        for entry in entries:
            if not _is_file(entry):
                continue
            name = entry.name
            is_link = entry.is_symlink()
            if is_link:
                location = join(folder.location, name)
                self.links[location] = resolve(location)
            judged = self._judge(folder, name, shown + name)
            if is_link and judged and not is_inside(self.links[location], folder.base):
                yield Excluded(shown + name, OUTSIDE)
            elif judged is not None:
                yield judged

    def _judge(
        self, folder: Folder, name: str, shown: str, unsaved: bytes | None = None
    ) -> Found | None:
        """None for a file that no rule looks at."""
        path = folder.path + name
        python = name.endswith(_CODE) or shown == NAMELESS
        known = python or self._wanted(path)
        if not known and has_suffix(name):
            return None
        reason = self._folders.reason(folder, name)
        if reason is not None:
            return Excluded(shown, reason)
        location = join(folder.location, name)
        if not python and not has_suffix(name):
            try:
                python = is_python_script(location, unsaved)
            except OSError as error:
                return _unreadable(shown, error)
            if not known and not python:
                return None
        return DiscoveredFile(path, shown, location, python, unsaved)


def _show(argument: Argument, folder: Folder) -> str:
    """The folder as a user would type it, with `/` at its end."""
    path = below(folder.location, argument.folder)
    if not path:
        return join(argument.shown, "")
    return f"{path}/" if argument.shown == "." else f"{join(argument.shown, path)}/"


def _holds_something(folder: Folder) -> bool:
    """An empty folder is unknown to git, but not ignored."""
    try:
        return any(True for _ in Path(folder.location).iterdir())
    except OSError:
        return True


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a regular file or a link to one: no pipe, no dangling or circular link."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _unreadable(shown: str, error: OSError) -> Problem:
    return Problem(ProblemKind.UNREADABLE, f"cannot be read: {error.strerror}", shown)
