"""`scan -`: code from stdin, judged and fixed as the file that it stands for."""

from __future__ import annotations

import codecs
import io
import subprocess
import sys
from pathlib import Path

import pytest

from stuck_rules.cli.console import Console
from stuck_rules.cli.main import main
from tests.functional.program import Answer, write
from tests.scanner.projects import run_git

RULES = """\
rules:
  - {id: old-call, message: old() is slow., severity: error, pattern: old($X), fix: new($X)}
  - {id: kept, message: Look at this., severity: warning, pattern: keep()}
  - {id: of-tests, message: Not in tests., pattern: assert_it(), paths: {include: ["tests/"]}}
  - {id: dots, message: No dots., check: relative-import}
  - {id: secret, message: No secrets., text: "SECRET=", paths: {include: [".env", "Envfile"]}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES})
    return tmp_path


def feed(cwd: Path, code: str | bytes, *argv: str) -> Answer:
    """Run `scan -` on code."""
    data = code if isinstance(code, bytes) else code.encode()
    out, err = io.StringIO(), io.StringIO()
    console = Console(out, err, cwd, {}, io.BytesIO(data))
    code_ = main(["scan", "-", "--output-format", "concise", *argv], console)
    return Answer(code_, out.getvalue(), err.getvalue())


@pytest.mark.parametrize(
    ("code", "argv", "exit_code", "out"),
    [
        pytest.param("old(1)\n", [], 1, "<stdin>:1:1: old-call old() is slow.\n", id="no name"),
        pytest.param(
            "\nold(1)\n",
            ["--stdin-filename", "src/a.py"],
            1,
            "src/a.py:2:1: old-call old() is slow.\n",
            id="a name",
        ),
        pytest.param("x = 1\n", [], 0, "", id="nothing wrong"),
        pytest.param("", [], 0, "", id="nothing at all"),
        pytest.param("assert_it()\n", [], 0, "", id="a rule of other paths"),
        pytest.param(
            "assert_it()\n",
            ["--stdin-filename", "tests/test_a.py"],
            1,
            "tests/test_a.py:1:1: of-tests Not in tests.\n",
            id="a rule of these paths",
        ),
        pytest.param("old(1)\n", ["--stdin-filename", "build/a.py"], 0, "", id="left out"),
        pytest.param(
            "old(1)\n", ["--stdin-filename", "x/a.py", "--exclude", "x/"], 0, "", id="excluded"
        ),
        pytest.param("old(1)\n", ["--stdin-filename", "a.txt"], 0, "", id="a name of no Python"),
        pytest.param(
            "old(1)\n", ["--stdin-filename", "tool"], 0, "", id="a name that says nothing"
        ),
        pytest.param(
            "#!/usr/bin/python3\nold(1)\n",
            ["--stdin-filename", "tool"],
            1,
            "tool:2:1: old-call old() is slow.\n",
            id="a script",
        ),
        pytest.param(
            "A=1\nSECRET=2\n",
            ["--stdin-filename", ".env"],
            1,
            ".env:2:1: secret No secrets.\n",
            id="a text",
        ),
        pytest.param(
            "SECRET=2\n",
            ["--stdin-filename", "Envfile"],
            1,
            "Envfile:1:1: secret No secrets.\n",
            id="a text whose name has no suffix",
        ),
        pytest.param(
            "\ufeffold(1)\r\nkeep()\r\n",
            [],
            1,
            "<stdin>:1:1: old-call old() is slow.\n<stdin>:2:1: kept Look at this.\n",
            id="line ends and mark of Windows",
        ),
        pytest.param(
            "# coding: latin-1\n'é'; old(1)\n".encode("latin-1"),
            [],
            1,
            "<stdin>:2:6: old-call old() is slow.\n",
            id="a coding comment",
        ),
    ],
)
def test_code_is_judged_as_the_file(
    project: Path, code: str | bytes, argv: list[str], exit_code: int, out: str
) -> None:
    answer = feed(project, code, *argv)
    assert (answer.code, answer.out) == (exit_code, out)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        pytest.param(b"old(\n", "<stdin>:1:4: error: not checked: syntax error", id="no code"),
        pytest.param(b"x = '\xe9'\n", "<stdin>:1: error: not checked: not utf-8", id="no text"),
        pytest.param(b"\0old(1)", "<stdin>:1: error: not checked: holds a NUL", id="NUL"),
    ],
)
@pytest.mark.parametrize("argv", [[], ["--fix"]], ids=["scan", "fix"])
def test_what_cannot_be_checked(project: Path, code: bytes, told: str, argv: list[str]) -> None:
    answer = feed(project, code, *argv)
    assert answer.code == 2
    assert answer.err.startswith(told)


def test_the_file_itself_is_neither_read_nor_written(project: Path) -> None:
    write(project, {"a.py": "keep()\n"})
    answer = feed(project, "old(1)\n", "--stdin-filename", "a.py", "--fix")
    assert answer.out == "new(1)\n"
    assert (project / "a.py").read_text() == "keep()\n"


def test_settings_and_rulebook_are_those_of_the_files_folder(tmp_path: Path) -> None:
    write(tmp_path, {"p/rules.yaml": RULES, "p/stuck-rules.toml": "ignore = ['old-call']\n"})
    run_git(tmp_path, "init", "-q", "p")
    answer = feed(tmp_path, "old(1); keep()\n", "--stdin-filename", "p/new/a.py")
    assert answer.out == "p/new/a.py:1:9: kept Look at this.\n"


def test_the_package_is_the_files(project: Path) -> None:
    write(project, {"pkg/__init__.py": ""})
    answer = feed(project, "from .a import b\n", "--stdin-filename", "pkg/new.py", "--fix")
    assert answer.out == "from pkg.a import b\n"


@pytest.mark.parametrize(
    ("name", "code"), [("ignored/a.py", 0), ("a.log.py", 0), ("kept/a.py", 1), ("[i]*/a.py", 1)]
)
def test_what_git_ignores_is_left_out_though_it_is_not_there(
    project: Path, name: str, code: int
) -> None:
    run_git(project, "init", "-q")
    write(project, {".gitignore": "ignored/\n*.log.py\n"})
    answer = feed(project, "old(1)\n", "--stdin-filename", name)
    assert answer.code == code
    assert ("ignored by git" in answer.err) is (code == 0)


def test_fixed_code_is_on_stdout_and_the_rest_on_stderr(project: Path) -> None:
    answer = feed(project, "old(1)\nkeep()\n", "--fix")
    assert answer.code == 1
    assert answer.out == "new(1)\nkeep()\n"
    assert answer.err == (
        "<stdin>:2:1: kept Look at this.\n"
        "Fixed 1 violation in 1 file\n"
        "1 violation (0 errors, 1 warning, 0 infos) in 1 file checked (rulebook rules.yaml)\n"
    )


def test_a_report_of_what_remains_may_go_to_a_file(project: Path) -> None:
    answer = feed(project, "keep()\n", "--fix", "--output", "json=r.json")
    assert answer.out == "keep()\n"
    assert '"kept"' in (project / "r.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "argv"),
    [
        pytest.param("x = 1", [], id="nothing to fix"),
        pytest.param("old(", [], id="no code"),
        pytest.param("old(1)", ["--stdin-filename", "build/a.py"], id="excluded"),
        pytest.param("old(1)", ["--stdin-filename", "a.txt"], id="no Python"),
        pytest.param("", [], id="nothing at all"),
    ],
)
def test_code_without_fixes_comes_back_as_it_is(project: Path, code: str, argv: list[str]) -> None:
    assert feed(project, code, "--fix", *argv).out == code


def test_a_diff_is_printed_instead(project: Path) -> None:
    answer = feed(project, "old(1)\n", "--diff", "--stdin-filename", "src/a.py")
    assert answer.code == 1
    assert answer.out == "--- src/a.py\n+++ src/a.py\n@@ -1 +1 @@\n-old(1)\n+new(1)\n"


def test_a_diff_of_nothing_is_nothing(project: Path) -> None:
    assert (feed(project, "x\n", "--diff").code, feed(project, "x\n", "--diff").out) == (0, "")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        pytest.param(["scan", "-", "a.py"], "- is the code from stdin", id="beside a path"),
        pytest.param(["scan", "--stdin-filename", "a.py"], "needs - as the path", id="no dash"),
        pytest.param(["scan", "-", "--stdin-filename", "."], "names no file", id="a folder"),
        pytest.param(["scan", "-", "--stdin-filename", ""], "names no file", id="no name"),
        pytest.param(["scan", "-", "--stdin-filename", "x/"], "names no file", id="no file"),
    ],
)
def test_half_a_question_is_refused(project: Path, argv: list[str], told: str) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert main(argv, Console(out, err, project, {}, io.BytesIO(b"old(1)"))) == 2
    assert told in err.getvalue()
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(b"old(1)\r\nx\r\n", b"new(1)\r\nx\r\n", id="line ends of Windows"),
        pytest.param(
            codecs.BOM_UTF8 + b"old('\xc3\xa9')", codecs.BOM_UTF8 + b"new('\xc3\xa9')", id="mark"
        ),
        pytest.param(
            b"# coding: latin-1\nold('\xe9')\n", b"# coding: latin-1\nnew('\xe9')\n", id="coding"
        ),
        pytest.param(b"x = '\xe9'\n", b"x = '\xe9'\n", id="no text"),
    ],
)
def test_bytes_come_back_as_they_came(project: Path, code: bytes, expected: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stuck_rules", "scan", "-", "--fix"],
        cwd=project,
        input=code,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == expected


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes it")
def test_a_closed_stdin_is_empty(project: Path) -> None:
    program = f'"{sys.executable}" -m stuck_rules scan - <&-'
    done = subprocess.run(
        ["sh", "-c", program], cwd=project, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, b"")
