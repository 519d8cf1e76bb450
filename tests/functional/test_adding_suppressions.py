"""`scan --add-suppressions`, as a team meets it that has old violations."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from stuck_rules import api
from tests.functional.program import Answer, run, write

RULES = """\
rules:
  - {id: slow-call, message: old() is slow., pattern: old(...), fix: new()}
  - {id: bad-name, message: Bad is bad., severity: error, pattern: Bad}
  - {id: todo, message: Do it., text: TODO, paths: {include: ["*.yml"]}}
  - {id: one-conf, message: One is enough., files: {glob: "conf*.py", max: 1}}
"""
HIDE = "# stuck-rules: ignore[bad-name] -- legacy"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES})
    return tmp_path


def add(project: Path, *arguments: str, reason: str = "legacy") -> Answer:
    return run(project, "scan", "--add-suppressions", reason, *arguments)


def content(project: Path, name: str = "a.py") -> str:
    return (project / name).read_bytes().decode()


def test_every_violation_is_hidden_with_the_reason(project: Path) -> None:
    write(project, {"a.py": "x = Bad\r\nold(Bad)", "d/b.py": "f(\n    Bad,\n)\n", "c.py": "x\n"})
    answer = add(project)
    assert (answer.code, answer.out) == (0, "")
    assert "Suppressed 4 violations in 2 files\n" in answer.err
    assert content(project) == (
        f"x = Bad  {HIDE}\r\nold(Bad)  # stuck-rules: ignore[bad-name, slow-call] -- legacy"
    )
    assert content(project, "d/b.py") == f"f(\n    Bad,  {HIDE}\n)\n"
    assert run(project, "scan").code == 0
    assert "Nothing to suppress\n" in add(project).err


def test_only_what_is_asked_for_is_hidden(project: Path) -> None:
    write(project, {"a.py": "old(Bad)\n", "b.py": "Bad\n"})
    answer = add(project, "--select", "slow-call", "a.py")
    assert answer.code == 0
    assert content(project) == "old(Bad)  # stuck-rules: ignore[slow-call] -- legacy\n"
    assert content(project, "b.py") == "Bad\n"
    assert add(project, "a.py").code == 0
    assert content(project) == "old(Bad)  # stuck-rules: ignore[slow-call, bad-name] -- legacy\n"


def test_rules_on_many_files(project: Path) -> None:
    write(project, {"conf1.py": "", "conf2.py": '#!/bin/x\n"""Doc."""\nBad\n'})
    assert add(project).code == 0
    assert content(project, "conf2.py") == (
        f'#!/bin/x\n# stuck-rules: ignore-file[one-conf] -- legacy\n"""Doc."""\nBad  {HIDE}\n'
    )


def test_what_is_no_python_and_what_is_said_of_suppressions_remains(project: Path) -> None:
    unused = "x = 1  # stuck-rules: ignore[slow-call] -- r\n"
    write(project, {"a.yml": "TODO\n", "a.py": unused})
    answer = add(project, "--output-format", "concise")
    assert answer.code == 1
    assert [line.split()[1] for line in answer.out.splitlines()] == ["unused-suppression", "todo"]
    assert "1 violation in notebooks and files that are no Python" in answer.err
    assert (content(project, "a.yml"), content(project)) == ("TODO\n", unused)


def test_what_is_in_the_baseline_needs_no_comment(project: Path) -> None:
    write(project, {"a.py": "Bad\n"})
    assert run(project, "baseline", "create").code == 0
    write(project, {"a.py": "Bad\nx = Bad\n"})
    assert add(project).code == 0
    assert content(project) == f"Bad\nx = Bad  {HIDE}\n"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("", "needs a reason"),
        (" ", "needs a reason"),
        ("a\nb", "would not be read back"),
        ("a  # noqa", "would not be read back"),
        ("a  # stuck-rules: ignore[x]", "would not be read back"),
    ],
)
def test_a_reason_that_no_comment_can_hold_is_refused(
    project: Path, reason: str, told: str
) -> None:
    write(project, {"a.py": "Bad\n"})
    answer = add(project, reason=reason)
    assert answer.code == 2
    assert told in answer.err
    assert content(project) == "Bad\n"


def test_what_a_rule_sees_in_the_reason_is_hidden_too(project: Path) -> None:
    write(project, {"rules.yaml": RULES + "  - {id: debt, message: m, pattern-regex: '[d]ebt'}\n"})
    write(project, {"a.py": "Bad\n"})
    assert add(project, reason="old debt").code == 0
    assert content(project) == "Bad  # stuck-rules: ignore[bad-name, debt] -- old debt\n"
    assert run(project, "scan").code == 0


@pytest.mark.parametrize("other", ["--fix", "--diff", "--ignore-suppressions"])
def test_it_goes_with_nothing_that_changes_what_is_reported(project: Path, other: str) -> None:
    write(project, {"a.py": "Bad\n"})
    answer = add(project, other)
    assert answer.code == 2
    assert f"does not go with {other}" in answer.err
    assert content(project) == "Bad\n"


def test_mode_encoding_and_byte_order_mark_are_kept(project: Path) -> None:
    write(
        project,
        {"a.py": "\ufeffBad\r\n", "b.py": "# coding: latin-1\nBad('é')\n".encode("latin-1")},
    )
    (project / "a.py").chmod(0o640)
    assert add(project).code == 0
    assert content(project) == f"\ufeffBad  {HIDE}\r\n"
    assert stat.S_IMODE((project / "a.py").stat().st_mode) == 0o640
    expected = f"# coding: latin-1\nBad('é')  {HIDE}\n".encode("latin-1")
    assert (project / "b.py").read_bytes() == expected


def test_a_reason_that_the_encoding_lacks_leaves_the_file_alone(project: Path) -> None:
    before = "# coding: latin-1\nBad('é')\n".encode("latin-1")
    write(project, {"a.py": before, "b.py": "Bad\n"})
    answer = add(project, "--output-format", "concise", reason="日本")
    assert answer.code == 2
    assert "a.py" in answer.err
    assert "lacks" in answer.err
    assert (project / "a.py").read_bytes() == before
    assert content(project, "b.py") == "Bad  # stuck-rules: ignore[bad-name] -- 日本\n"


def test_a_reason_that_would_name_an_encoding_leaves_the_file_alone(project: Path) -> None:
    write(project, {"a.py": "Bad\n"})
    answer = add(project, reason="coding: latin-1")
    assert answer.code == 2
    assert content(project) == "Bad\n"


def test_a_file_that_cannot_be_parsed_is_left_alone(project: Path) -> None:
    write(project, {"a.py": "Bad(\n", "b.py": "Bad\n"})
    answer = add(project)
    assert answer.code == 2
    assert (content(project), content(project, "b.py")) == ("Bad(\n", f"Bad  {HIDE}\n")


def test_a_read_only_file_is_told(project: Path) -> None:
    write(project, {"a.py": "Bad\n"})
    (project / "a.py").chmod(0o444)
    answer = add(project)
    assert answer.code == 2
    assert "read-only" in answer.err
    assert content(project) == "Bad\n"


def test_the_module_still_runs(project: Path) -> None:
    code = 'import sys\nBad = old = len\nx = f"""{\nold("a")}""" \\\n  "b"\nprint(x, Bad("ab"))\n'
    write(project, {"a.py": code})
    before = subprocess.run(["python", "a.py"], cwd=project, capture_output=True, check=True)
    assert add(project).code == 0
    after = subprocess.run(["python", "a.py"], cwd=project, capture_output=True, check=True)
    assert after.stdout == before.stdout == b"1b 2\n"


def test_a_file_that_changed_meanwhile_is_left_alone(project: Path) -> None:
    from stuck_rules.runs import ScanOptions, start_run
    from stuck_rules.scanner.adding import write_suppressions

    write(project, {"a.py": "Bad\n"})
    opened = api.open_project(project)
    found = start_run(opened, ScanOptions())
    write(project, {"a.py": "y = 1\nBad\n"})
    files = {file.path: file for file in found.files}
    added = write_suppressions(found.result.violations, files, found.result.lines, "r")
    assert (added.files, added.violations) == (frozenset(), 0)
    assert "changed on disk" in added.problems[0].message
    assert content(project) == "y = 1\nBad\n"


def test_other_programs_can_do_it_too(project: Path) -> None:
    write(project, {"a.py": "Bad\n"})
    report, added = api.add_suppressions(
        api.open_project(project), api.ScanOptions(), "because of it"
    )
    assert (report.violations, added.violations, len(added.files)) == ((), 1, 1)
    assert added.problems == ()


def test_a_notebook_is_left(project: Path) -> None:
    cell = '{"cell_type": "code", "source": ["Bad"]}'
    text = f'{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}'
    write(project, {"n.ipynb": text})
    answer = add(project)
    assert answer.code == 1
    assert "1 violation in notebooks" in answer.err
    assert content(project, "n.ipynb") == text
