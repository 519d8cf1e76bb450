"""Files put in place in one step: whoever looks sees the old content or the new, never a part."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable


def put(location: str, data: bytes, *, check: Callable[[], None] = lambda: None) -> None:
    """Put bytes in the place of a file, or make it. Raises OSError, and what `check` raises.

    A link stays and its target is written; mode and, as far as may be, owner of a file that is
    there are kept. A pipe or device is written to as it is. `check` is called at the last moment.
    """
    try:
        status: os.stat_result | None = os.stat(location)
    except FileNotFoundError:
        status = None
    if status is not None and not stat.S_ISREG(status.st_mode):
        check()
        with open(location, "wb") as device:
            device.write(data)
        return
    target = os.path.realpath(location)
    folder, name = os.path.split(target)
    # Hidden, and of no kind that anybody looks for, should the process die here.
    draft = os.path.join(folder, f".{name[:100]}.{os.urandom(6).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(draft, flags, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if status is not None:
                _keep(file.fileno(), status)
        check()
        os.replace(draft, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


def _keep(handle: int, status: os.stat_result) -> None:
    if hasattr(os, "fchown"):
        # Only root may give a file away; the mode is kept all the same.
        with contextlib.suppress(OSError):
            os.fchown(handle, status.st_uid, status.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(status.st_mode))
