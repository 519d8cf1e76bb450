"""What git says changed: files and lines, whatever they are called and however git is set up."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from stuck_rules.changes import WHOLE, Changes, Hunk, changes_since, read_hunks
from stuck_rules.errors import UsageError
from stuck_rules.model.source import Span
from tests.scanner.projects import Project, run_git

CODE = "".join(f"line_{number} = {number}\n" for number in range(1, 21))


@pytest.fixture
def repository(tmp_path: Path) -> Project:
    """A repository with a commit of two files."""
    project = Project(tmp_path / "repository")
    project.root.mkdir()
    project.init().write("a.py", "dir/b.py", text=CODE).add("a.py", "dir/b.py").commit()
    return project


def since(project: Project, ref: str = "HEAD") -> dict[str, tuple[Hunk, ...]]:
    return dict(changes_since(project.root, ref).hunks)


@pytest.mark.parametrize(
    ("hunk", "lines", "expected"),
    [
        pytest.param(Hunk(5, 2), (5, 5), True, id="its first line"),
        pytest.param(Hunk(5, 2), (6, 9), True, id="its last line"),
        pytest.param(Hunk(5, 2), (1, 9), True, id="inside"),
        pytest.param(Hunk(5, 2), (7, 9), False, id="behind"),
        pytest.param(Hunk(5, 2), (1, 4), False, id="before"),
        pytest.param(Hunk(5, 0), (5, 6), True, id="removed between two of its lines"),
        pytest.param(Hunk(5, 0), (6, 8), False, id="removed before it"),
        pytest.param(Hunk(5, 0), (3, 5), False, id="removed behind it"),
        pytest.param(Hunk(0, 0), (1, 2), False, id="removed at the start"),
    ],
)
def test_a_hunk_meets_the_lines_that_it_changed(
    hunk: Hunk, lines: tuple[int, int], expected: bool
) -> None:
    assert hunk.meets(Span.of(lines[0], 1, lines[1], 9)) == expected


def test_a_line_without_a_character_of_the_span_does_not_count() -> None:
    assert not Hunk(5, 1).meets(Span.of(3, 1, 5, 1))


def test_lines_that_look_like_headers_are_content() -> None:
    diff = (
        b"diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n"
        b"--- a/fake.py\n-@@ -9 +9 @@\n+++ b/fake.py\n+@@ -7,7 +7,7 @@ def f():\n"
        b"\\ No newline at end of file\n@@ -9 +9,0 @@ def f():\n-gone\n"
    )
    assert read_hunks(diff) == {"x.py": (Hunk(1, 2), Hunk(9, 0))}


def test_nothing_changed(repository: Project) -> None:
    assert since(repository) == {}


def test_changed_added_and_removed_lines(repository: Project) -> None:
    lines = CODE.splitlines(keepends=True)
    text = "".join(["new = 0\n", *lines[:4], "line_5 = 6\n", *lines[5:9], *lines[11:]])
    repository.write("a.py", text=text)
    assert since(repository) == {"a.py": (Hunk(1, 1), Hunk(6, 1), Hunk(10, 0))}


@pytest.mark.parametrize("staged", [False, True])
def test_new_files_are_new_as_a_whole_and_removed_ones_are_nothing(
    repository: Project, staged: bool
) -> None:
    repository.write("new.py", text="x = 1\ny = 2\n").write("empty.py", text="")
    (repository.root / "a.py").unlink()
    if staged:
        run_git(repository.root, "add", "-A")
    expected = (Hunk(1, 2),) if staged else WHOLE
    assert since(repository) == {"new.py": expected, "empty.py": () if staged else WHOLE}


def test_what_git_ignores_is_not_new(repository: Project) -> None:
    repository.write(".gitignore", text="*.log.py\n").write("x.log.py")
    assert set(since(repository)) == {".gitignore"}


def test_a_renamed_file_changed_where_it_was_edited(repository: Project) -> None:
    run_git(repository.root, "mv", "a.py", "dir/c.py")
    repository.write("dir/c.py", text=CODE.replace("= 7\n", "= 8\n"))
    assert since(repository) == {"dir/c.py": (Hunk(7, 1),)}


def test_a_file_that_only_moved_has_no_changed_line(repository: Project) -> None:
    run_git(repository.root, "mv", "a.py", "dir/c.py")
    assert since(repository) == {"dir/c.py": ()}


def test_what_git_no_longer_tracks_is_new(repository: Project) -> None:
    run_git(repository.root, "rm", "-q", "--cached", "a.py")
    assert since(repository) == {"a.py": WHOLE}


def test_a_file_in_conflict_changed_where_the_other_side_stands(repository: Project) -> None:
    run_git(repository.root, "checkout", "-q", "-b", "other")
    repository.write("a.py", text="other = 1\n").add("a.py").commit()
    run_git(repository.root, "checkout", "-q", "-")
    repository.write("a.py", text="mine = 1\n").add("a.py").commit()
    with pytest.raises(subprocess.CalledProcessError):
        run_git(repository.root, "merge", "-q", "other")
    assert since(repository) == {"a.py": (Hunk(1, 1), Hunk(3, 3))}


def test_the_merge_base_counts_not_the_tip(repository: Project) -> None:
    run_git(repository.root, "branch", "topic")
    repository.write("a.py", text=CODE + "main = 1\n").add("a.py").commit()
    run_git(repository.root, "branch", "trunk")
    run_git(repository.root, "checkout", "-q", "topic")
    repository.write("dir/b.py", text=CODE + "topic = 1\n").add("dir/b.py").commit()
    repository.write("c.py")
    assert since(repository, "trunk") == {"dir/b.py": (Hunk(21, 1),), "c.py": WHOLE}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("two words.py", id="a space"),
        pytest.param("two\nlines.py", id="a newline"),
        pytest.param("tab\there.py", id="a tab"),
        pytest.param('quo"te\\n.py', id="quotes and backslashes"),
        pytest.param("\x1b[31mred\x01.py", id="a terminal's escape"),
        pytest.param("dé jà.py", id="letters beyond ASCII"),
        pytest.param(os.fsdecode(b"latin-\xe9.py"), id="bytes that are not UTF-8"),
        pytest.param("b/a/b.py", id="what looks like a prefix"),
        pytest.param("-n.py", id="what looks like an option"),
        pytest.param(":(top)x.py", id="what looks like a pathspec"),
    ],
)
def test_odd_names_are_read_as_they_are(repository: Project, name: str) -> None:
    repository.write(name, text=CODE).add(".").commit()
    repository.write(name, text=CODE + "more = 1\n")
    assert since(repository) == {name: (Hunk(21, 1),)}


SETTINGS = [
    ("diff.noprefix", "true"),
    ("diff.mnemonicPrefix", "true"),
    ("diff.context", "9"),
    ("diff.interHunkContext", "9"),
    ("diff.renames", "false"),
    ("diff.relative", "true"),
    ("diff.orderFile", "order"),
    ("color.diff", "always"),
    ("color.ui", "always"),
    ("core.quotePath", "false"),
    ("diff.algorithm", "patience"),
    ("diff.submodule", "log"),
    ("diff.colorMoved", "zebra"),
]


@pytest.mark.parametrize("setting", [pytest.param(s, id=s[0]) for s in SETTINGS])
def test_no_setting_changes_the_answer(repository: Project, setting: tuple[str, str]) -> None:
    run_git(repository.root, "config", *setting)
    repository.write("order", text="*\n").add("order").commit()
    run_git(repository.root, "mv", "a.py", "dir/c d.py")
    text = CODE.replace("= 7\n", "= 8\n").replace("= 9\n", "= 8\n")
    repository.write("dir/c d.py", text=text)
    assert since(repository) == {"dir/c d.py": (Hunk(7, 1), Hunk(9, 1))}


@pytest.mark.parametrize(
    ("variable", "value"),
    [("GIT_DIFF_OPTS", "--unified=3"), ("GIT_EXTERNAL_DIFF", "false"), ("GIT_DIR", "/nowhere")],
)
def test_no_variable_changes_the_answer(
    repository: Project, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    repository.write("a.py", text=CODE.replace("= 7\n", "= 8\n"))
    assert since(repository) == {"a.py": (Hunk(7, 1),)}


def test_nothing_of_the_repository_is_run(repository: Project, tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {witness}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    repository.write(".gitattributes", text="*.py filter=evil diff=evil\n")
    repository.add(".gitattributes").commit()
    for key in (
        *("core.fsmonitor", "diff.external", "diff.evil.command", "diff.evil.textconv"),
        *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "core.pager"),
    ):
        run_git(repository.root, "config", key, str(program))
    run_git(repository.root, "config", "filter.evil.required", "true")
    repository.write("a.py", text=CODE.replace("= 7\n", "= 8\n"))
    assert since(repository) == {"a.py": (Hunk(7, 1),)}
    assert not witness.exists()


def test_a_filter_that_cannot_be_switched_off_is_told(repository: Project) -> None:
    run_git(repository.root, "config", "filter.a=b.clean", "touch witness")
    with pytest.raises(UsageError, match="cannot compare"):
        since(repository)


def test_what_git_takes_for_binary_is_compared_by_lines(repository: Project) -> None:
    repository.write(".gitattributes", text="*.py -diff\n")
    repository.write("a.py", text=CODE.replace("= 7\n", "= 8\n"))
    assert since(repository)["a.py"] == (Hunk(7, 1),)


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        pytest.param("nowhere", "git knows no commit 'nowhere'", id="an unknown name"),
        pytest.param("--output=x", "takes a branch, tag or commit", id="an option"),
        pytest.param("", "takes a branch, tag or commit", id="nothing"),
        pytest.param("HEAD\0", "takes a branch, tag or commit", id="a NUL"),
        pytest.param("HEAD:a.py", "git knows no commit", id="a file"),
        pytest.param("HEAD..HEAD", "git knows no commit", id="a range"),
    ],
)
def test_what_is_no_commit_is_refused(repository: Project, ref: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        since(repository, ref)
    assert not (repository.root / "x").exists()


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="knows of no repository"):
        changes_since(tmp_path, "HEAD")


def test_a_repository_without_commits_is_told(tmp_path: Path) -> None:
    Project(tmp_path).init()
    with pytest.raises(UsageError, match="git knows no commit 'HEAD'"):
        changes_since(tmp_path, "HEAD")


def test_histories_without_a_common_commit_are_told(repository: Project) -> None:
    run_git(repository.root, "branch", "old")
    run_git(repository.root, "checkout", "-q", "--orphan", "new")
    repository.write("c.py").add("c.py").commit()
    with pytest.raises(UsageError, match=r"nothing in common with 'old'$"):
        since(repository, "old")


def test_a_shallow_clone_is_told_what_to_do(repository: Project, tmp_path: Path) -> None:
    run_git(repository.root, "branch", "old")
    for number in range(3):
        repository.write("a.py", text=f"x = {number}\n").add("a.py").commit()
    source = f"file://{repository.root}"
    run_git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", source, "clone")
    with pytest.raises(UsageError, match=r"nothing in common.*fetch-depth: 0"):
        changes_since(tmp_path / "clone", "origin/old")
    with pytest.raises(UsageError, match=r"git knows no commit.*fetch-depth: 0"):
        changes_since(tmp_path / "clone", "HEAD~1")


def test_where_git_is_missing_is_told(
    repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="asks git"):
        since(repository)


def narrowed(project: Project, changes: Changes, *paths: str) -> list[str]:
    found = project.discover(*(paths or (".",)))
    return [file.path.shown for file in changes.narrow(found.files).files]


def test_only_changed_files_are_left(repository: Project) -> None:
    repository.write("dir/b.py", text="x = 1\n").write("new.py")
    changes = changes_since(repository.root, "HEAD")
    assert narrowed(repository, changes) == ["dir/b.py", "new.py"]
    assert narrowed(repository, changes, "a.py", "new.py") == ["new.py"]


def test_a_link_changes_with_what_it_leads_to(repository: Project) -> None:
    (repository.root / "a_link.py").symlink_to("dir/b.py")
    repository.add("a_link.py").commit()
    repository.write("dir/b.py", text="x = 1\n")
    changes = changes_since(repository.root, "HEAD")
    assert narrowed(repository, changes, "a_link.py") == ["a_link.py"]
    assert narrowed(repository, changes) == ["a_link.py"]


def test_files_of_other_repositories_are_left_out_and_told(repository: Project) -> None:
    repository.write("inner/x.py", "inner/y.py").init("inner")
    changes = changes_since(repository.root, "HEAD")
    left = changes.narrow(repository.discover(".").files)
    assert left.files == ()
    assert "2 of them left out, being no part of the repository" in left.notes


def test_a_file_whose_lines_git_counts_otherwise_changed_as_a_whole(repository: Project) -> None:
    repository.write("old.py", text="").add("old.py").commit()
    (repository.root / "old.py").write_bytes(b"x = 1\ry = 2\rz = 3\n")
    changes = changes_since(repository.root, "HEAD")
    assert changes.narrow(repository.discover(".").files).hunks == {"old.py": WHOLE}
    (repository.root / "old.py").write_bytes(b"x = 1\r\ny = 2\r\n")
    changes = changes_since(repository.root, "HEAD")
    assert changes.narrow(repository.discover(".").files).hunks == {"old.py": (Hunk(1, 2),)}
