"""Settings come with a pull request: whatever they say, none of its code runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stuck_rules.config.known import SETTINGS
from tests.functional.program import write

BOMB = "open('it-ran', 'w').close()\n"
RULE = "rules:\n  - {id: one, message: m, pattern: f()}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {
            "evil.py": BOMB,
            "evil_package/__init__.py": BOMB,
            "evil_package/rules.yaml": RULE,
            "rules.yaml": RULE.replace("one", "own"),
            "a.py": "f()\n",
        },
    )
    return tmp_path


def scan(project: Path, *argv: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The program as `python -m`, which has the project on its path."""
    return subprocess.run(
        [sys.executable, "-m", "stuck_rules", "scan", *argv],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("key", ["plugin", "plugins", "allow-plugins", "checks", "requirements"])
def test_no_setting_names_code(project: Path, key: str) -> None:
    write(project, {"stuck-rules.toml": f"{key} = ['evil']\n"})
    done = scan(project)
    assert done.returncode == 2
    assert f"stuck-rules.toml:1: {key} is no setting" in done.stderr
    assert not (project / "it-ran").exists()
    (project / "stuck-rules.toml").unlink()
    assert scan(project, "--config", f"{key}=['evil']").returncode == 2
    assert not (project / "it-ran").exists()


@pytest.mark.parametrize("key", list(SETTINGS))
def test_no_value_is_imported(project: Path, key: str) -> None:
    value = "['evil']" if SETTINGS[key].kind.is_list else "'evil'"
    write(project, {"stuck-rules.toml": f"{key} = {value}\n"})
    assert "Traceback" not in scan(project).stderr
    assert not (project / "it-ran").exists()


def test_a_rulebook_of_a_package_is_read_alone(project: Path) -> None:
    write(project, {"stuck-rules.toml": "rulebook = 'package:evil_package'\n"})
    done = scan(project)
    assert (done.returncode, "one" in done.stdout) == (1, True)
    assert not (project / "it-ran").exists()


def test_variables_load_no_plugin(project: Path) -> None:
    done = scan(project, STUCK_RULES_PLUGIN="evil", STUCK_RULES_ALLOW_PLUGINS="1")
    assert (done.returncode, "own" in done.stdout) == (1, True)
    assert not (project / "it-ran").exists()
