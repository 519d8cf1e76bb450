"""A run that comes to nothing says so in every format: a missing report looks clean."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stuck_rules.reporters import FORMATS
from tests.functional.program import RULES, run, write

COMPLETE = [name for name, form in FORMATS.items() if form.complete]
FAILURES = [
    pytest.param({"rules.yaml": "rules: [\n"}, (), "no valid YAML", id="the rulebook"),
    pytest.param({"stuck-rules.toml": "selekt = []\n"}, (), "did you mean select", id="settings"),
    pytest.param({}, ("--rulebook", "gone.yaml"), "no such rulebook", id="no rulebook"),
    pytest.param({}, ("--select", "magic-nome"), "did you mean", id="no such rule"),
    pytest.param({}, ("--baseline", "gone.json"), "gone.json", id="no baseline"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "a.py": "x = 1\n"})
    return tmp_path


@pytest.mark.parametrize("form", COMPLETE)
@pytest.mark.parametrize(("files", "options", "told"), FAILURES)
def test_a_failure_is_in_the_report_and_on_stderr(
    project: Path, files: dict[str, str], options: tuple[str, ...], told: str, form: str
) -> None:
    write(project, files)
    answer = run(project, "scan", *options, "--output-format", form)
    assert answer.code == 2
    assert told in answer.err
    assert told in answer.out


@pytest.mark.parametrize("form", ["full", "concise"])
def test_people_read_it_once(project: Path, form: str) -> None:
    answer = run(project, "scan", "--rulebook", "gone.yaml", "--output-format", form)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("gone.yaml") == 1


def test_a_report_of_an_earlier_run_does_not_stay(project: Path) -> None:
    assert run(project, "scan", "--output", "junit=report.xml").code == 0
    run(project, "scan", "--output", "junit=report.xml", "--rulebook", "gone.yaml")
    assert "no such rulebook" in (project / "report.xml").read_text(encoding="utf-8")


def test_a_broken_rulebook_is_not_overwritten_by_the_report(project: Path) -> None:
    write(project, {"rules.yaml": "rules: [\n"})
    answer = run(project, "scan", "--output", "json=rules.yaml")
    assert answer.code == 2
    assert (project / "rules.yaml").read_text(encoding="utf-8") == "rules: [\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has this device")
@pytest.mark.parametrize("command", [("scan",), ("scan", "--output-format", "json"), ("rules",)])
def test_a_full_device_is_a_line(project: Path, command: tuple[str, ...]) -> None:
    write(project, {"a.py": "x = MagicNone\n"})
    with open("/dev/full", "w", encoding="utf-8") as full:
        told = subprocess.run(
            [sys.executable, "-m", "stuck_rules", *command],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert told.returncode == 2
    assert "No space left on device" in told.stderr
    assert "Traceback" not in told.stderr
