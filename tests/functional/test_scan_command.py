"""`scan`: exit codes, streams, what is checked, and that every violation leads to its entry."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from stuck_rules import __version__
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import guarded
from stuck_rules.cli.main import main
from tests.functional.program import RULES, run, write
from tests.scanner.projects import run_git

ERROR = "x = MagicNone\n"
WARNING = "old()\n"
INFO = "new(1)\n"
RIGHT = "x = MagicMock()\nold\nnew(2)\n"
BROKEN = "MagicNone\nx = (\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES})
    return tmp_path


@pytest.mark.parametrize(
    ("files", "argv", "code"),
    [
        pytest.param({"a.py": RIGHT}, [], 0, id="nothing wrong"),
        pytest.param({"a.py": ERROR}, [], 1, id="an error"),
        pytest.param({"a.py": WARNING}, [], 1, id="a warning"),
        pytest.param({"a.py": INFO}, [], 0, id="an info is below the default"),
        pytest.param({"a.py": INFO}, ["--fail-level", "info"], 1, id="an info when asked for"),
        pytest.param({"a.py": WARNING}, ["--fail-level", "error"], 0, id="a warning let through"),
        pytest.param({"a.py": ERROR}, ["--fail-level", "error"], 1, id="an error never is"),
        pytest.param({"a.py": ERROR, "b.py": BROKEN}, [], 2, id="2 wins over 1"),
        pytest.param({"a.py": RIGHT, "b.py": BROKEN}, [], 2, id="2 wins over 0"),
        pytest.param({"a.py": ERROR}, ["nowhere", "a.py"], 2, id="a missing path"),
        pytest.param({"a.py": ERROR}, ["--ignore", "magic-none"], 0, id="the rule left out"),
        pytest.param({"a.py": ERROR}, ["--select", "old-call"], 0, id="another rule chosen"),
        pytest.param({"a.py": ERROR}, ["--select", "magic-*"], 1, id="chosen by a star"),
        pytest.param({"a.py": ERROR}, ["--select", "mocks-of-nothing"], 1, id="by its entry"),
        pytest.param({"a.py": ERROR}, ["--select", "slow-calls"], 0, id="by another entry"),
        pytest.param({"a.py": ERROR}, ["--select", "hint,magic-none"], 1, id="by a comma"),
        pytest.param(
            {"a.py": ERROR}, ["--select", "hint", "--select", "magic-none"], 1, id="twice"
        ),
        pytest.param(
            {"a.py": ERROR},
            ["--select", "magic-none", "--ignore", "magic-none"],
            0,
            id="ignore beats select",
        ),
        pytest.param({"a.py": ERROR, "b.py": ""}, ["--exclude", "a.py"], 0, id="excluded"),
        pytest.param({"x/a.py": ERROR, "b.py": ""}, ["--exclude", "x/"], 0, id="by its folder"),
        pytest.param(
            {"a.py": ERROR}, ["--exclude", "a.py", "a.py"], 0, id="excluded, though named"
        ),
        pytest.param({"a.py": ERROR}, ["--exclude", "b.py"], 1, id="another file excluded"),
        pytest.param({"a.py": ERROR}, ["--no-such-option"], 2, id="an unknown option"),
        pytest.param({"a.py": ERROR}, ["--output-format", "pdf"], 2, id="an unknown format"),
        pytest.param({"a.py": ERROR}, ["--fail-level", "awful"], 2, id="an unknown level"),
        pytest.param({"-a.py": ERROR}, ["--", "-a.py"], 1, id="a name like an option"),
        pytest.param({"a.txt": ERROR}, ["a.txt"], 0, id="a named file that is no Python"),
        pytest.param({"a.pyi": ERROR}, [], 1, id="a stub"),
        pytest.param({"tool": f"#!/usr/bin/env python3\n{ERROR}"}, [], 1, id="a script"),
    ],
)
def test_exit_codes(project: Path, files: dict[str, str], argv: list[str], code: int) -> None:
    write(project, files)
    assert run(project, "scan", *argv).code == code


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"stuck-rules {__version__}\n"


@pytest.mark.parametrize("argv", [[], ["nonsense"], ["scan", "--nonsense"]])
def test_a_wrong_usage_is_told(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("usage: stuck-rules")


def test_an_interrupt_is_130(tmp_path: Path) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    err = io.StringIO()
    assert guarded(interrupted, Console(io.StringIO(), err, tmp_path, {})) == 130
    assert err.getvalue() == "stuck-rules: interrupted\n"


def test_a_fault_is_a_traceback_and_2(tmp_path: Path) -> None:
    def faulty() -> int:
        raise ZeroDivisionError

    err = io.StringIO()
    assert guarded(faulty, Console(io.StringIO(), err, tmp_path, {})) == 2
    assert "ZeroDivisionError" in err.getvalue()
    assert "please report" in err.getvalue()


SUPPRESSED = "x = MagicNone  # stuck-rules: ignore[magic-none] -- a test of it\n"


def test_a_comment_lets_a_violation_through(project: Path) -> None:
    write(project, {"a.py": SUPPRESSED})
    answer = run(project, "scan")
    assert (answer.code, answer.out) == (0, "")


def test_a_suppressed_violation_is_shown_on_demand(project: Path) -> None:
    write(project, {"a.py": SUPPRESSED})
    answer = run(project, "scan", "--show-suppressed")
    assert answer.code == 0
    assert "a.py:1:5: error magic-none" in answer.out
    assert "(suppressed inline: a test of it)" in answer.out
    assert "1 suppressed" in answer.err
    answer = run(project, "scan", "--show-suppressed", "--output-format", "json")
    (violation,) = answer.objects("violations")
    assert violation["suppressed"] == {"kind": "inline", "reason": "a test of it"}
    assert answer.report["summary"] == {"files": 1, "violations": 0, "errors": 0}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = MagicNone  # stuck-rules: ignore[old-call] -- r\n", id="another rule"),
        pytest.param("x = MagicNone  # stuck-rules: ignore\n", id="no rule"),
        pytest.param("x = MagicNone  # noqa\n", id="another tool's comment"),
        pytest.param(
            "y = '# stuck-rules: ignore[magic-none]', MagicNone\n", id="a string, no comment"
        ),
        pytest.param("# stuck-rules: ignore[magic-none] -- r\ny = 1\nx = MagicNone\n", id="above"),
    ],
)
def test_what_lets_nothing_through(project: Path, source: str) -> None:
    write(project, {"a.py": source})
    assert run(project, "scan").code == 1


@pytest.mark.parametrize(
    ("name", "checked"),
    [
        pytest.param("a.py", True, id="a file"),
        pytest.param("src/a.py", True, id="in a folder"),
        pytest.param("untracked.py", True, id="a file that git does not know yet"),
        pytest.param(".hidden/a.py", True, id="a hidden folder"),
        pytest.param("build.py", True, id="a file named like a folder left out"),
        pytest.param("build/a.py", False, id="build"),
        pytest.param("src/build/deep/a.py", False, id="build, further down"),
        pytest.param("dist/a.py", False, id="dist"),
        pytest.param(".venv/lib/a.py", False, id=".venv"),
        pytest.param("node_modules/x/a.py", False, id="node_modules"),
        pytest.param("own-env/a.py", False, id="a virtual environment of any name"),
        pytest.param("ignored/a.py", False, id="a folder that git ignores"),
        pytest.param("x.generated.py", False, id="a file that git ignores"),
    ],
)
def test_a_named_file_gets_the_answer_of_a_found_one(
    project: Path, name: str, checked: bool
) -> None:
    run_git(project, "init", "-q")
    write(
        project,
        {
            name: ERROR,
            "other.py": "",
            ".gitignore": "ignored/\n*.generated.py\n",
            "own-env/pyvenv.cfg": "home = /usr\n",
        },
    )
    found = run(project, "scan", "--output-format", "json").objects("violations")
    named = run(project, "scan", name, "--output-format", "json").objects("violations")
    assert found == named
    assert bool(found) is checked
    if not checked:
        answer = run(project, "scan", name)
        assert answer.code == 0
        assert f"1 named file is excluded: {name}" in answer.err


def test_a_file_named_twice_is_checked_once(project: Path) -> None:
    write(project, {"a.py": ERROR})
    answer = run(project, "scan", "a.py", "./a.py", ".", "--output-format", "json")
    assert answer.report["summary"] == {"files": 1, "violations": 1, "errors": 0}


def test_a_project_without_a_rulebook_gets_the_bundled_one(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "from unittest.mock import MagicMock\nx = MagicNone\n"})
    answer = run(tmp_path, "scan")
    assert answer.code == 1
    assert "a.py:2:5: error magic-none" in answer.out
    assert "learned in: Unit Test Failure Mass Analysis" in answer.out
    assert "(bundled rulebook)" in answer.err
    report = run(tmp_path, "scan", "--output-format", "json").report
    rulebooks = report["rulebooks"]
    assert isinstance(rulebooks, list)
    assert [book["bundled"] for book in rulebooks] == [True]


def test_a_rulebook_on_the_command_line_replaces_the_projects(project: Path) -> None:
    write(
        project,
        {"a.py": ERROR, "other.yaml": "rules:\n  - {id: x, message: No x., pattern: x}\n"},
    )
    answer = run(project, "scan", "--rulebook", "other.yaml")
    assert "a.py:1:1: warning x: No x." in answer.out
    assert "magic-none" not in answer.out
    assert "(rulebook other.yaml)" in answer.err
