"""What this program is made of, so that nothing is taken from a run of another one.

The version alone does not say it: hooks are installed from any commit, and who works on the
program changes it in its place.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from stuck_rules import __version__
from stuck_rules.cache.folder import CacheFolder

try:
    # `hashlib` is this and OpenSSL, which takes longer to load than all that is hashed here.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

# Packages whose version changes what rules find.
_LIBRARIES = ("libcst-", "google_re2-", "regex-")


def digest(*parts: bytes) -> str:
    """A name for some data, which no other data has."""
    hasher = blake2b(digest_size=20)
    for part in parts:
        hasher.update(b"%d:" % len(part))
        hasher.update(part)
    return hasher.hexdigest()


def identify(folder: CacheFolder) -> str:
    """A name for this program's code, its libraries and its Python.

    Reading all the code takes longer than a small run may. So the folder remembers what the
    code was when its files had these sizes and times.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    states = "\0".join(sorted(_states(package))).encode("utf-8", "surrogateescape")
    name = f"programs/{digest(package.encode('utf-8', 'surrogateescape'), states)}"
    code = folder.read(name)
    if code is None:
        code = _read_code(package).encode()
        folder.write(name, code)
    # The words of a syntax error may change with any release of Python.
    python = f"{sys.implementation.cache_tag} {sys.version_info[:3]}"
    libraries = sorted(_libraries())
    return digest(__version__.encode(), code, python.encode(), "\0".join(libraries).encode())


def _states(folder: str) -> Iterator[str]:
    """The name, size and time of each source file below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                yield f"{entry.path}:{status.st_size}:{status.st_mtime_ns}"
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _states(entry.path)


def _read_code(package: str) -> str:
    """A name for what stands in the source files."""
    parts: list[bytes] = []
    for state in sorted(_states(package)):
        path = state.rsplit(":", 2)[0]
        with open(path, "rb") as file:
            parts += (os.path.relpath(path, package).encode("utf-8", "replace"), file.read())
    return digest(*parts)


def _libraries() -> Iterator[str]:
    """The names of the folders that say which versions of the libraries are installed."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        yield from (name for name in names if name.startswith(_LIBRARIES))
