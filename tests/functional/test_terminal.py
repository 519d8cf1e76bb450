"""What a run looks like on a real terminal."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.functional.program import RULES, write

termios = pytest.importorskip("termios", reason="there are terminals of this kind on POSIX only")
fcntl = pytest.importorskip("fcntl", reason="there are terminals of this kind on POSIX only")

SETTINGS = "log-url = 'https://e.org/log.md'\n"
LONG = f"x = ({'a' * 70} + MagicNone + {'b' * 70})\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "stuck-rules.toml": SETTINGS, "a.py": LONG})
    return tmp_path


def shown(project: Path, *argv: str, environment: Mapping[str, str], columns: int = 80) -> str:
    """What a scan writes to a stdout that is a terminal so wide."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    unset = {"CI", "TERM", "NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK"}
    kept = {key: value for key, value in os.environ.items() if key not in unset}
    process = subprocess.Popen(
        [sys.executable, "-m", "stuck_rules", "scan", *argv],
        cwd=project,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**kept, **environment},
    )
    os.close(theirs)
    written = b""
    try:
        while chunk := os.read(ours, 4096):
            written += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    finally:
        os.close(ours)
    assert process.wait(timeout=60) == 1
    return written.decode()


@pytest.mark.parametrize(
    ("argv", "environment", "coloured", "linked"),
    [
        pytest.param([], {"TERM": "xterm"}, True, True, id="a terminal"),
        pytest.param([], {"TERM": "dumb"}, False, False, id="a dumb terminal"),
        pytest.param([], {"TERM": "xterm", "NO_COLOR": "1"}, False, False, id="NO_COLOR"),
        pytest.param(["--color", "never"], {"TERM": "xterm"}, False, False, id="never"),
        pytest.param(
            [], {"TERM": "dumb", "FORCE_COLOR": "1"}, True, False, id="a dumb one with colours"
        ),
        pytest.param(
            [], {"TERM": "xterm", "FORCE_HYPERLINK": "0"}, True, False, id="links unwanted"
        ),
        pytest.param([], {"TERM": "dumb", "FORCE_HYPERLINK": "1"}, False, True, id="links wanted"),
    ],
)
def test_colours_and_links(
    project: Path, argv: list[str], environment: dict[str, str], coloured: bool, linked: bool
) -> None:
    text = shown(project, *argv, environment=environment)
    assert ("\x1b[" in text) is coloured
    assert ("\x1b]8;;https://e.org/log.md#mocks\x1b\\" in text) is linked


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_lines_of_code_are_as_long_as_the_terminal_is_wide(project: Path, columns: int) -> None:
    text = shown(project, environment={"TERM": "dumb"}, columns=columns)
    (line,) = (line for line in text.splitlines() if line.startswith("  1 |"))
    assert "MagicNone" in line
    assert len(line) <= columns
    assert (line.endswith("b)")) is (columns == 200)
