"""What git ignores holds, whether a file is named or found."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.scanner.discovery import git_begun
from tests.scanner.projects import Project, run_git, shown


@pytest.fixture
def repository(project: Project) -> Project:
    return project.init()


def test_tracked_files_count_though_ignored_and_others_do_not(repository: Project) -> None:
    files = ["a.py", "gen/new.py", "gen/tracked.py", "old.tmp.py", "tracked.tmp.py"]
    repository.write(*files).write(".gitignore", text="gen/\n*.tmp.py\n")
    repository.add("gen/tracked.py", "tracked.tmp.py")
    expected = ["a.py", "gen/tracked.py", "tracked.tmp.py"]
    assert repository.found(".") == expected
    assert repository.found(*files) == expected
    assert repository.found("a.py", "gen", "tracked.tmp.py") == expected
    assert [str(item) for item in repository.discover(*files).excluded] == [
        "gen/new.py (ignored by git)",
        "old.tmp.py (ignored by git)",
    ]


def test_a_file_that_is_ignored_alone_is_a_note(repository: Project) -> None:
    repository.write("gen/a.py").write(".gitignore", text="gen/\n")
    discovery = repository.discover("gen/a.py")
    assert discovery.problems == ()
    assert discovery.notes == ("1 named file is excluded: gen/a.py (ignored by git)",)


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        pytest.param(
            "gen",
            "no file to check in this folder; left out: gen/ (ignored by git)",
            id="ignored",
        ),
        pytest.param("empty", "no file to check in this folder", id="empty"),
    ],
)
def test_a_folder_that_git_knows_nothing_in(repository: Project, folder: str, message: str) -> None:
    repository.write("gen/a.py", "empty/").write(".gitignore", text="gen/\n")
    problems = repository.discover(folder).problems
    assert problems == (Problem(ProblemKind.EMPTY, message, folder),)


def test_deleted_files_are_not_found(repository: Project) -> None:
    repository.write("a.py", "gone/b.py").add("a.py", "gone/b.py")
    (repository.root / "gone" / "b.py").unlink()
    assert repository.found(".") == ["a.py"]


def test_our_own_ignore_files_hold_for_tracked_files(repository: Project) -> None:
    repository.write("a.py", "b.py").add("a.py", "b.py")
    repository.write(".stuckrulesignore", text="b.py\n")
    assert repository.found(".") == ["a.py"]
    assert repository.found("a.py", "b.py") == ["a.py"]


def test_excludes_hold_for_tracked_files(repository: Project) -> None:
    repository.write("build/a.py", "gen/b.py", "c.py").add(".")
    assert repository.found(".", exclude=("gen/",)) == ["c.py"]
    assert repository.found("build/a.py", "gen/b.py", "c.py", exclude=("gen/",)) == ["c.py"]


def test_ignore_rules_above_the_root_are_those_of_git(repository: Project) -> None:
    repository.write("sub/a.py", "sub/b.tmp.py").write(".gitignore", text="*.tmp.py\n")
    inner = Project(repository.root / "sub")
    assert inner.found(".") == ["a.py"]
    assert inner.found("b.tmp.py") == []


def test_nested_repositories_answer_for_their_files(repository: Project) -> None:
    files = ["a.py", "inner/b.py", "inner/gen/c.py", "inner/x.tmp.py"]
    repository.write(*files).init("inner")
    repository.write(".gitignore", text="*.tmp.py\n")
    repository.write("inner/.gitignore", text="gen/\n")
    expected = ["a.py", "inner/b.py", "inner/x.tmp.py"]
    assert repository.found(".") == expected
    assert repository.found(*files) == expected
    assert repository.found("a.py", "inner") == expected
    assert repository.found(".", "inner/b.py") == expected


def test_an_ignored_nested_repository_is_not_entered(repository: Project) -> None:
    repository.write("a.py", "vendor/inner/b.py").init("vendor/inner")
    repository.write(".gitignore", text="vendor/\n")
    for arguments in (["."], ["a.py", "vendor/inner/b.py"], ["a.py", "vendor/inner"]):
        assert repository.found(*arguments) == ["a.py"]
    assert Project(repository.root / "vendor" / "inner").found(".") == ["b.py"]


def test_a_nested_repository_that_git_refuses_is_read_without_it(repository: Project) -> None:
    repository.write("a.py", "broken/b.py", "broken/c.tmp.py")
    repository.write("broken/.git", text="gitdir: /nowhere\n")
    repository.write("broken/.gitignore", text="*.tmp.py\n")
    for arguments in (["a.py", "broken"], ["a.py", "broken/b.py", "broken/c.tmp.py"]):
        discovery = repository.discover(*arguments)
        assert shown(discovery) == ["a.py", "broken/b.py"]
        assert discovery.notes[0].startswith("git is missing or refuses")


def test_submodules_are_entered(repository: Project, tmp_path: Path) -> None:
    source = Project(tmp_path / "source")
    source.write("lib.py", "deep/lib.py").init().add(".").commit()
    run_git(repository.root, "submodule", "add", "-q", str(source.root), "vendored")
    expected = ["vendored/deep/lib.py", "vendored/lib.py"]
    assert repository.found(".") == expected
    assert repository.found("vendored/lib.py", "vendored/deep") == expected


def test_repositories_in_a_plain_folder_answer_for_their_files(project: Project) -> None:
    project.write("one/a.py", "one/b.tmp.py", "two/a.py", "two/b.tmp.py").init("two")
    project.write(".gitignore", text="*.tmp.py\n")
    assert project.found(".") == ["one/a.py", "two/a.py", "two/b.tmp.py"]
    assert project.found("one/b.tmp.py", "two/b.tmp.py") == ["two/b.tmp.py"]


def test_linked_files_are_judged_by_their_own_names(repository: Project) -> None:
    repository.write("real.txt").write(".gitignore", text="ignored.py\n")
    (repository.root / "link.py").symlink_to("real.txt")
    (repository.root / "ignored.py").symlink_to("real.txt")
    assert repository.found(".") == ["link.py"]
    assert repository.found("link.py", "ignored.py") == ["link.py"]


def test_thousands_of_named_files_are_answered(repository: Project) -> None:
    files = [f"src/package_{number % 7}/module_{number}.py" for number in range(3000)]
    repository.write(*files).write(".gitignore", text="*7.py\n")
    named = repository.discover(*files)
    assert shown(named) == [name for name in sorted(files) if not name.endswith("7.py")]
    assert shown(named) == repository.found(".")


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a line for each call of git."""
    calls = tmp_path / "calls"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho called >> "{calls}"\nPATH="${{PATH#*:}}" exec git "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    return calls


def test_one_call_of_git_is_made_for_a_repository(repository: Project, calls: Path) -> None:
    repository.write("a.py", "src/b.py", "src/c.py", "inner/d.py").init("inner")
    calls.unlink()
    repository.found("a.py", "src/b.py", "src", "src/c.py", ".", "inner/d.py")
    assert calls.read_text(encoding="utf-8").count("called") == 2


@pytest.mark.parametrize(
    ("paths", "cwd"),
    [
        pytest.param(["."], ".", id="the root"),
        pytest.param(["."], "src", id="a folder below"),
        pytest.param([".."], "src", id="a folder above"),
        pytest.param(["src", "a.py"], ".", id="a folder and a file"),
        pytest.param(["src/c.py", "a.py", "gone.py"], ".", id="files"),
        pytest.param(["gone.py", "a.py"], ".", id="a file that is not there first"),
    ],
)
def test_a_listing_that_was_begun_is_taken(
    repository: Project, calls: Path, paths: list[str], cwd: str
) -> None:
    repository.write("a.py", "src/b.py", "src/c.py", "x.log.py")
    repository.write(".gitignore", text="*.log.py\n")
    expected = repository.discover(*paths, cwd=cwd)
    calls.unlink()
    with git_begun(paths, repository.root / cwd):
        assert repository.discover(*paths, cwd=cwd) == expected
    assert calls.read_text(encoding="utf-8").count("called") == 1


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["gone.py"], id="nothing is there"),
        pytest.param(["-"], id="code from stdin"),
        pytest.param([f"{number}.py" for number in range(100)], id="many files"),
        pytest.param(["/"], id="no repository"),
    ],
)
def test_where_it_is_not_worth_it_no_listing_is_begun(
    repository: Project, calls: Path, paths: list[str]
) -> None:
    repository.write(*(f"{number}.py" for number in range(100)))
    with git_begun(paths, repository.root):
        pass
    assert not calls.exists()


def test_a_listing_that_nobody_takes_ends(repository: Project) -> None:
    repository.write(*(f"{'long' * 50}_{number}.py" for number in range(2_000)))
    with git_begun(["."], repository.root):
        pass
    repository.write("a.py")
    assert "a.py" in repository.found(".")


def test_a_listing_cannot_be_begun_without_git(
    repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.py")
    monkeypatch.setenv("PATH", str(tmp_path))
    with git_begun(["."], repository.root):
        assert shown(repository.discover(".")) == ["a.py"]


def test_without_git_the_ignore_files_of_the_repository_hold(
    repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.py", "gen/b.py").write(".gitignore", text="gen/\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    for arguments in (["."], ["a.py", "gen/b.py"]):
        discovery = repository.discover(*arguments)
        assert shown(discovery) == ["a.py"]
        assert discovery.notes[0] == (
            f"git is missing or refuses to list the files of {repository.root}: "
            "what counts there is read from .gitignore files"
        )
