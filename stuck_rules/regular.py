"""Files that have an end: a link to a device, or a pipe, may come with the code."""

from __future__ import annotations

import errno
import os
import stat

# A pipe that has taken the place of a file must not hold up the run.
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# Bytes that are asked for at once of a file that grows meanwhile.
_MORE = 1 << 16


class IrregularError(OSError):
    """What was to be read is no regular file."""

    def __init__(self, location: str | os.PathLike[str]) -> None:
        super().__init__(0, "is no regular file", os.fspath(location))


def read_regular(location: str | os.PathLike[str]) -> bytes:
    """The bytes of a file. Raises OSError, IrregularError where it is no regular one."""
    try:
        handle = os.open(location, _AT_ONCE)
    except OSError as error:
        # That is what opening a socket gives.
        if error.errno == errno.ENXIO:
            raise IrregularError(location) from None
        raise
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise IrregularError(location)
        data = os.read(handle, status.st_size + 1)
        if len(data) == status.st_size:
            # One more byte was asked for, and there was none.
            return data
        parts = [data]
        while parts[-1]:
            parts.append(os.read(handle, _MORE))
        return b"".join(parts)
    finally:
        os.close(handle)
