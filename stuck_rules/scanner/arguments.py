"""The paths on the command line: what they name, and from where their files are counted."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.values import dataclass

_OTHER_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Argument:
    """A file or folder that somebody named.

    `folder` is where it really is, links resolved (for a file, the folder that holds it), and
    `base` the folder that excludes and relative paths start from. `name` is empty for a folder.
    `unsaved` is the content of a file that is not read from disk, and need not be there.
    """

    shown: str
    folder: str
    base: str
    name: str = ""
    is_link: bool = False
    unsaved: bytes | None = None

    @property
    def location(self) -> str:
        """The absolute path of what was named."""
        return join(self.folder, self.name) if self.name else self.folder


def join(folder: str, name: str) -> str:
    """The path of an entry of an absolute folder."""
    return f"{folder}{name}" if folder.endswith("/") else f"{folder}/{name}"


def is_inside(path: str, folder: str) -> bool:
    """Whether an absolute path is this folder or lies in it."""
    return path == folder or path.startswith(join(folder, ""))


def below(path: str, folder: str) -> str:
    """The path relative to a folder that it lies in; empty for the folder itself."""
    return path[len(join(folder, "")) :]


def resolve(path: str | Path) -> str:
    """The absolute path without symbolic links, with `/`."""
    return os.path.realpath(path).replace(os.sep, "/")


def read_arguments(
    paths: Sequence[str], root: str, cwd: Path, unsaved: Mapping[str, bytes]
) -> tuple[tuple[Argument, ...], tuple[Problem, ...]]:
    """What the paths name, in their order, and a problem for each that names nothing usable.

    `unsaved` holds the contents of files that are not read from disk, by their path.
    """

    @cache
    def name_folder(typed: str) -> Argument:
        folder = resolve(cwd / typed)
        base = root if is_inside(folder, root) else folder
        return Argument(PurePath(typed).as_posix(), folder, base)

    read = [
        _name_file(typed, name_folder, unsaved=unsaved[typed])
        if typed in unsaved
        else _read(typed, cwd / typed, name_folder)
        for typed in dict.fromkeys(paths)
    ]
    arguments = tuple(item for item in read if isinstance(item, Argument))
    return arguments, tuple(item for item in read if isinstance(item, Problem))


def _read(typed: str, place: Path, name_folder: Callable[[str], Argument]) -> Argument | Problem:
    try:
        own_mode = place.lstat().st_mode if typed else 0
        is_link = stat.S_ISLNK(own_mode)
        mode = place.stat().st_mode if is_link else own_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return Problem(ProblemKind.MISSING, "no such file or folder", typed)
    except OSError as error:
        return Problem(ProblemKind.UNREADABLE, f"cannot be read: {error.strerror}", typed)
    if not mode:
        return Problem(ProblemKind.MISSING, "no such file or folder: the path is empty", typed)
    if stat.S_ISDIR(mode):
        return name_folder(typed)
    if not stat.S_ISREG(mode):
        kind = _OTHER_KINDS.get(stat.S_IFMT(mode), "something else")
        return Problem(ProblemKind.UNREADABLE, f"neither a file nor a folder but {kind}", typed)
    return _name_file(typed, name_folder, is_link=is_link)


def _name_file(
    typed: str,
    name_folder: Callable[[str], Argument],
    *,
    is_link: bool = False,
    unsaved: bytes | None = None,
) -> Argument:
    head, name = os.path.split(typed.rstrip("/"))
    holder = name_folder(head)
    shown = name if holder.shown == "." else join(holder.shown, name)
    return Argument(shown, holder.folder, holder.base, name, is_link, unsaved)
