"""Files written anew: whole or not at all, and only as they were when they were read."""

from __future__ import annotations

import contextlib
import os
import stat

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.scanner.reading import encoding_of


def encode_python(text: str, data: bytes, shown: str) -> bytes:
    """A changed text in the encoding of the file's bytes, with their byte order mark.

    Raises SourceError where the encoding lacks a character.
    """
    encoding = encoding_of(data)
    if encoding == "utf-8-sig" and not data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8"
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        message = f"the fix needs a character that {error.encoding} lacks; nothing was written"
        raise SourceError(Problem(ProblemKind.ENCODING, message, shown)) from None


def replace_file(location: str, old: bytes, new: bytes, shown: str) -> None:
    """Put new bytes in the place of old ones, in one step that cannot be seen half done.

    A link stays and its target is written; mode and owner are kept as far as they may be.
    Raises SourceError where the file is not as it was read, or cannot be written.
    """
    target = os.path.realpath(location)
    try:
        _replace(target, old, new, shown)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; nothing was changed"
        raise _unwritable(message, shown) from None


def _replace(target: str, old: bytes, new: bytes, shown: str) -> None:
    # Only a run that writes needs it, and it takes longer to load than a small scan.
    import tempfile

    status = os.stat(target)
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise _unwritable("cannot be written: it is read-only; nothing was changed", shown)
    folder, name = os.path.split(target)
    handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            _keep_owner(file.fileno(), status)
        with open(target, "rb") as file:
            if file.read() != old:
                message = "changed on disk since it was read; it was left alone"
                raise _unwritable(message, shown)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _keep_owner(handle: int, status: os.stat_result) -> None:
    if hasattr(os, "fchown"):
        # Only root may give a file away; the mode is kept all the same.
        with contextlib.suppress(OSError):
            os.fchown(handle, status.st_uid, status.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(status.st_mode))


def _unwritable(message: str, shown: str) -> SourceError:
    return SourceError(Problem(ProblemKind.UNREADABLE, message, shown))
