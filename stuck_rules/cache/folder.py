"""The folder of the cache: where it is, and files in it that are whole or not there.

What is read here came from an earlier run by this user, or from whoever the user let write
there. So the default place lies outside every project: a cache that comes with a pull request
must not decide what is found in it.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator, Mapping

# What the folder may take, in bytes.
MOST = 50_000_000

_MAGIC = b"stuck-rules cache 1 "
# Backup programs leave out a folder with this file, and git one that ignores all of itself.
_MARK = "CACHEDIR.TAG"
_MARKERS = {
    _MARK: b"Signature: 8a477f597d28d172789f06886806bc55\n",
    ".gitignore": b"*\n",
}
# What the cache keeps, each kind in a folder of its own.
_PARTS = ("programs", "rulebooks", "results")


class CacheFolder:
    """Named pieces of data on disk; a failure to read is an absence, one to write is silent.

    Several processes may use one folder at once: a file is replaced as a whole, and the last
    one to write wins.
    """

    def __init__(self, location: str) -> None:
        self.location = location

    def read(self, name: str) -> bytes | None:
        """What was written under a name; None where nothing was, or it is not whole."""
        try:
            with open(self._path(name), "rb") as file:
                data = file.read()
        except OSError:
            return None
        start = len(_MAGIC) + 9
        if not data.startswith(_MAGIC) or data[start - 9 : start] != _seal(data[start:]):
            return None
        return data[start:]

    def write(self, name: str, data: bytes) -> None:
        """Keep data under a name, in the place of what was there."""
        path = self._path(name)
        draft = f"{path}.{os.getpid()}.new"
        try:
            self._make_folder(os.path.dirname(path))
            with open(draft, "wb") as file:
                file.write(_MAGIC + _seal(data) + data)
            os.replace(draft, path)
        except OSError:
            _remove(draft)

    def names(self, name: str) -> list[str]:
        """What lies in a folder of that name, what changed last before the others."""
        try:
            with os.scandir(self._path(name)) as entries:
                aged = [(entry.stat().st_mtime_ns, entry.name) for entry in entries]
        except OSError:
            return []
        return [each for _, each in sorted(aged, reverse=True)]

    def touch(self, name: str) -> None:
        """Say that a name is in use, so that it is not the oldest."""
        try:
            os.utime(self._path(name))
        except OSError:
            return

    def shrink(self, most: int = MOST) -> None:
        """Remove the files that were not used for longest until all take `most` bytes together."""
        files = sorted(self._files(), reverse=True)
        total = 0
        for _, size, path in files:
            total += size
            if total > most:
                _remove(path)

    def clear(self) -> bool:
        """Remove what is the cache's own, and the folder if nothing else is in it.

        False where no cache is there.
        """
        from shutil import rmtree

        if not os.path.isfile(os.path.join(self.location, _MARK)):
            return False
        for name in _PARTS:
            rmtree(os.path.join(self.location, name), ignore_errors=True)
        for name in _MARKERS:
            _remove(os.path.join(self.location, name))
        try:
            os.rmdir(self.location)
        except OSError:
            return True
        return True

    def _files(self) -> Iterator[tuple[int, int, str]]:
        """When each file was used last, its size and its path."""
        for folder, _, names in os.walk(self.location):
            for name in names:
                path = os.path.join(folder, name)
                try:
                    status = os.stat(path, follow_symlinks=False)
                except OSError:
                    continue
                if name not in _MARKERS:
                    yield status.st_mtime_ns, status.st_size, path

    def _path(self, name: str) -> str:
        return os.path.join(self.location, *name.split("/"))

    def _make_folder(self, folder: str) -> None:
        if os.path.isdir(folder):
            return
        # In a folder that holds something else, git must not be told to ignore all of it.
        is_ours = not os.path.isdir(self.location) or not os.listdir(self.location)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        for name, text in _MARKERS.items() if is_ours else ():
            with open(os.path.join(self.location, name), "wb") as file:
                file.write(text)


def default_location(environment: Mapping[str, str]) -> str | None:
    """The user's own folder on this system; None where the surroundings do not tell it."""
    home = environment.get("HOME", "")
    if sys.platform == "win32":
        parents = [environment.get("LOCALAPPDATA", "")]
    elif sys.platform == "darwin":
        parents = [os.path.join(home, "Library", "Caches")]
    else:
        parents = [environment.get("XDG_CACHE_HOME", ""), os.path.join(home, ".cache")]
    known = (os.path.join(parent, "stuck-rules") for parent in parents if os.path.isabs(parent))
    return next(known, None)


def _seal(data: bytes) -> bytes:
    """A checksum against halves and broken disks, not against people."""
    return b"%08x\n" % zlib.crc32(data)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
