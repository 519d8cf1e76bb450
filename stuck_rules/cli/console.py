"""Where the program's words go: results to stdout, all else to stderr."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from stuck_rules.model.lesson import LogWarning
from stuck_rules.reporters.base import Style, one_line
from stuck_rules.values import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Console:
    """The surroundings of a run, passed in so that a test can bring its own."""

    out: TextIO
    err: TextIO
    cwd: Path
    environment: Mapping[str, str]
    stdin: BinaryIO = field(default_factory=io.BytesIO)

    def print(self, text: str) -> None:
        """Write a result."""
        _write(self.out, text)

    def print_bytes(self, data: bytes) -> None:
        """Write a result that has an encoding of its own."""
        buffer: BinaryIO | None = getattr(self.out, "buffer", None)
        if buffer is None:
            self.out.write(data.decode("utf-8", "backslashreplace"))
            return
        self.out.flush()
        buffer.write(data)
        buffer.flush()

    def note(self, text: str) -> None:
        """Write what is no result; where nobody can read it, the exit code still tells."""
        with suppress(OSError):
            _write(self.err, text)

    def warn(self, warnings: Iterable[LogWarning]) -> None:
        """Write the warnings of a log, a line each."""
        for warning in warnings:
            message = one_line(warning.message)
            self.note(f"{warning.path}:{warning.line}: warning: {message}")

    def write_over(self, text: str) -> None:
        """Write to stderr what is no line of its own."""
        with suppress(OSError):
            self.err.write(text)
            self.err.flush()

    def style(self, colour: str) -> Style:
        """How results may look: `always` and `never` beat the environment, `auto` asks it."""
        style = style_for(colour, self.environment, terminal=self.out.isatty())
        columns = _columns_of(self.out)
        return replace(style, width=columns) if columns else style

    def note_style(self, colour: str) -> Style:
        """How what is no result may look."""
        return style_for(colour, self.environment, terminal=self.err.isatty())


def style_for(colour: str, environment: Mapping[str, str], *, terminal: bool) -> Style:
    """The look of a stream: the option beats NO_COLOR beats FORCE_COLOR beats what it leads to.

    Links need a terminal that shows them, or FORCE_HYPERLINK.
    """
    able = terminal and environment.get("TERM") != "dumb"
    wanted = _wants_colour(colour, environment, able=able)
    forced = environment.get("FORCE_HYPERLINK")
    links = forced != "0" if forced else able and wanted
    return Style(colour=wanted, links=links and colour != "never")


def file_style(colour: str) -> Style:
    """The look of a report in a file: plain, whatever the environment says of terminals."""
    return Style(colour=colour == "always")


def _columns_of(stream: TextIO) -> int:
    """How wide the terminal is that a stream leads to; 0 where it leads to none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0


def _wants_colour(colour: str, environment: Mapping[str, str], *, able: bool) -> bool:
    if colour != "auto":
        return colour == "always"
    if environment.get("NO_COLOR"):
        return False
    return able or environment.get("FORCE_COLOR", "") not in {"", "0"}


class _Closed(io.TextIOBase):
    """A stream that was closed before the program began: what is written to it is lost."""

    def write(self, *_: object) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _open_streams() -> None:
    """Make streams of those that are closed, and keep their numbers from other files.

    Else the next file that is opened would be the stdout of the programs that are started.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or _Closed()
    sys.stderr = sys.stderr or _Closed()


def system_console() -> Console:
    """The console of this process; text that its encoding lacks is escaped, never an error."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    # A program without a console has no stdin.
    given = getattr(sys.stdin, "buffer", None) or io.BytesIO()
    return Console(sys.stdout, sys.stderr, Path.cwd(), os.environ, given)


def _write(stream: TextIO, text: str) -> None:
    if text:
        stream.write(text if text.endswith("\n") else text + "\n")
        stream.flush()
