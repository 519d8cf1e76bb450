"""Several files and folders read as one log."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import LogError
from stuck_rules.lessons.files import LogSource
from stuck_rules.lessons.reader import read_logs
from stuck_rules.model.lesson import Log


def read(folder: Path, **files: str) -> Log:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return read_logs([LogSource(folder, "lessons")])


def test_each_file_of_a_folder_may_be_an_entry(tmp_path: Path) -> None:
    log = read(
        tmp_path,
        b="---\nid: keep-locks-short\ndate: 2026-01-02\n---\n# Locks\n\nHold them briefly.\n",
        a="# One\n\n**Fix**: x\n",
        README="# About\n\ntext\n",
    )

    assert [(e.id, e.path, e.date) for e in log.entries] == [
        ("one", "lessons/a.md", None),
        ("keep-locks-short", "lessons/b.md", "2026-01-02"),
    ]


def test_ids_are_unique_over_all_files(tmp_path: Path) -> None:
    log = read(tmp_path, a="## Entry 1: A\nx\n", b="## Entry 1: A\ny\n")

    assert [e.id for e in log.entries] == ["a", "a-2"]
    assert log.warnings == ()


def test_retired_files_give_no_lessons(tmp_path: Path) -> None:
    log = read(tmp_path, a="---\nstatus: superseded\n---\n# A\n\n**Fix**: x\n", b="# B\n\nFix: y\n")

    assert [e.id for e in log.entries] == ["b"]


def test_warnings_name_their_file(tmp_path: Path) -> None:
    log = read(tmp_path, a="## Entry 1: A\nx\n", b="## Entry 1: B\n```\n")

    assert [(w.path, w.line, w.kind) for w in log.warnings][-1][:2] == ("lessons/b.md", 2)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("a.txt", b"x", "lessons: is a folder without Markdown files", id="no file"),
        pytest.param("a.md", b"## 1. A\nna\xefve\n", "lessons/a.md:2: is not UTF-8", id="cp1252"),
        pytest.param("a.md", b"---\na: [\n---\n# A\n", "lessons/a.md:", id="broken front matter"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(LogError) as caught:
        read_logs([LogSource(tmp_path, "lessons")])

    assert str(caught.value).startswith(message)


def test_a_log_of_nothing_but_retired_files_says_so(tmp_path: Path) -> None:
    text = "---\nstatus: archived\n---\n# A\n\n- Never call `a()`.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(LogError, match="holds only what its front matter retires"):
        read_logs([LogSource(tmp_path / "a.md", "a.md")])
