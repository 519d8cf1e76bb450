"""`--changed-since`: only what is new, by files and by lines, with a baseline and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.program import run, write
from tests.scanner.projects import run_git

RULES = """\
rules:
  - id: old-call
    message: old() is slow.
    severity: error
    pattern: old(...)
  - id: no-timeout
    message: get() wants a timeout.
    severity: error
    patterns: [{pattern: get(...)}, {pattern-not: "get(..., timeout=$T, ...)"}]
  - id: no-tabs
    message: tabs
    severity: warning
    text: '\\t'
    paths: {include: ["*.cfg"]}
  - id: one-conftest
    message: One conftest.py is enough.
    severity: warning
    files: {glob: "**/conftest.py", max: 1}
  - id: no-tests
    message: A test module tests something.
    severity: warning
    check: test-module
    paths: {include: ["test_*.py"]}
"""
CALL = "get(\n    url,\n    timeout=1,\n)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with old violations, all committed."""
    root = tmp_path / "project"
    write(
        root,
        {
            "rules.yaml": RULES,
            "a.py": "old(1)\nx = 1\nold(2)\n" + CALL,
            "setup.cfg": "a\t1\nb 2\n",
            "one/conftest.py": "",
            "two/conftest.py": "",
            "b.py": "old(3)\n",
        },
    )
    run_git(root, "init", "-q")
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "x")
    return root


def told(project: Path, *argv: str, ref: str = "HEAD") -> list[str]:
    answer = run(project, "scan", "--output-format", "concise", "--changed-since", ref, *argv)
    assert answer.code == (1 if answer.out else 0), answer.err
    return [" ".join(line.split()[:2]) for line in answer.out.splitlines()]


def edit(project: Path, name: str, old: str, new: str) -> None:
    path = project / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_nothing_changed_is_nothing_told(project: Path) -> None:
    answer = run(project, "scan", "--changed-since", "HEAD")
    assert (answer.code, answer.out) == (0, "")
    assert "note: 0 of " in answer.err
    assert "no files checked" in answer.err


def test_only_violations_on_changed_lines_are_told(project: Path) -> None:
    edit(project, "a.py", "x = 1", "x = old(9)")
    edit(project, "setup.cfg", "b 2", "b\t2")
    assert told(project) == ["a.py:2:5: old-call", "setup.cfg:2:2: no-tabs"]
    assert told(project, "setup.cfg") == ["setup.cfg:2:2: no-tabs"]


def test_a_line_taken_out_of_a_call_counts(project: Path) -> None:
    edit(project, "a.py", "    timeout=1,\n", "")
    assert told(project) == ["a.py:4:1: no-timeout"]


def test_old_violations_that_move_are_not_new(project: Path) -> None:
    run_git(project, "mv", "a.py", "c.py")
    edit(project, "c.py", "old(1)\n", "# words\n\nold(1)\n")
    assert told(project) == []


def test_an_untracked_file_is_new_as_a_whole(project: Path) -> None:
    write(project, {"new.py": "x = 1\nold(1)\n"})
    assert told(project) == ["new.py:2:1: old-call"]


def test_a_file_too_many_is_new_where_one_of_those_it_counts_with_changed(project: Path) -> None:
    write(project, {"one/conftest.py": "x = 1\n"})
    assert told(project) == ["two/conftest.py:1:1: one-conftest"]
    assert told(project, "a.py") == []


def test_a_violation_of_a_whole_file_is_new_where_anything_of_it_changed(project: Path) -> None:
    write(project, {"test_a.py": "import os\n\nx = 1\n"})
    run_git(project, "add", "-A")
    run_git(project, "commit", "-qm", "x")
    assert told(project) == []
    edit(project, "test_a.py", "x = 1", "x = 2")
    assert told(project) == ["test_a.py:1:1: no-tests"]


def test_what_was_committed_since_counts_with_what_was_not(project: Path) -> None:
    run_git(project, "branch", "start")
    edit(project, "b.py", "old(3)", "old(4)")
    run_git(project, "commit", "-qam", "x")
    edit(project, "a.py", "x = 1", "x = old(9)")
    assert told(project, ref="start") == ["a.py:2:5: old-call", "b.py:1:1: old-call"]
    assert told(project) == ["a.py:2:5: old-call"]


def test_the_files_that_changed_are_shown(project: Path) -> None:
    edit(project, "a.py", "x = 1", "x = 2")
    shown = run(project, "scan", "--changed-since", "HEAD", "--show-files")
    assert (shown.code, shown.out) == (0, "a.py\n"), shown.err


def test_from_a_folder_below(project: Path) -> None:
    edit(project, "a.py", "x = 1", "x = old(9)")
    assert told(project / "one", "..") == ["../a.py:2:5: old-call"]


def test_with_a_baseline_the_touched_one_of_equals_is_the_new_one(project: Path) -> None:
    write(project, {"a.py": "old(1)\n\nold(1)\n"})
    assert run(project, "baseline", "create").code == 0
    run_git(project, "add", "-A")
    run_git(project, "commit", "-qm", "x")
    write(project, {"a.py": "old(1)\nold(1)\nold(1)\n"})
    assert told(project) == ["a.py:2:1: old-call"]
    assert told(project, "--no-baseline") == ["a.py:2:1: old-call"]
    answer = run(project, "scan", "--changed-since", "HEAD")
    assert "stale" not in answer.err


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        pytest.param(["--changed-since", "nowhere"], "git knows no commit 'nowhere'", id="unknown"),
        pytest.param(["--changed-since", ""], "takes a branch", id="empty"),
        pytest.param(["--changed-since=--exec=x"], "takes a branch", id="an option"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told(project: Path, argv: list[str], message: str) -> None:
    answer = run(project, "scan", *argv)
    assert (answer.code, message in answer.err) == (2, True), answer.err
    assert "Traceback" not in answer.err


def test_outside_of_a_repository_it_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "x = 1\n"})
    answer = run(tmp_path, "scan", "--changed-since", "HEAD")
    assert (answer.code, "knows of no repository" in answer.err) == (2, True)


FIXES = """\
rules:
  - id: old
    message: m
    severity: error
    pattern: old($X)
    fix: new($X)
    fix-imports: ["from lib import new"]
  - {id: keep, message: m, severity: error, pattern: keep(...)}
"""


@pytest.fixture
def fixable(tmp_path: Path) -> Path:
    """A repository with old violations that a fix mends."""
    root = tmp_path / "project"
    write(root, {"rules.yaml": FIXES, "a.py": "old(1)\n\nkeep(1)\nx = 1\n"})
    run_git(root, "init", "-q")
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "x")
    return root


def test_only_what_is_touched_is_fixed_and_the_rest_is_told_where_it_stands_then(
    fixable: Path,
) -> None:
    write(fixable, {"a.py": "old(1)\n\nkeep(1)\nkeep(old(old(2)))\n"})
    answer = run(fixable, "scan", "--output-format", "concise", "--changed-since", "HEAD", "--fix")
    assert (fixable / "a.py").read_text() == (
        "from lib import new\nold(1)\n\nkeep(1)\nkeep(new(new(2)))\n"
    )
    assert "Fixed 2 violations in 1 file" in answer.err
    assert [line.split()[:2] for line in answer.out.splitlines()] == [["a.py:5:1:", "keep"]]


def test_a_line_that_a_fix_takes_out_shifts_nothing(fixable: Path) -> None:
    write(fixable, {"a.py": "old(\n    3\n)\nold(1)\n\nkeep(1)\nx = old(4)\n"})
    assert run(fixable, "scan", "--changed-since", "HEAD", "--fix").code == 0
    text = (fixable / "a.py").read_text()
    assert "new(\n    3\n)" in text
    assert "\nold(1)\n" in text
    assert "x = new(4)" in text


def test_a_try_shows_what_is_touched_alone(fixable: Path) -> None:
    write(fixable, {"a.py": "old(1)\n\nkeep(1)\nx = old(2)\n"})
    answer = run(fixable, "scan", "--changed-since", "HEAD", "--diff")
    assert answer.code == 1
    assert "+x = new(2)" in answer.out
    assert "new(1)" not in answer.out


def test_what_nobody_touched_is_not_fixed(fixable: Path) -> None:
    before = "old(1)\n\nkeep(1)\nx = 2\n"
    write(fixable, {"a.py": before})
    answer = run(fixable, "scan", "--changed-since", "HEAD", "--fix")
    assert (answer.code, answer.out) == (0, "")
    assert (fixable / "a.py").read_text() == before
