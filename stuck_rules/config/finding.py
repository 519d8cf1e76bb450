"""Which file of settings holds: the nearest one that has any."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from stuck_rules.config.reading import Source
from stuck_rules.config.toml import OWN_FILE, SHARED_FILE, read_file
from stuck_rules.errors import ConfigError

FILES = (OWN_FILE, SHARED_FILE)


def find_settings(start: Path, stop: Path, cwd: Path) -> Source | None:
    """The nearest settings from `start` upwards to `stop` at the most.

    A `pyproject.toml` without our table is passed over. Raises ConfigError where a file that is
    met cannot be read.
    """
    for folder in upwards(start, stop):
        for name in FILES:
            if os.path.isfile(folder / name):
                source = read_file(folder / name, cwd)
                if source is not None:
                    return source
    return None


def upwards(start: Path, stop: Path) -> Iterator[Path]:
    """A folder and those around it, up to `stop`, or to the top where that is none of them."""
    for folder in (start, *start.parents):
        yield folder
        if folder == stop:
            return


def settings_in(folder: str) -> str | None:
    """The file of settings that a folder holds, though it may be broken."""
    for name in FILES:
        file = f"{folder}/{name}"
        if os.path.isfile(file) and _has_settings(Path(file)):
            return file
    return None


def _has_settings(file: Path) -> bool:
    try:
        return read_file(file, file.parent) is not None
    except ConfigError:
        return file.name == OWN_FILE
