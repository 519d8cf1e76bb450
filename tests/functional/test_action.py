"""The step of the action that scans, run as GitHub runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.functional.program import RULES, write
from tests.scanner.projects import run_git

ACTION = Path(__file__).parents[2] / "action.yml"
PROGRAM = Path(sys.executable).with_name("stuck-rules")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("bash") is None, reason="GitHub runs it with bash"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"p/rules.yaml": RULES, "p/a.py": "x = MagicNone\n", "p/b c.py": "old()\n"})
    return tmp_path / "p"


def scan(project: Path, inputs: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the step with these inputs, and the defaults of the others."""
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    (step,) = (step for step in action["runs"]["steps"] if step.get("name") == "Scan")
    given = {name: inputs.get(name, told["default"]) for name, told in action["inputs"].items()}
    environment = {
        variable: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for variable, value in step["env"].items()
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={
            **os.environ,
            **environment,
            "STUCK_RULES": str(PROGRAM),
            "GITHUB_STEP_SUMMARY": str(project.parent / "summary.md"),
        },
    )


def test_annotations_and_a_summary(project: Path) -> None:
    done = scan(project, {})
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=a.py,line=1,")
    summary = (project.parent / "summary.md").read_text("utf-8")
    assert "| error | <code>a.py:1:5</code> |" in summary


def test_no_summary_where_none_is_wanted(project: Path) -> None:
    assert scan(project, {"summary": "false"}).returncode == 1
    assert not (project.parent / "summary.md").exists()


def test_further_reports(project: Path) -> None:
    done = scan(project, {"outputs": "sarif=r.sarif\njunit=r x.xml\n"})
    assert done.returncode == 1
    assert "MagicNone" in (project / "r.sarif").read_text("utf-8")
    assert "<testsuite" in (project / "r x.xml").read_text("utf-8")


def test_paths_and_level(project: Path) -> None:
    done = scan(project, {"paths": "b c.py\n", "fail-level": "error"})
    assert done.returncode == 0
    assert done.stdout.startswith("::warning file=b c.py,line=1,")


def test_inputs_are_no_code(project: Path) -> None:
    done = scan(project, {"paths": "$(touch hacked)\n`touch hacked`\n; touch hacked"})
    assert done.returncode == 2
    assert not (project / "hacked").exists()


def test_only_what_changed_where_that_is_asked_for(project: Path) -> None:
    run_git(project, "init", "-q")
    run_git(project, "add", "-A")
    run_git(project, "commit", "-qm", "x")
    write(project, {"a.py": "x = MagicNone\ny = MagicNone\n"})
    done = scan(project, {"changed-since": "HEAD"})
    assert done.returncode == 1
    assert [line[:26] for line in done.stdout.splitlines()] == ["::error file=a.py,line=2,e"]
    refused = scan(project, {"changed-since": "--output=x"})
    assert refused.returncode == 2
    assert not (project / "x").exists()


def test_several_rulebooks_instead_of_the_projects_own(project: Path) -> None:
    write(
        project,
        {
            "c/one.yaml": "rules:\n  - {id: one, message: m, pattern: old()}\n",
            "c/two two.yaml": "rules:\n  - {id: two, message: m, pattern: old(...)}\n",
        },
    )
    done = scan(project, {"rulebook": "c/one.yaml\nc/two two.yaml\n"})
    assert done.returncode == 1
    assert [line.partition("title=")[2][:3] for line in done.stdout.splitlines()] == ["one", "two"]


def test_variables_of_the_workflow_are_settings(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUCK_RULES_IGNORE", "magic-none,old-call")
    assert scan(project, {}).returncode == 0
