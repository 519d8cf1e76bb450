"""A repository comes with the code: nothing of it runs or leads elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.program import RULES, run, write
from tests.scanner.projects import run_git

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")

COMMANDS = [
    pytest.param(("scan",), id="scan"),
    pytest.param(("scan", "--changed-since", "HEAD"), id="changes"),
    pytest.param(("scan", "--fix", "a.py"), id="fix"),
    pytest.param(("suppressions",), id="suppressions"),
    pytest.param(("remind",), id="remind"),
    pytest.param(("scan", "--show-files"), id="files"),
]
# Settings that name a program; `{bomb}` leaves a file where it is run.
SETTINGS = {
    "core.fsmonitor": "{bomb}",
    "core.pager": "{bomb}",
    "core.editor": "{bomb}",
    "core.sshCommand": "{bomb}",
    "core.gitProxy": "{bomb}",
    "core.askPass": "{bomb}",
    "core.alternateRefsCommand": "{bomb}",
    "pager.diff": "{bomb}",
    "pager.blame": "{bomb}",
    "alias.ls-files": "!{bomb}",
    "alias.diff": "!{bomb}",
    "alias.blame": "!{bomb}",
    "diff.external": "{bomb}",
    "diff.evil.command": "{bomb}",
    "diff.evil.textconv": "{bomb}",
    "filter.evil.clean": "{bomb}",
    "filter.evil.smudge": "{bomb}",
    "filter.evil.process": "{bomb}",
    "filter.evil.required": "true",
    "gpg.program": "{bomb}",
    "log.showSignature": "true",
    "credential.helper": "!{bomb}",
    "remote.origin.url": "ext::{bomb}",
    "remote.origin.promisor": "true",
    "extensions.partialClone": "origin",
    "submodule.sub.update": "!{bomb}",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write(folder, {"rules.yaml": RULES, "a.py": "x = MagicNone  # stuck-rules: ignore[hint]\n"})
    return folder


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    path = tmp_path / "bomb"
    path.write_text(f"#!/bin/sh\ntouch '{tmp_path}/it-ran'\ncat\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def settle(folder: Path, bomb: Path) -> None:
    """Make a repository with a commit, and settings and hooks that run the bomb."""
    run_git(folder, "init", "-q")
    write(folder, {".gitattributes": "*.py filter=evil diff=evil\n"})
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "all")
    write(folder, {"a.py": "x = 1\ny = MagicNone  # stuck-rules: ignore[hint]\n"})
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "pre-commit", "post-checkout", "fsmonitor-watchman"):
        (hooks / name).write_bytes(bomb.read_bytes())
        (hooks / name).chmod(0o755)
    for key, value in SETTINGS.items():
        run_git(folder, "config", key, value.format(bomb=bomb))


@pytest.mark.parametrize("argv", COMMANDS)
def test_no_program_of_a_repository_runs(
    project: Path, bomb: Path, tmp_path: Path, argv: tuple[str, ...]
) -> None:
    settle(project, bomb)
    answer = run(project, *argv)
    assert answer.code in {0, 1}, answer.err
    assert "Traceback" not in answer.err
    assert not (tmp_path / "it-ran").exists()


def test_the_bomb_goes_off_where_git_is_asked_carelessly(
    project: Path, bomb: Path, tmp_path: Path
) -> None:
    settle(project, bomb)
    subprocess.run(["git", "status"], cwd=project, capture_output=True, check=False)
    assert (tmp_path / "it-ran").exists()


@pytest.mark.parametrize("argv", COMMANDS)
def test_no_program_runs_of_a_repository_that_a_file_leads_to(
    project: Path, bomb: Path, tmp_path: Path, argv: tuple[str, ...]
) -> None:
    evil = tmp_path / "evil"
    write(evil, {"a.py": "x = 1\n"})
    settle(evil, bomb)
    (project / ".git").write_text("gitdir: ../evil/.git\n", encoding="utf-8")
    answer = run(project, *argv)
    assert "Traceback" not in answer.err
    assert not (tmp_path / "it-ran").exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="an empty file"),
        pytest.param("gitdir: /nowhere\n", id="a way to nothing"),
        pytest.param("gitdir: .git\n", id="a way to itself"),
        pytest.param(b"\x00\xff" * 100, id="bytes"),
        pytest.param("gitdir: " + "../" * 5_000 + "\n", id="a long way"),
        pytest.param({"config": "[core"}, id="a folder without HEAD"),
        pytest.param({"HEAD": "", "config": "[core"}, id="a HEAD and a config that are broken"),
        pytest.param({"HEAD": "ref: refs/heads/\x1b[31m\n"}, id="a HEAD that commands"),
        pytest.param({"HEAD": "ref: refs/heads/main\n", "index": "DIRC"}, id="a broken index"),
        pytest.param({"HEAD/x": ""}, id="a HEAD that is a folder"),
    ],
)
def test_a_broken_repository_hides_no_file(
    project: Path, content: str | bytes | dict[str, str]
) -> None:
    if isinstance(content, dict):
        write(project, {f".git/{name}": text for name, text in content.items()})
    else:
        write(project, {".git": content})
    answer = run(project, "scan", "--select", "magic-none", "--output-format", "json")
    assert answer.code == 1, answer.err
    assert [(v["rule"], v["path"]) for v in answer.objects("violations")] == [
        ("magic-none", "a.py")
    ]
    assert "\x1b" not in answer.err
    assert run(project, "scan", "--changed-since", "HEAD").code == 2


@pytest.mark.parametrize("argv", COMMANDS)
def test_the_variables_of_git_lead_nowhere(
    project: Path,
    bomb: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    argv: tuple[str, ...],
) -> None:
    run_git(project, "init", "-q")
    run_git(project, "add", "-A")
    run_git(project, "commit", "-q", "-m", "all")
    before = run(project, *argv)
    run_git(project, "checkout", "-q", "a.py")
    evil = tmp_path / "evil"
    write(evil, {"b.py": "x = MagicNone\n"})
    settle(evil, bomb)
    (tmp_path / "it-ran").unlink(missing_ok=True)
    monkeypatch.setenv("GIT_DIR", str(evil / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(evil))
    monkeypatch.setenv("GIT_INDEX_FILE", os.devnull)
    assert run(project, *argv) == before
    assert not (tmp_path / "it-ran").exists()
