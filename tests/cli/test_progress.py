from __future__ import annotations

import io

import pytest

from stuck_rules.cli.progress import Progress, progress_for
from tests.cli.terminals import Terminal, console

CLEAR = "\r\x1b[K"


class Clock:
    """A clock that somebody sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([], "", id="nothing done"),
        pytest.param([0.2, 0.5, 0.99], "", id="done within a second"),
        pytest.param([0.5, 1.0], f"{CLEAR}checked 2 of 9 files{CLEAR}", id="a second later"),
        pytest.param(
            [1.0, 1.05, 1.09, 1.1],
            f"{CLEAR}checked 1 of 9 files{CLEAR}checked 4 of 9 files{CLEAR}",
            id="ten times a second at the most",
        ),
    ],
)
def test_line(steps: list[float], expected: str) -> None:
    clock, err = Clock(), Terminal()
    progress = Progress(console(err=err), clock)
    for done, seconds in enumerate(steps, start=1):
        clock.now = 100.0 + seconds
        progress(done, 9)
    progress.finish()
    assert err.getvalue() == expected


def test_nothing_follows_the_end() -> None:
    clock, err = Clock(), Terminal()
    progress = Progress(console(err=err), clock)
    progress.finish()
    clock.now += 5
    progress(3, 9)
    assert err.getvalue() == ""


@pytest.mark.parametrize(
    ("err", "environment", "quiet", "expected"),
    [
        pytest.param(Terminal(), {}, False, True, id="somebody watches"),
        pytest.param(io.StringIO(), {}, False, False, id="no terminal"),
        pytest.param(Terminal(), {}, True, False, id="quiet"),
        pytest.param(Terminal(), {"TERM": "dumb"}, False, False, id="a dumb terminal"),
        pytest.param(Terminal(), {"CI": "true"}, False, False, id="CI"),
        pytest.param(Terminal(), {"CI": "1"}, False, False, id="CI by number"),
        pytest.param(Terminal(), {"CI": "false"}, False, True, id="CI denied"),
        pytest.param(Terminal(), {"CI": ""}, False, True, id="CI empty"),
    ],
)
def test_who_is_told(
    err: io.StringIO, environment: dict[str, str], quiet: bool, expected: bool
) -> None:
    progress = progress_for(console(err=err, environment=environment), quiet=quiet)
    assert (progress is not None) is expected


def test_a_stdout_that_is_a_terminal_is_not_enough() -> None:
    assert progress_for(console(out=Terminal()), quiet=False) is None
