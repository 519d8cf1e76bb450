"""What git knows of a project; nothing else in the package calls it.

A repository may come from anybody, so no setting of it may run a program or reach the network.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from stuck_rules.errors import UsageError
from stuck_rules.values import dataclass

# Many paths make git compare each file with each path, and an argument list has its limit.
MAX_PATHS = 32
MAX_LINES = 1_000

# Hooks run with these set; they would send git to another repository, index or path syntax.
_MISLEADING = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
    *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS"),
    *("GIT_ICASE_PATHSPECS", "GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF"),
)

# However somebody likes to see changes, they are read by a program: whole, plain, without colours.
_PLAIN_DIFF = (
    *("--no-ext-diff", "--no-textconv", "--no-color", "--text", "--ignore-submodules=all"),
    *("--unified=0", "--inter-hunk-context=0", "--find-renames", "-l1000"),
    *("--src-prefix=a/", "--dst-prefix=b/"),
)

_SHALLOW = (
    "; the clone is shallow: fetch the whole history (`git fetch --unshallow`, or "
    "`fetch-depth: 0` for actions/checkout)"
)

_LISTING = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--")
# The listings that git works at already, by their questions.
_begun: dict[tuple[Path, tuple[str, ...]], subprocess.Popen[bytes]] = {}

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
    arguments = (*_LISTING, *_narrow(paths))
    begun = _begun.pop((folder, arguments), None)
    answer = _ask(folder, *arguments) if begun is None else _answer_of(begun)
    if answer is None:
        return None
    return tuple(dict.fromkeys(_names(answer.replace(b"/\0", b"\0"))))


@contextmanager
def listing_begun(folder: Path, paths: Sequence[str] | None = None) -> Iterator[None]:
    """Have git list files while something else is done; `list_files` takes the answer.

    Where nobody asks the very same, it is thrown away.
    """
    question = (folder, (*_LISTING, *_narrow(paths)))
    process = _start(folder, *question[1])
    if process is not None:
        _begun[question] = process
    try:
        yield
    finally:
        left = _begun.pop(question, None)
        if left is not None:
            with left:
                left.kill()


def ignores(folder: Path, path: str) -> bool:
    """Whether git would ignore this path of a work tree, which need not be there."""
    # This command takes each path as it is, and refuses to be told so.
    return _ask(folder, "check-ignore", "-q", "--", f"./{path}", literal=False) is not None


def changed_files(folder: Path) -> tuple[str, ...] | None:
    """The files under a folder that differ from the last commit or are new, relative to it.

    None where no git knows the folder.
    """
    changed = _diff(folder, "HEAD", _filters_off(folder), "--name-only", "--relative", "-z")
    new = untracked_files(folder)
    if new is None:
        return None
    return (*_names(changed or b""), *new)


def untracked_files(folder: Path) -> tuple[str, ...] | None:
    """The files under a folder that git neither tracks nor ignores, relative to it.

    A nested repository is one name with `/` at its end.
    """
    answer = _ask(folder, "ls-files", "--others", "--exclude-standard", "-z")
    return None if answer is None else _names(answer)


def merge_base(folder: Path, ref: str) -> str:
    """The commit where the work tree's history left that of a branch, tag or commit.

    Raises UsageError, with what to do, where git cannot tell.
    """
    if not ref or ref.startswith("-") or "\0" in ref:
        raise UsageError.at(f"--changed-since takes a branch, tag or commit, not {ref!r}")
    shallow = _ask(folder, "rev-parse", "--is-shallow-repository")
    if shallow is None:
        message = f"--changed-since asks git, which knows of no repository in {folder}"
        raise UsageError.at(f"{message}, or refuses it; `git status` there may say why")
    hint = _SHALLOW if shallow.strip() == b"true" else ""
    commit = _ask(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    if commit is None:
        message = f"git knows no commit {ref!r} here; fetch it, or mend the name"
        raise UsageError.at(f"--changed-since: {message}{hint}")
    base = _ask(folder, "merge-base", commit.decode().strip(), "HEAD")
    if base is None:
        message = f"the history here has nothing in common with {ref!r}"
        raise UsageError.at(f"--changed-since: {message}{hint}")
    return base.decode().split()[0]


def diff_since(folder: Path, commit: str) -> tuple[bytes, bytes, tuple[str, ...]]:
    """How the work tree differs from a commit: names with their status, lines, untracked files.

    Names are relative to the top of the work tree, those with status end in NUL. Raises
    UsageError where git cannot tell.
    """
    off = _filters_off(folder)
    names = _diff(folder, commit, off, "--name-status", "-z")
    lines = _diff(folder, commit, off, "--patch")
    untracked = untracked_files(folder)
    if names is None or lines is None or untracked is None:
        message = f"git cannot compare the files with commit {commit[:12]}"
        raise UsageError.at(f"--changed-since: {message}; `git diff {commit[:12]}` may say why")
    return names, lines, untracked


def _diff(folder: Path, commit: str, off: Sequence[str] | None, *arguments: str) -> bytes | None:
    """Ask for a diff with filters switched `off`, since they are programs of the repository."""
    if off is None:
        return None
    return _ask(folder, "diff", *_PLAIN_DIFF, *arguments, commit, "--", settings=off)


def _filters_off(folder: Path) -> list[str] | None:
    """The settings that keep filters from running; None where one cannot be named."""
    listed = _ask(folder, "config", "-z", "--name-only", "--get-regexp", r"^filter\.")
    names = {name.split(".", 1)[1].rpartition(".")[0] for name in _names(listed or b"")}
    if any("=" in name for name in names):
        return None
    return [
        f"filter.{name}.{key}"
        for name in sorted(names)
        for key in ("clean=", "smudge=", "process=", "required=false")
    ]


def _names(answer: bytes) -> tuple[str, ...]:
    return tuple(name for name in os.fsdecode(answer).split("\0") if name)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote a line, and when, in seconds since 1970; None where a shallow clone ends."""

    author: str | None
    time: int | None


class History:
    """Who wrote the lines of a work tree; what holds for all its files is asked once."""

    def __init__(self, top: Path) -> None:
        self._top = top

    @cached_property
    def is_known(self) -> bool:
        """Whether git is there and knows the folder."""
        return _ask(self._top, "rev-parse", "--git-dir") is not None

    @cached_property
    def _filters_off(self) -> list[str] | None:
        return _filters_off(self._top)

    @cached_property
    def _is_shallow(self) -> bool:
        answer = _ask(self._top, "rev-parse", "--is-shallow-repository")
        return answer is not None and answer.strip() == b"true"

    def blame(self, path: str, lines: Iterable[int]) -> dict[int, Origin]:
        """The origins of lines of a file as it is on disk; lines in no commit have none.

        The path is relative to the top.
        """
        wanted = sorted(set(lines))
        # An argument list has its limit; without ranges git tells of every line.
        asked = wanted if len(wanted) <= MAX_LINES else ()
        ranges = [part for line in asked for part in ("-L", f"{line},{line}")]
        if self._filters_off is None:
            return {}
        arguments = ("--line-porcelain", "--no-textconv", "--encoding=UTF-8", *ranges)
        answer = _ask(self._top, "blame", *arguments, "--", path, settings=self._filters_off)
        if answer is None:
            return {}
        text = answer.decode("utf-8", "replace")
        return dict(_origins(text, shallow=self._is_shallow))


def _origins(text: str, *, shallow: bool) -> Iterator[tuple[int, Origin]]:
    """Read what git blame says: of each line a head, facts, and the line behind a tab."""
    facts: dict[str, str] = {}
    for told in text.split("\n")[:-1]:
        if not facts:
            # A commit of zeros stands for what is in none.
            commit, _, line, *_ = told.split(" ")
            facts = {"line": line if commit.strip("0") else ""}
        elif not told.startswith("\t"):
            key, _, value = told.partition(" ")
            facts[key] = value
        else:
            if facts["line"]:
                is_cut = shallow and "boundary" in facts
                author, time = facts["author"], int(facts["author-time"])
                yield int(facts["line"]), Origin(*((None, None) if is_cut else (author, time)))
            facts = {}


def _narrow(paths: Sequence[str] | None) -> list[str]:
    if paths is None or len(paths) <= MAX_PATHS:
        return list(paths or ())
    common = os.path.commonpath(paths)
    return [common] if common else []


def _ask(
    folder: Path, *arguments: str, literal: bool = True, settings: Sequence[str] = ()
) -> bytes | None:
    process = _start(folder, *arguments, literal=literal, settings=settings)
    return None if process is None else _answer_of(process)


def _start(
    folder: Path, *arguments: str, literal: bool = True, settings: Sequence[str] = ()
) -> subprocess.Popen[bytes] | None:
    every = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", *settings)
    flags = [flag for setting in every for flag in ("-c", setting)]
    paths = ("--literal-pathspecs",) if literal else ()
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    try:
        return subprocess.Popen(
            ["git", "-C", str(folder), *paths, *flags, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, **_OFFLINE},
        )
    except OSError:
        return None


def _answer_of(process: subprocess.Popen[bytes]) -> bytes | None:
    with process:
        try:
            answer, _ = process.communicate()
        finally:
            # That does nothing to one that has ended.
            process.kill()
    return answer if process.returncode == 0 else None
