"""The hooks and the action as others use them: valid, and a commit that breaks a rule is held."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HAS_PRE_COMMIT = (
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "--version"], capture_output=True, check=False
    ).returncode
    == 0
)
needs_pre_commit = pytest.mark.skipif(not HAS_PRE_COMMIT, reason="pre-commit is not installed")


def command(
    folder: Path, *argv: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command with no git settings but its own; both streams are in `stdout`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    named = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
             for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"))}  # fmt: skip
    return subprocess.run(
        argv,
        cwd=folder,
        env={
            **clean,
            **named,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **(environment or {}),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )


def succeed(folder: Path, *argv: str, environment: dict[str, str] | None = None) -> str:
    done = command(folder, *argv, environment=environment)
    assert done.returncode == 0, done.stdout
    return done.stdout


@needs_pre_commit
def test_the_manifest_is_valid() -> None:
    succeed(ROOT, sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("action.yml", "vendor.github-actions"),
        (".github/workflows/ci.yml", "vendor.github-workflows"),
    ],
)
def test_what_github_reads_is_valid(name: str, schema: str) -> None:
    pytest.importorskip("check_jsonschema")
    succeed(ROOT, sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, name)


def publish(work_tree: Path, folder: Path) -> str:
    """Commit the work tree's files to a repository of their own; the commit's id."""
    listed = succeed(
        work_tree, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"
    )
    for name in filter(None, listed.split("\0")):
        if (work_tree / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(work_tree / name, folder / name)
    succeed(folder, "git", "init", "-q")
    succeed(folder, "git", "add", "-A", "-f")
    succeed(folder, "git", "commit", "-q", "-m", "x")
    return succeed(folder, "git", "rev-parse", "HEAD").strip()


@needs_pre_commit
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no repository to publish from")
def test_a_commit_that_breaks_a_rule_is_held_until_it_is_mended(tmp_path: Path) -> None:
    hooks, project = tmp_path / "hooks", tmp_path / "project"
    hooks.mkdir()
    project.mkdir()
    revision = publish(ROOT, hooks)
    environment = {"PRE_COMMIT_HOME": str(tmp_path / "cache")}
    succeed(project, "git", "init", "-q")
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks.as_uri()}\n  rev: {revision}\n  hooks:\n  - id: stuck-rules\n"
    )
    pre_commit = (sys.executable, "-m", "pre_commit")
    succeed(project, *pre_commit, "install", environment=environment)

    code = project / "service.py"
    code.write_text("from unittest.mock import MagicMock\n\nservice = MagicNone\n")
    succeed(project, "git", "add", "-A")
    held = command(project, "git", "commit", "-m", "wrong", environment=environment)
    assert held.returncode == 1, held.stdout
    assert "service.py:3:11: error magic-none" in held.stdout
    assert "learned in: Unit Test Failure Mass Analysis" in held.stdout
    assert command(project, "git", "rev-parse", "--verify", "HEAD").returncode != 0

    code.write_text("from unittest.mock import MagicMock\n\nservice = MagicMock()\n")
    succeed(project, "git", "add", "-A")
    passed = succeed(project, "git", "commit", "-m", "right", environment=environment)
    assert "Passed" in passed
    assert "service.py" in succeed(project, "git", "show", "--stat", "HEAD")
