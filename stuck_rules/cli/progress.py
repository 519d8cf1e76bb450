"""A line on the terminal that says how far a long run has come."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from stuck_rules.cli.console import Console

# Seconds: a short run shows nothing, and a long one does not write all the time.
_PATIENCE = 1.0
_PAUSE = 0.1

_CLEAR = "\r\x1b[K"


class Progress:
    """Tells of the files that are done, where somebody watches; `finish` takes the line away."""

    def __init__(self, console: Console, clock: Callable[[], float] = monotonic) -> None:
        self._console = console
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._shown = False
        self._finished = False

    def __call__(self, done: int, total: int) -> None:
        """Say how many of all files are done."""
        now = self._clock()
        if self._finished or now < self._next:
            return
        self._next = now + _PAUSE
        self._shown = True
        self._console.write_over(f"{_CLEAR}checked {done} of {total} files")

    def finish(self) -> None:
        """Clear the line; what is told later is not shown any more."""
        self._finished = True
        if self._shown:
            self._console.write_over(_CLEAR)


def progress_for(console: Console, *, quiet: bool) -> Progress | None:
    """A progress line, None where nobody watches: no terminal, a run of CI, or `quiet`."""
    if quiet or not console.err.isatty() or console.environment.get("TERM") == "dumb":
        return None
    in_ci = console.environment.get("CI", "").lower() not in {"", "0", "false"}
    return None if in_ci else Progress(console)
