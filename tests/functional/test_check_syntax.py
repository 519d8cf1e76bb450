"""`--check-syntax` tells of every file that is no Python, `--exit-zero` hides none of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.program import RULES, Answer, run, write
from tests.functional.test_stdin import feed


def notebook(*cells: str) -> str:
    made = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "fine.py": "x = 1\n"})
    return tmp_path


def scan(project: Path, *argv: str) -> Answer:
    return run(project, "scan", "--output-format", "json", *argv)


def errors(answer: Answer) -> list[tuple[object, ...]]:
    return [(e["kind"], e["path"], e["cell"], e["line"]) for e in answer.objects("errors")]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"b.py": "x = 1\ndef f(:\n"}, ("syntax", "b.py", None, 2), id="a module"),
        pytest.param(
            {"b.ipynb": notebook("x = 1", "y = (")}, ("syntax", "b.ipynb", 2, 1), id="a cell"
        ),
        pytest.param(
            {"b.py": "(" * 5000 + ")" * 5000}, ("too-deep", "b.py", None, 1), id="too deep"
        ),
        pytest.param({"b.py": "#" * 1_100_000}, ("too-large", "b.py", None, None), id="too large"),
    ],
)
def test_what_no_rule_admits_is_told_when_asked(
    project: Path, files: dict[str, str], expected: tuple[object, ...]
) -> None:
    write(project, files)
    assert scan(project).code == 0
    answer = scan(project, "--check-syntax")
    assert (answer.code, errors(answer)) == (2, [expected])


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="empty"),
        pytest.param("x = 1\rdef f():\r    return x\r", id="old line ends"),
        pytest.param("\ufeffx = 1\n", id="a byte order mark"),
        pytest.param("x = 1\n\fy = 2\n", id="a form feed"),
        pytest.param("# coding: latin-1\nx = 'é'\n".encode("latin-1"), id="a cookie"),
        pytest.param("x = '\\d'\nassert (x, 1)\n", id="what Python warns of"),
        pytest.param(b"x = 1", id="no line end"),
    ],
)
def test_what_is_python_is_not_told(project: Path, source: str | bytes) -> None:
    write(project, {"odd.py": source})
    answer = scan(project, "--check-syntax")
    assert (answer.code, errors(answer)) == (0, [])


def test_magics_and_other_files_are_not_told(project: Path) -> None:
    write(project, {"a.ipynb": notebook("%matplotlib inline\nx = !ls"), "notes.txt": "def f(:\n"})
    assert scan(project, "--check-syntax").code == 0


@pytest.mark.parametrize(("argv", "code"), [((), 0), (("--check-syntax",), 2)])
def test_code_from_stdin(project: Path, argv: tuple[str, ...], code: int) -> None:
    assert feed(project, "def f(:\n", *argv).code == code


def test_several_processes_and_later_runs_tell_the_same(project: Path, tmp_path: Path) -> None:
    large = '"""' + "word " * 60_000 + '"""\n'
    write(project, {f"large{n}.py": large for n in range(5)})
    write(project, {"broken.py": large + "x = (\n", "wrong.py": large + "MagicNone\n"})
    flags = ("--check-syntax", "--cache-dir", str(tmp_path / "cache"))
    first = scan(project, *flags, "--jobs", "2")
    assert errors(first) == [("syntax", "broken.py", None, 2)]
    assert [v["path"] for v in first.objects("violations")] == ["wrong.py"]
    assert scan(project, *flags, "--jobs", "2") == first
    assert scan(project, *flags, "--jobs", "1", "--no-cache") == first


def test_what_a_run_without_it_remembers_does_not_count(project: Path, tmp_path: Path) -> None:
    write(project, {"broken.py": "def f(:\n"})
    flags = ("--cache-dir", str(tmp_path / "cache"))
    assert [scan(project, *flags, *more).code for more in ((), ("--check-syntax",), ())] == [
        0,
        2,
        0,
    ]


@pytest.mark.parametrize(
    ("source", "argv", "code"),
    [
        pytest.param("x = 1\n", (), 0, id="clean"),
        pytest.param("x = MagicNone\n", (), 0, id="a violation"),
        pytest.param("x = MagicNone\n", ("--diff",), 0, id="a diff"),
        pytest.param("MagicNone(\n", (), 2, id="a file that is not checked"),
        pytest.param("x = MagicNone\n", ("gone.py",), 2, id="a missing path"),
        pytest.param("x = MagicNone\n", ("--select", "magic-nome"), 2, id="no such rule"),
    ],
)
def test_exit_zero_stands_in_for_violations_alone(
    project: Path, source: str, argv: tuple[str, ...], code: int
) -> None:
    write(
        project,
        {"rules.yaml": RULES.replace("pattern: MagicNone", "pattern: MagicNone\n    fix: x")},
    )
    write(project, {"a.py": source})
    answer = run(project, "scan", "--exit-zero", ".", *argv)
    assert answer.code == code
    assert ("MagicNone" in answer.out) is (source == "x = MagicNone\n" and "--select" not in argv)
