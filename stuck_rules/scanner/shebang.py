"""Python files that say so in their first line alone."""

from __future__ import annotations

import re
from pathlib import Path

# As much as Linux reads of the line.
LONGEST = 256

_PYTHON = re.compile(rb"#!(?:.*[/\s])?(?:(?:python|pypy)[\d.]*|uv run)(?:\s|\Z)")


def has_suffix(name: str) -> bool:
    """Whether a file's name has one; hidden files have, for they are settings and no scripts."""
    return "." in name


def is_python_script(location: str, unsaved: bytes | None = None) -> bool:
    """Whether the file's first line calls a Python; raises OSError where it cannot be read.

    `unsaved` counts instead of what the file holds on disk.
    """
    if unsaved is not None:
        return _PYTHON.match(unsaved) is not None
    with Path(location).open("rb") as file:
        return _PYTHON.match(file.read(LONGEST)) is not None
