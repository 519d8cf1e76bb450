"""What git knows of a project; nothing else in the package calls it.

A repository may come from anybody, so no setting of it may run a program or reach the network.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Many paths make git compare each file with each path, and an argument list has its limit.
MAX_PATHS = 32

# Hooks run with these set; they would send git to another repository, index or path syntax.
_MISLEADING = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
)

# Where a partial clone lacks an object, git would fetch it.
_OFFLINE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}


def is_toplevel(folder: str) -> bool:
    """Whether a work tree starts at this folder: a clone, a worktree or a submodule."""
    marker = f"{folder}/.git"
    if not os.path.lexists(marker):
        return False
    # A HEAD may be a symbolic link to a branch without commits.
    return Path(marker).is_file() or os.path.lexists(f"{marker}/HEAD")


def toplevel(folder: Path) -> Path | None:
    """The top of the work tree around `folder`, symbolic links resolved.

    Asks the file system alone, so that the answer is the same where git is not installed.
    """
    folder = folder.resolve()
    return next((top for top in (folder, *folder.parents) if is_toplevel(str(top))), None)


def list_files(folder: Path, paths: Sequence[str] | None = None) -> tuple[str, ...] | None:
    """Tracked files and untracked ones that git does not ignore, relative to `folder`.

    `paths` narrows the search, but more may come back. A nested repository or submodule is
    one name without what is in it. Names in the index may be gone from the disk. None where
    git is missing, refuses, or `folder` is in no work tree.
    """
    answer = _ask(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
                  "--", *_narrow(paths))  # fmt: skip
    if answer is None:
        return None
    names = (os.fsdecode(name).rstrip("/") for name in answer.split(b"\0") if name)
    return tuple(dict.fromkeys(names))


def ignores(folder: Path, path: str) -> bool:
    """Whether git would ignore this path of a work tree, which need not be there."""
    # This command takes each path as it is, and refuses to be told so.
    return _ask(folder, "check-ignore", "-q", "--", f"./{path}", literal=False) is not None


def changed_files(folder: Path) -> tuple[str, ...] | None:
    """The files under a folder that differ from the last commit or are new, relative to it.

    None where no git knows the folder.
    """
    changed = _ask(folder, "diff", "--name-only", "--relative", "-z", "HEAD")
    new = _ask(folder, "ls-files", "--others", "--exclude-standard", "-z")
    if new is None:
        return None
    names = (changed or b"") + new
    return tuple(os.fsdecode(name) for name in names.split(b"\0") if name)


def _narrow(paths: Sequence[str] | None) -> list[str]:
    if paths is None or len(paths) <= MAX_PATHS:
        return list(paths or ())
    common = os.path.commonpath(paths)
    return [common] if common else []


def _ask(folder: Path, *arguments: str, literal: bool = True) -> bytes | None:
    settings = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
    paths = ("--literal-pathspecs",) if literal else ()
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *paths, *settings, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env={**kept, **_OFFLINE},
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
