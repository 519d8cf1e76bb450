"""The real pre-commit and its lists of files: excludes hold, parts make a whole, stashes count."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.functional.program import run, write
from tests.functional.test_hooks import ROOT, command, needs_pre_commit, succeed

pytestmark = needs_pre_commit

RULES = """\
rules:
  - id: old-call
    message: old() is slow.
    severity: error
    pattern: old(...)
  - id: one-conftest
    message: One conftest.py is enough.
    severity: warning
    files: {glob: "**/conftest.py", max: 1}
"""
PRE_COMMIT = (sys.executable, "-m", "pre_commit")


def our_hook() -> dict[str, object]:
    """Our hook as it is published, but of the package that is being tested."""
    hooks: object = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(hooks, list)
    hook: dict[str, object] = hooks[0]
    assert hook["entry"] == "stuck-rules scan"
    return {**hook, "language": "system", "entry": f"{sys.executable} -m stuck_rules scan"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with our hook and nothing to tell."""
    root = tmp_path / "project"
    config = {"repos": [{"repo": "local", "hooks": [our_hook()]}]}
    write(root, {"rules.yaml": RULES, ".pre-commit-config.yaml": yaml.safe_dump(config)})
    write(root, {"a.py": "x = 1\ny = 2\n", "one/conftest.py": ""})
    write(root, {"pyproject.toml": '[tool.stuck-rules]\nexclude = ["vendor"]\n'})
    succeed(root, "git", "init", "-q")
    succeed(root, "git", "add", "-A")
    succeed(root, "git", "commit", "-q", "-m", "x")
    return root


def with_arguments(project: Path, *arguments: str) -> None:
    config = {"repos": [{"repo": "local", "hooks": [{**our_hook(), "args": list(arguments)}]}]}
    write(project, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    succeed(project, "git", "add", ".pre-commit-config.yaml")


def run_hook(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = {"PRE_COMMIT_HOME": str(project.parent / "cache")}
    return command(project, *PRE_COMMIT, "run", *arguments, environment=home)


def violations(text: str) -> set[str]:
    return {line for line in text.splitlines() if " old-call " in line or " one-conftest " in line}


def test_excludes_hold_for_the_files_of_a_commit(project: Path) -> None:
    write(project, {"vendor/lib.py": "old(1)\n", "build/made.py": "old(1)\n"})
    succeed(project, "git", "add", "-A", "-f")
    passed = run_hook(project)
    assert (passed.returncode, "Passed" in passed.stdout) == (0, True), passed.stdout
    write(project, {"b.py": "old(1)\n"})
    succeed(project, "git", "add", "b.py")
    held = run_hook(project, "--files", "vendor/lib.py", "build/made.py", "b.py")
    assert held.returncode == 1
    assert "b.py:1:1: error old-call" in held.stdout
    assert "vendor/lib.py:" not in held.stdout


def test_a_list_that_pre_commit_splits_gives_what_one_run_gives(project: Path) -> None:
    with_arguments(project, "--output-format", "concise")
    long = "a_folder_with_a_long_name_so_that_the_list_of_files_does_not_fit_into_one_command_line"
    files = {
        f"{long}/{long}_{number:04}/module.py": "old(1)\n" if number % 100 == 0 else "x = 1\n"
        for number in range(1000)
    }
    # Which of them are too many is known only from both ends of the list.
    write(project, {**files, "zzz/conftest.py": "", "aaa/conftest.py": ""})
    succeed(project, "git", "add", "-A")
    held = run_hook(project, "--all-files")
    assert held.returncode == 1
    assert held.stdout.count("checked (rulebook") > 1, "pre-commit did not split the list"
    once = run(project, "scan", "--output-format", "concise")
    assert len(violations(once.out)) == 12
    assert violations(held.stdout) == violations(once.out)


def test_only_what_is_staged_counts_as_changed(project: Path) -> None:
    write(project, {"a.py": "x = old(1)\ny = 2\n"})
    succeed(project, "git", "commit", "-q", "-a", "-m", "x", "--no-verify")
    with_arguments(project, "--changed-since", "HEAD", "--output-format", "concise")

    write(project, {"a.py": "x = old(1)\ny = 3\n"})
    succeed(project, "git", "add", "a.py")
    write(project, {"a.py": "x = old(1)\ny = old(3)\n"})
    passed = run_hook(project)
    assert passed.returncode == 0, passed.stdout
    assert (project / "a.py").read_text(encoding="utf-8") == "x = old(1)\ny = old(3)\n"

    succeed(project, "git", "add", "a.py")
    write(project, {"a.py": "x = old(1)\ny = 4\n"})
    held = run_hook(project)
    assert held.returncode == 1
    assert violations(held.stdout) == {"a.py:2:5: old-call old() is slow."}
