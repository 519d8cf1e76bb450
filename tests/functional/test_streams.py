"""Streams that are full or closed: no traceback, and no success that would be none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.program import RULES, write

pytestmark = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="streams are closed and filled by a shell of POSIX"
)

_CLOSED_OUT = [">&-", ">/dev/full", ">&- 2>&-", ">&- 2>&- <&-"]
_CLOSED_ERR = ["2>&-", "2>/dev/full"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "a.py": "x = MagicNone\n", "b.py": "y = 1\n"})
    write(tmp_path, {"docs/log.md": "# Log\n\n## Entry 1: A\n\n**Root cause**: b\n"})
    return tmp_path


def shell(project: Path, command: str, streams: str) -> tuple[int, str]:
    """Run the program with streams as a shell opens them; its exit code and all it said."""
    script = f'"$0" -m stuck_rules {command} {streams}'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("streams", _CLOSED_OUT)
@pytest.mark.parametrize(
    "command",
    [
        pytest.param("scan .", id="scan"),
        pytest.param("scan --no-cache --output json --output junit=r.xml .", id="two reports"),
        pytest.param("rules", id="rules"),
        pytest.param("log docs/log.md", id="log"),
    ],
)
def test_a_result_that_nobody_gets_is_no_success(project: Path, command: str, streams: str) -> None:
    code, told = shell(project, command, streams)
    assert (code, "Traceback" in told) == (2, False)


@pytest.mark.parametrize("streams", _CLOSED_ERR)
@pytest.mark.parametrize(
    ("command", "code"),
    [
        pytest.param("scan .", 1, id="a violation"),
        pytest.param("scan b.py", 0, id="nothing wrong"),
        pytest.param("scan missing.py", 2, id="a missing file"),
        pytest.param("explain", 2, id="a wrong usage"),
    ],
)
def test_the_exit_code_tells_where_notes_cannot(
    project: Path, command: str, code: int, streams: str
) -> None:
    assert shell(project, command, streams)[0] == code


def test_what_git_says_goes_to_no_file_of_ours(project: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    assert shell(project, "scan --output json=report.json b.py", ">&- 2>&- <&-")[0] == 0
    assert (project / "report.json").read_text("utf-8").startswith("{")
