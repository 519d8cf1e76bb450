"""What a link to a device holds is never read: it has no end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.program import RULES, run, write

pytestmark = pytest.mark.skipif(not Path("/dev/zero").exists(), reason="devices are POSIX's")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "a.py": "x = 1\n", "b.py": "x = MagicNone\n"})
    os.mkfifo(tmp_path / "pipe")
    os.symlink("/dev/zero", tmp_path / "zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
    return tmp_path


@pytest.mark.parametrize("name", ["pipe", "zero", "socket"])
@pytest.mark.parametrize("option", ["--rulebook", "--config", "--baseline"])
def test_a_file_without_an_end_is_refused(project: Path, name: str, option: str) -> None:
    answer = run(project, "scan", option, name, ".")
    assert answer.code == 2
    assert f"{name}: cannot be read: is no regular file" in answer.err


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("rules.yaml", 1, id="a rulebook"),
        pytest.param("stuck-rules.toml", 1, id="settings"),
        pytest.param(".gitignore", 2, id="an ignore file"),
        pytest.param(".stuck-rules-baseline.json", 2, id="a baseline"),
    ],
)
def test_a_link_that_comes_with_the_code_fills_no_memory(
    project: Path, name: str, code: int
) -> None:
    (project / name).unlink(missing_ok=True)
    os.symlink("/dev/zero", project / name)
    done = subprocess.run(
        [sys.executable, "-m", "stuck_rules", "scan", "a.py", "b.py", "."],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
