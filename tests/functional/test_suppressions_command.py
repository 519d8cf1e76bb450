"""`stuck-rules suppressions`: the list of what a project lets through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from stuck_rules import api
from stuck_rules.cli.commands.suppressions import render_list
from stuck_rules.inventory import take_inventory
from tests.functional.program import RULES, run, write
from tests.scanner.projects import Project, run_git

CODE = (
    "x = MagicNone  # stuck-rules: ignore[magic-none] -- the fixture needs it\n"
    "y = '# stuck-rules: ignore[hint] -- no comment'\n"
    "# stuck-rules: ignore-file[old-call, hint]\n"
    "z = 1  # noqa  # stuck-rules: ignore -- all  # stuck-rules: ingore[hint]\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "b.py": CODE, "a/c.py": "x = 1\n"})
    return tmp_path


@pytest.fixture
def repository(project: Path) -> Project:
    return Project(project).init()


def commit(root: Path, *names: str, author: str, day: str) -> None:
    run_git(root, "add", *names)
    who = f"{author} <a@example.com>"
    run_git(root, "commit", "-q", "-m", "m", "--author", who, "--date", f"{day}T12:00:00Z")


def test_without_git_there_are_no_columns_for_it(project: Path) -> None:
    answer = run(project, "suppressions")
    assert answer.code == 0
    assert answer.out == (
        "b.py:1  magic-none             the fixture needs it\n"
        "b.py:3  old-call, hint (file)  no reason\n"
        "b.py:4  any rule               all\n"
    )
    assert answer.err == "3 suppressions in 1 file\n"


def test_nothing_to_list(project: Path) -> None:
    answer = run(project, "suppressions", "a")
    assert (answer.code, answer.out, answer.err) == (0, "", "0 suppressions in 0 files\n")


def test_git_tells_age_and_author(repository: Project) -> None:
    root = repository.root
    commit(root, "rules.yaml", "b.py", author="Ada L", day="2025-03-01")
    write(root, {"b.py": CODE.replace("y =", "yy =").replace("x =", "xx =")})
    write(root, {"new.py": "x  # stuck-rules: ignore[hint] -- new\n"})
    listed = take_inventory(api.open_project(root)).suppressions
    assert render_list(listed, date(2025, 3, 31)) == (
        "b.py:1    magic-none             not committed         the fixture needs it\n"
        "b.py:3    old-call, hint (file)  30 days        Ada L  no reason\n"
        "b.py:4    any rule               30 days        Ada L  all\n"
        "new.py:1  hint                   not committed         new"
    )


def test_json(repository: Project) -> None:
    commit(repository.root, "b.py", author="Ada\tL", day="2025-03-01")
    write(repository.root, {"a/c.py": "x  # stuck-rules: ignore[hint] -- new\n"})
    answer = run(repository.root, "suppressions", "--output-format", "json")
    first, *_, last = answer.objects("suppressions")
    assert first == {
        "path": "a/c.py",
        "cell": None,
        "line": 1,
        "column": 4,
        "scope": "line",
        "rules": ["hint"],
        "reason": "new",
        "committed": False,
        "author": None,
        "date": None,
    }
    assert (last["rules"], last["committed"], last["date"]) == ([], True, "2025-03-01")
    assert answer.report["errors"] == []
    assert run(repository.root / "a", "suppressions", "--output-format", "json").code == 0


def test_what_could_not_be_read_is_told(project: Path) -> None:
    write(project, {"bad.py": b"# stuck-rules: ignore[hint]\n\xff\n"})
    write(project, {"open.py": "x = (\n# stuck-rules: ignore[hint] -- r\n"})
    answer = run(project, "suppressions")
    assert answer.code == 2
    assert "bad.py:2: error: not checked: not utf-8" in answer.err
    assert "open.py: error: not checked: its comments cannot be read to the end" in answer.err
    assert answer.out.count("b.py:") == 3
    assert run(project, "suppressions", "gone.py").code == 2


def test_excluded_files_are_left_out(project: Path) -> None:
    assert run(project, "suppressions", "--exclude", "b.py").out == ""


def test_a_file_that_is_no_python(project: Path) -> None:
    rules = "rules:\n  - {id: todo, message: m, text: TODO, paths: {include: ['*.yml']}}\n"
    write(project, {"rules.yaml": rules, "x.yml": "TODO # stuck-rules: ignore[todo] -- r\n"})
    assert "x.yml:1  todo" in run(project, "suppressions").out


def test_what_a_terminal_would_obey_is_shown(project: Path) -> None:
    write(project, {"b.py": "x  # stuck-rules: ignore[hint] -- a \x1b[31m b\n"})
    assert run(project, "suppressions").out == "b.py:1  hint  a \\x1b[31m b\n"


NOTEBOOK = """\
{"cells": [
  {"cell_type": "markdown", "source": ["# stuck-rules: ignore[hint] -- no code"]},
  {"cell_type": "code", "source": ["x = 1\\n",
   "y = MagicNone  # stuck-rules: ignore[magic-none] -- shown"]}
 ], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
"""


def test_a_notebook(repository: Project) -> None:
    write(repository.root, {"n.ipynb": NOTEBOOK})
    run_git(repository.root, "add", "n.ipynb")
    commit(repository.root, "n.ipynb", author="Ada", day="2025-03-01")
    answer = run(repository.root, "suppressions", "n.ipynb")
    assert answer.out.startswith("n.ipynb:cell 2:2  magic-none  ")
    assert answer.out.endswith(" days  Ada  shown\n")
    answer = run(repository.root, "suppressions", "n.ipynb", "--output-format", "json")
    (listed,) = answer.objects("suppressions")
    assert (listed["path"], listed["cell"], listed["line"]) == ("n.ipynb", 2, 2)


def test_a_notebook_that_is_none_is_told(project: Path) -> None:
    write(project, {"n.ipynb": "# stuck-rules: ignore[hint]"})
    assert run(project, "suppressions", "n.ipynb").code == 2
