"""The settings that hold, from whichever places they come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stuck_rules.config.asked import Asked
from stuck_rules.config.finding import find_settings
from stuck_rules.config.settings import Config

if TYPE_CHECKING:
    from stuck_rules.config.reading import Source


def load_config(
    cwd: Path, starts: Sequence[Path], stop: Path, *, asked: Asked | None = None
) -> Config:
    """The settings that hold, from the nearest file above the first of `starts` that has one.

    Raises ConfigError with all that is wrong in any place, and UsageError where what is asked
    contradicts itself.
    """
    asked = asked or Asked()
    named = asked.file
    searched = named is None and not asked.isolated
    file = _find(cwd, starts, stop) if searched else None
    if file is None and not asked.says_something:
        return Config(None, starts[0], searched=searched)
    from stuck_rules.config.merging import merge, read_named, sources_of

    if named is not None:
        file = read_named(cwd / named, cwd)
    path, folder = (file.name, file.folder) if file is not None else (None, starts[0])
    return merge(Config(path, folder, searched=searched), sources_of(asked, file, cwd))


def _find(cwd: Path, starts: Sequence[Path], stop: Path) -> Source | None:
    found = (find_settings(start, stop, cwd) for start in starts)
    return next((source for source in found if source is not None), None)
