"""Whatever ends a run, no process and no half-written file stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.program import RULES, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

PLUGIN = """\
from stuck_rules.plugin import CheckSpec

CHECKS = [CheckSpec("act", "it acts", "acting:Act")]
"""
VISITOR = """\
import os, time
from stuck_rules.plugin import CheckVisitor


class Act(CheckVisitor):
    def visit_Name(self, node):
        open(f"pid-{os.getpid()}", "w").close()
        end = time.monotonic() + 600
        while time.monotonic() < end:
            time.sleep(0.01)
"""
# The program, with the way to start processes that systems other than Linux have.
SCRIPT = """\
import sys
from stuck_rules.cli.main import program
from stuck_rules.scanner import workers

if __name__ == "__main__":
    workers.start_method = lambda: sys.argv.pop(1)
    method = workers.start_method()
    workers.start_method = lambda: method
    program()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    rules = "rules:\n  - {id: act, message: acting, check: act}\n"
    write(tmp_path, {"rules.yaml": rules, "acts.py": PLUGIN, "acting.py": VISITOR})
    # More than one process is given.
    write(tmp_path, {f"code/m{n}.py": "wait\n" + "# word\n" * 60_000 for n in range(4)})
    write(tmp_path, {"program.py": SCRIPT})
    return tmp_path


def wait_until_gone(pids: list[int]) -> list[int]:
    """The processes that are still there after a while."""
    deadline = time.monotonic() + 30
    while (left := [pid for pid in pids if is_there(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    # One that has ended and that nobody asked for is none.
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def running(project: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A run whose processes are all at work, in a group of its own as a terminal makes it."""
    method, jobs = request.param
    command = [sys.executable, "program.py", method, "scan", "--plugin", "acts", "--jobs", jobs]
    process = subprocess.Popen(
        [*command, "code", "--output", "concise", "--output", "json=report.json"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while len(list(project.glob("pid-*"))) < int(jobs) and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def pids_of(project: Path) -> list[int]:
    pids = [int(path.name.partition("-")[2]) for path in project.glob("pid-*")]
    assert pids
    return pids


RUNS = [
    pytest.param(("fork", "1"), id="no other process"),
    pytest.param(("fork", "2"), id="copies"),
    pytest.param(("spawn", "2"), id="new processes"),
]


@pytest.mark.parametrize("running", RUNS, indirect=True)
def test_an_interrupt_from_the_terminal_ends_all(
    running: subprocess.Popen[str], project: Path
) -> None:
    pids = pids_of(project)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "stuck-rules: interrupted"
    assert "Traceback" not in err
    assert wait_until_gone([pid for pid in pids if pid != running.pid]) == []
    assert not (project / "report.json").exists()


@pytest.mark.parametrize("running", RUNS, indirect=True)
def test_more_interrupts_make_no_mess(running: subprocess.Popen[str], project: Path) -> None:
    pids = pids_of(project)
    for _ in range(5):
        os.killpg(running.pid, signal.SIGINT)
        time.sleep(0.01)
    _, err = running.communicate(timeout=30)
    assert running.returncode in {130, -signal.SIGINT}
    assert "Traceback" not in err
    assert wait_until_gone([pid for pid in pids if pid != running.pid]) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("running", RUNS, indirect=True)
def test_no_process_outlives_the_program(
    running: subprocess.Popen[str], project: Path, number: signal.Signals
) -> None:
    pids = pids_of(project)
    running.send_signal(number)
    running.wait(timeout=30)
    assert running.returncode == -number
    assert wait_until_gone([pid for pid in pids if pid != running.pid]) == []
    assert not (project / "report.json").exists()


@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github", "junit"])
def test_a_reader_that_goes_away_is_no_success(tmp_path: Path, form: str) -> None:
    write(tmp_path, {"rules.yaml": RULES, "a.py": "MagicNone\n" * 5_000})
    process = subprocess.Popen(
        [sys.executable, "-m", "stuck_rules", "scan", "--output-format", form],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=60) in {1, 2}
    assert "Traceback" not in err
    assert "Exception" not in err
