"""Which rulebook holds: the nearest of the project, or the bundled one."""

from __future__ import annotations

import os
from pathlib import Path

from stuck_rules.errors import RulebookError
from stuck_rules.rulebook.loader import is_rulebook, read_rulebook_text

NAME = "rules.yaml"
# What a reference to a rulebook of an installed package begins with.
PREFIX = "package:"


def find_nearest(start: Path, stop: Path) -> Path | None:
    """The nearest `rules.yaml` that is a rulebook, from `start` upwards to `stop`."""
    for folder in (start, *start.parents):
        candidate = folder / NAME
        if os.path.isfile(candidate) and is_rulebook(read_rulebook_text(candidate, str(candidate))):
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
