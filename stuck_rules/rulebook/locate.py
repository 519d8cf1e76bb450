"""Which rulebook holds: the nearest of the project, or the bundled one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from stuck_rules.errors import RulebookError

NAME = "rules.yaml"
# What a reference to a rulebook of an installed package begins with.
PREFIX = "package:"


def find_nearest(start: Path, stop: Path, is_rulebook: Callable[[Path], bool]) -> Path | None:
    """The nearest `rules.yaml` that is a rulebook, from `start` upwards to `stop`."""
    for folder in (start, *start.parents):
        candidate = folder / NAME
        if os.path.isfile(candidate) and is_rulebook(candidate):
            return candidate
        if folder == stop:
            break
    return None


def bundled() -> Path:
    """The rulebook that comes with the program: in the wheel, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "bundled" / NAME, package.parent / NAME):
        if os.path.isfile(candidate):
            return candidate
    raise RulebookError.at("the bundled rulebook is missing: install stuck-rules again")


def rulebook_in(folder: str) -> str | None:
    """The file of a folder that seems to be a rulebook, by a look at it alone."""
    file = f"{folder}/{NAME}"
    if not os.path.isfile(file):
        return None
    try:
        text = Path(file).read_bytes()
    except OSError:
        return None
    return file if re.search(rb"^rules\s*:", text, re.MULTILINE) else None
