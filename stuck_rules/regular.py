"""Files that have an end: a link to a device, or a pipe, may come with the code."""

from __future__ import annotations

import os
import stat


def read_regular(location: str | os.PathLike[str]) -> bytes:
    """The bytes of a file. Raises OSError, also where it is no regular one."""
    if not stat.S_ISREG(os.stat(location).st_mode):
        raise OSError(0, "is no regular file", str(location))
    with open(location, "rb") as file:
        return file.read()
