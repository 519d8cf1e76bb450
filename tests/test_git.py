from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from stuck_rules.git import MAX_PATHS, History, Origin, list_files, toplevel
from tests.scanner.projects import Project, run_git


@pytest.fixture
def repository(tmp_path: Path) -> Project:
    project = Project(tmp_path / "repository")
    project.root.mkdir()
    return project.init()


def names(folder: Path, *paths: str) -> set[str]:
    listed = list_files(folder, paths or None)
    assert listed is not None
    return set(listed)


def test_toplevel_is_the_folder_of_the_nearest_repository(repository: Project) -> None:
    repository.write("src/deep/a.py", "inner/pkg/b.py").init("inner")
    assert toplevel(repository.root / "src" / "deep") == repository.root
    assert toplevel(repository.root) == repository.root
    assert toplevel(repository.root / "inner" / "pkg") == repository.root / "inner"


def test_toplevel_resolves_links(repository: Project, tmp_path: Path) -> None:
    repository.write("src/a.py")
    link = tmp_path / "link"
    link.symlink_to(repository.root / "src")
    assert toplevel(link) == repository.root


def test_toplevel_takes_the_file_of_a_worktree(repository: Project, tmp_path: Path) -> None:
    repository.write("a.py").add("a.py").commit()
    run_git(repository.root, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert toplevel(tmp_path / "tree") == tmp_path / "tree"
    assert names(tmp_path / "tree") == {"a.py"}


def test_toplevel_passes_over_an_empty_git_folder(repository: Project) -> None:
    repository.write("src/.git/")
    assert toplevel(repository.root / "src") == repository.root


def test_there_is_no_toplevel_outside_of_repositories(tmp_path: Path) -> None:
    assert toplevel(tmp_path) is None
    assert list_files(tmp_path) is None


def test_tracked_and_new_files_are_listed_and_ignored_ones_are_not(repository: Project) -> None:
    repository.write(".gitignore", text="*.log.py\n")
    repository.write("tracked.py", "new.py", "tracked.log.py", "new.log.py")
    repository.add("tracked.py", "tracked.log.py")
    assert names(repository.root) == {".gitignore", "tracked.py", "new.py", "tracked.log.py"}


def test_a_file_in_conflict_is_listed_once(repository: Project) -> None:
    repository.write("a.py").add("a.py").commit()
    run_git(repository.root, "checkout", "-q", "-b", "other")
    repository.write("a.py", text="other = 1\n").add("a.py").commit()
    run_git(repository.root, "checkout", "-q", "-")
    repository.write("a.py", text="mine = 1\n").add("a.py").commit()
    with pytest.raises(subprocess.CalledProcessError):
        run_git(repository.root, "merge", "-q", "other")
    listed = list_files(repository.root)
    assert listed == ("a.py",)


def test_names_are_relative_to_the_folder_asked_for(repository: Project) -> None:
    repository.write("a.py", "src/b.py", "src/deep/c.py")
    assert names(repository.root / "src") == {"b.py", "deep/c.py"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("two\nlines.py", id="a newline"),
        pytest.param('quo"te\\.py', id="what git would quote"),
        pytest.param("\x1b[31mred.py", id="a terminal's escape"),
        pytest.param("dé jà.py", id="letters beyond ASCII"),
        pytest.param(os.fsdecode(b"latin-\xe9.py"), id="bytes that are not UTF-8"),
        pytest.param(" leading and trailing ", id="spaces"),
        pytest.param("-n.py", id="what looks like an option"),
        pytest.param(":(top)x.py", id="what looks like a pathspec"),
        pytest.param("*.py", id="what looks like a glob"),
    ],
)
def test_odd_names_come_back_as_they_are(repository: Project, name: str) -> None:
    repository.write(name, "other.py")
    assert names(repository.root) == {name, "other.py"}
    assert names(repository.root, name) == {name}


def test_a_nested_repository_is_one_name(repository: Project) -> None:
    repository.write("a.py", "inner/b.py", "unborn/c.py").init("inner").init("unborn")
    repository.add("b.py", folder="inner").commit("inner")
    assert names(repository.root) == {"a.py", "inner", "unborn"}
    assert names(repository.root, "inner") == {"inner"}


def test_a_submodule_is_one_name(repository: Project, tmp_path: Path) -> None:
    source = Project(tmp_path / "source")
    source.root.mkdir()
    source.init().write("lib.py").add("lib.py").commit()
    run_git(repository.root, "submodule", "add", "-q", str(source.root), "vendored")
    assert names(repository.root) == {".gitmodules", "vendored"}
    assert names(repository.root / "vendored") == {"lib.py"}


def test_paths_narrow_the_search(repository: Project) -> None:
    repository.write("a.py", "b.py", "src/c.py", "src/d.py")
    assert names(repository.root, "a.py", "src") == {"a.py", "src/c.py", "src/d.py"}


def test_more_paths_than_an_argument_list_holds_are_all_answered(repository: Project) -> None:
    many = [f"src/module_{number}.py" for number in range(MAX_PATHS * 3)]
    repository.write(*many, "other/x.py")
    assert names(repository.root, *many) == set(many)
    assert names(repository.root, *(f"{'x' * 4000}_{number}.py" for number in range(5000)))


@pytest.mark.parametrize(
    "variable", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_GLOB_PATHSPECS"]
)
def test_the_environment_of_a_hook_does_not_mislead(
    repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    repository.write("a.py").add("a.py")
    monkeypatch.setenv(variable, "1" if "PATHSPECS" in variable else str(tmp_path / "nowhere"))
    assert names(repository.root) == {"a.py"}


def test_settings_of_a_repository_run_no_program(repository: Project, tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {witness}\n", encoding="utf-8")
    program.chmod(0o755)
    repository.write("a.py").add("a.py")
    run_git(repository.root, "config", "core.fsmonitor", str(program))
    assert names(repository.root) == {"a.py"}
    assert not witness.exists()


def test_there_is_no_answer_where_git_is_missing(
    repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list_files(repository.root) is None
    assert toplevel(repository.root) == repository.root


def test_blame_knows_who_wrote_a_line(repository: Project) -> None:
    repository.write("src/a.py", text="one\ntwo\nthree\n").add("src/a.py").commit()
    repository.write("src/a.py", text="one\nchanged\nthree\n")
    found = History(repository.root).blame("src/a.py", [3, 1, 2, 1])
    assert sorted(found) == [1, 3]
    assert all(origin.author and origin.time for origin in found.values())


@pytest.mark.parametrize("name", ["new.py", "gone.py"])
def test_blame_knows_nothing_of_a_file_that_is_in_no_commit(repository: Project, name: str) -> None:
    repository.write("a.py", "new.py").add("a.py").commit()
    assert History(repository.root).blame(name, [1]) == {}


def test_blame_in_a_shallow_clone_does_not_guess(repository: Project, tmp_path: Path) -> None:
    repository.write("a.py", text="one\n").add("a.py").commit()
    repository.write("b.py", text="one\n").add("b.py").commit()
    source = repository.root.as_uri()
    run_git(tmp_path, "clone", "-q", "--depth", "1", source, "shallow")
    assert History(tmp_path / "shallow").blame("a.py", [1]) == {1: Origin(None, None)}


def test_blame_runs_no_program_of_the_repository(repository: Project, tmp_path: Path) -> None:
    repository.write("a.py", text="one\n").add("a.py").commit()
    repository.write(".gitattributes", text="*.py filter=evil diff=evil\n")
    mark = tmp_path / "ran"
    for setting in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv"):
        run_git(repository.root, "config", setting, f"touch {mark}; cat")
    run_git(repository.root, "config", "filter.evil.required", "true")
    repository.write("a.py", text="one\ntwo\n")
    assert sorted(History(repository.root).blame("a.py", [1, 2])) == [1]
    assert not mark.exists()


def test_is_known(repository: Project, tmp_path: Path) -> None:
    assert History(repository.root).is_known
    assert not History(tmp_path).is_known
