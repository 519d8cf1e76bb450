"""Files written anew: whole or not at all, and only as they were when they were read."""

from __future__ import annotations

import os

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.placing import put
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

    def check() -> None:
        with open(location, "rb") as file:
            if file.read() != old:
                message = "changed on disk since it was read; it was left alone"
                raise unwritable(message, shown)

    try:
        if not os.stat(location).st_mode & 0o222 or not os.access(location, os.W_OK):
            raise unwritable("cannot be written: it is read-only; nothing was changed", shown)
        put(location, new, check=check)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; nothing was changed"
        raise unwritable(message, shown) from None


def unwritable(message: str, shown: str) -> SourceError:
    """The error of a file that is left as it was."""
    return SourceError(Problem(ProblemKind.UNREADABLE, message, shown))
