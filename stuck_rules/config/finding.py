"""Which file of settings holds: the nearest one that has any."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from stuck_rules.errors import ConfigError

if TYPE_CHECKING:
    from stuck_rules.config.reading import Source

OWN_FILE = "stuck-rules.toml"
SHARED_FILE = "pyproject.toml"


def find_settings(start: Path, stop: Path, cwd: Path) -> Source | None:
    """The nearest settings from `start` upwards to `stop` at the most.

    A `pyproject.toml` without our table is passed over. Raises ConfigError where a file that is
    met cannot be read.
    """
    for folder in (start, *start.parents):
        for name in (OWN_FILE, SHARED_FILE):
            file = str(folder / name)
            source = read_settings(file, cwd)
            if source is not None:
                return source
            if name == OWN_FILE and os.path.islink(file) and not os.path.exists(file):
                raise ConfigError.at("is a link that leads nowhere", os.path.relpath(file, cwd))
        if folder == stop:
            break
    return None


def read_settings(file: str, cwd: Path) -> Source | None:
    """The settings of a file; None where it is not there or holds none of ours.

    Raises ConfigError where it cannot be read.
    """
    if not os.path.isfile(file) or not _may_hold(file):
        return None
    from stuck_rules.config.toml import read_file

    return read_file(Path(file), cwd, shared=os.path.basename(file) == SHARED_FILE)


def _may_hold(file: str) -> bool:
    """Whether a look at its bytes lets settings be in a file."""
    if os.path.basename(file) != SHARED_FILE:
        return True
    try:
        return b"stuck-rules" in Path(file).read_bytes()
    except OSError:
        # It is told when it is read.
        return True


def settings_in(folder: str) -> str | None:
    """The file of settings that a folder holds, though it may be broken."""
    for name in (OWN_FILE, SHARED_FILE):
        file = f"{folder}/{name}"
        try:
            if read_settings(file, Path(folder)) is not None:
                return file
        except ConfigError:
            if name == OWN_FILE:
                return file
    return None
