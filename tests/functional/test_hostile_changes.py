"""Files that change between the moment they are found and the moment they are read or fixed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stuck_rules import api
from stuck_rules.scanner.rewriting import replace_file
from tests.functional.program import write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX's")

RULES = "rules:\n  - {id: old, message: old, pattern: old($X), fix: new($X)}\n"


def fold(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


CHANGES = [
    pytest.param(Path.unlink, "unreadable", id="it vanishes"),
    pytest.param(lambda path: shutil.rmtree(path.parent), "unreadable", id="its folder vanishes"),
    pytest.param(fold, "unreadable", id="it becomes a folder"),
    pytest.param(pipe, "unreadable", id="it becomes a pipe that nobody writes to"),
    pytest.param(lambda path: link(path, path.name), "unreadable", id="it becomes a circle"),
    pytest.param(lambda path: link(path, "/dev/zero"), "unreadable", id="it becomes a device"),
    pytest.param(lambda path: path.write_text("old(1)\n" * 200_000), "too-large", id="it grows"),
    pytest.param(lambda path: path.write_bytes(b"old(\xff"), "encoding", id="it breaks"),
    pytest.param(lambda path: path.write_text("old(\n"), "syntax", id="it is cut"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "code/first.py": "old(1)\n", "other.py": "old(2)\n"})
    write(tmp_path, {"code/inner/late.py": "old(1)\n"})
    return tmp_path


@pytest.mark.parametrize(("change", "kind"), CHANGES)
@pytest.mark.parametrize("fixes", [False, True])
def test_a_file_that_changes_meanwhile_is_told_and_the_others_are_checked(
    project: Path, change: Callable[[Path], object], kind: str, fixes: bool
) -> None:
    opened = api.open_project(project)
    fixer = api.FileFixer() if fixes else None
    changed: list[Path] = []

    def once(_done: int, _all: int) -> None:
        if not changed:
            changed.append(project / "code" / "inner" / "late.py")
            change(changed[0])

    paths = ("code/first.py", "code/inner/late.py", "other.py")
    report = api.scan(opened, api.ScanOptions(paths=paths), fixer=fixer, progress=once)
    assert [(p.kind.value, p.path) for p in report.problems] == [(kind, "code/inner/late.py")]
    if fixes:
        assert (project / "other.py").read_text(encoding="utf-8") == "new(2)\n"
    else:
        assert [v.path.shown for v in report.violations] == ["code/first.py", "other.py"]


def test_what_was_written_to_a_file_meanwhile_is_not_overwritten(project: Path) -> None:
    file = project / "other.py"
    read = file.read_bytes()
    file.write_text("mine = 1\n", encoding="utf-8")
    with pytest.raises(api.StuckRulesError, match=r"other\.py"):
        replace_file(str(file), read, b"new(2)\n", "other.py")
    assert file.read_text(encoding="utf-8") == "mine = 1\n"
    assert sorted(path.name for path in project.iterdir()) == ["code", "other.py", "rules.yaml"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_folder_that_may_not_be_read_is_told(project: Path) -> None:
    (project / "code").chmod(0)
    try:
        report = api.scan(api.open_project(project))
    finally:
        (project / "code").chmod(0o755)
    assert [p.kind.value for p in report.problems] == ["unreadable"]
    assert [v.path.shown for v in report.violations] == ["other.py"]
