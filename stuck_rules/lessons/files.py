"""A log's files and folders -> the texts in them."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from stuck_rules.errors import LogError
from stuck_rules.values import dataclass

_SUFFIXES = frozenset({".md", ".markdown"})
# In a folder of entries these speak of the folder.
_NO_ENTRIES = frozenset({"readme", "index", "template", "_template", "_index"})


@dataclass(frozen=True, slots=True)
class LogSource:
    """A file or folder to read, under the name that the user would type."""

    path: Path
    shown: str
    in_folder: bool = False


def _members(source: LogSource) -> list[LogSource]:
    try:
        paths = sorted(source.path.rglob("*"), key=lambda path: path.parts)
    except OSError as error:
        raise LogError.at(f"cannot be read: {error.strerror or error}", source.shown) from None
    found = []
    for path in paths:
        inside = path.relative_to(source.path)
        hidden = any(part.startswith(".") for part in inside.parts)
        named = path.suffix.lower() in _SUFFIXES and path.stem.lower() not in _NO_ENTRIES
        if named and not hidden and path.is_file():
            shown = f"{source.shown.rstrip('/')}/{inside.as_posix()}"
            found.append(LogSource(path, shown, in_folder=True))
    return found


def find_sources(source: LogSource) -> list[LogSource]:
    """The file itself, or a folder's Markdown files in the order of their names."""
    if not source.path.is_dir():
        return [source]
    members = _members(source)
    if not members:
        raise LogError.at("is a folder without Markdown files: name the log's file", source.shown)
    return members


def named_logs(folder: Path, paths: Sequence[str]) -> list[LogSource]:
    """What the paths of the settings name, which may be globs; `folder` is where they start.

    A glob that nothing matches stays as it is, so that reading says that it does not exist.
    """
    found: list[LogSource] = []
    for path in paths:
        matched = sorted(folder.glob(path)) if any(sign in path for sign in "*?[") else []
        names = [match.relative_to(folder).as_posix() for match in matched] or [path]
        found += [LogSource(folder / name, name, in_folder=len(names) > 1) for name in names]
    return found


def _read_bytes(source: LogSource) -> bytes:
    path, shown = source.path, source.shown
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise LogError.at("is no regular file, so it is not read", shown)
        return path.read_bytes()
    except FileNotFoundError:
        raise LogError.at("does not exist: check the path of the log", shown) from None
    except OSError as error:
        raise LogError.at(f"cannot be read: {error.strerror or error}", shown) from None


def read_source(source: LogSource) -> str:
    """A file's text. Raises LogError with the place where it is unreadable or not UTF-8."""
    content = _read_bytes(source)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (byte {error.start}): save the log as UTF-8"
        raise LogError.at(message, source.shown, line) from None
