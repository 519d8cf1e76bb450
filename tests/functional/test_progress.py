"""The line that says how far a long run has come, on a real terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.functional.program import write

pty = pytest.importorskip("pty", reason="there are terminals of this kind on POSIX only")

RULES = """\
rules:
  - {id: slow, message: Slow., severity: info, check: slow}
"""

# A check that takes its time: 5 files take more than the second after which a line is shown.
CHECKS = """\
from time import sleep

from stuck_rules.plugin import CheckSpec, CheckVisitor


class Slow(CheckVisitor):
    def visit_Module(self, node):
        sleep(0.4)


CHECKS = (CheckSpec(name="slow", summary="Takes its time.", visitor="slow_checks:Slow"),)
"""

LINE = b"\r\x1b[Kchecked "


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "slow_checks.py": CHECKS})
    write(tmp_path, {f"src/{number}.py": "x = 1\n" for number in range(5)})
    return tmp_path


def on_terminal(project: Path, *argv: str, environment: Mapping[str, str]) -> bytes:
    """What the program writes to a stderr that is a terminal."""
    ours, theirs = os.openpty()
    kept = {key: value for key, value in os.environ.items() if key not in {"CI", "TERM"}}
    program = [sys.executable, "-m", "stuck_rules", "scan", "--plugin", "slow_checks", "src", *argv]
    process = subprocess.Popen(
        program,
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**kept, "TERM": "xterm", **environment},
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
    assert process.wait(timeout=60) == 0
    return written


def test_a_long_run_says_how_far_it_has_come(project: Path) -> None:
    written = on_terminal(project, environment={})
    assert LINE in written
    assert b" of 5 files" in written
    last = written.rpartition(b"\r\x1b[K")[2]
    assert b"no violations in 5 files checked" in last
    assert b"checked 5 of" not in last


@pytest.mark.parametrize(
    ("argv", "environment"),
    [
        pytest.param(["--quiet"], {}, id="quiet"),
        pytest.param([], {"CI": "true"}, id="CI"),
        pytest.param([], {"TERM": "dumb"}, id="a dumb terminal"),
    ],
)
def test_where_nobody_watches_there_is_no_line(
    project: Path, argv: list[str], environment: dict[str, str]
) -> None:
    assert LINE not in on_terminal(project, *argv, environment=environment)
