"""`python -m stuck_rules` runs nothing of the folder that it is called in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.program import RULES, write

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", ["yaml.py", "libcst/__init__.py", "json.py", "re2.py", "regex.py"])
def test_modules_of_the_checked_code_do_not_run(tmp_path: Path, name: str, jobs: str) -> None:
    spy = "import os\nopen(os.environ['RAN'], 'w').close()\nraise SystemExit(0)\n"
    write(tmp_path, {"rules.yaml": RULES, "a.py": "x = MagicNone\n", name: spy})
    environment = {**os.environ, "RAN": str(tmp_path / "ran"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "stuck_rules", "scan", "--no-cache", "--jobs", jobs, "a.py"]
    told = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (told.returncode, (tmp_path / "ran").exists()) == (1, False), told.stderr
    assert "a.py:1:5" in told.stdout
