"""Streams and consoles of all kinds."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from stuck_rules.cli.console import Console


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def console(
    out: io.StringIO | None = None,
    err: io.StringIO | None = None,
    environment: Mapping[str, str] | None = None,
) -> Console:
    """A console in no folder; streams that are not given are no terminals."""
    return Console(out or io.StringIO(), err or io.StringIO(), Path("/nowhere"), environment or {})
