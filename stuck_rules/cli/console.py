"""Where the program's words go: results to stdout, all else to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from stuck_rules.model.lesson import LogWarning
from stuck_rules.reporters.base import Style, one_line
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Console:
    """The surroundings of a run, passed in so that a test can bring its own."""

    out: TextIO
    err: TextIO
    cwd: Path
    environment: Mapping[str, str]

    def print(self, text: str) -> None:
        """Write a result."""
        _write(self.out, text)

    def note(self, text: str) -> None:
        """Write what is no result: problems, notes, summaries."""
        _write(self.err, text)

    def warn(self, warnings: Iterable[LogWarning]) -> None:
        """Write the warnings of a log, a line each."""
        for warning in warnings:
            message = one_line(warning.message)
            self.note(f"{warning.path}:{warning.line}: warning: {message}")

    def style(self, colour: str) -> Style:
        """How results may look: `always` and `never` beat the environment, `auto` asks it."""
        is_terminal = self.out.isatty()
        if colour == "auto":
            wanted = is_terminal and self.environment.get("TERM") != "dumb"
            if self.environment.get("FORCE_COLOR"):
                wanted = True
            if self.environment.get("NO_COLOR"):
                wanted = False
        else:
            wanted = colour == "always"
        return Style(colour=wanted, links=wanted and is_terminal)


def system_console() -> Console:
    """The console of this process; text that its encoding lacks is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    return Console(sys.stdout, sys.stderr, Path.cwd(), os.environ)


def _write(stream: TextIO, text: str) -> None:
    if text:
        stream.write(text if text.endswith("\n") else text + "\n")
        stream.flush()
