"""`scan --fix`, `--diff` and `--unsafe-fixes`, as a user meets them."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stuck_rules.errors import SourceError
from stuck_rules.scanner.rewriting import encode_python, replace_file
from tests.functional.program import Answer, run, write

RULES = """\
rules:
  - id: old-call
    message: old() is slow.
    severity: error
    languages: [python]
    pattern: old($...A)
    fix: new($...A)
  - id: kept
    message: look at this.
    severity: warning
    languages: [python]
    pattern: keep()
  - id: unwrap
    message: wrap() does nothing.
    severity: error
    languages: [python]
    pattern: wrap($X)
    fix: $X
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES})
    return tmp_path


def content(project: Path, name: str = "a.py") -> str:
    return (project / name).read_bytes().decode()


def test_fixes_are_written_and_what_remains_is_reported(project: Path) -> None:
    write(project, {"a.py": "old(1)\nkeep()\n", "b.py": "old(2)\nold(3)\n", "c.py": "x\n"})
    answer = run(project, "scan", "--fix", "--output-format", "concise")
    assert (content(project), content(project, "b.py")) == ("new(1)\nkeep()\n", "new(2)\nnew(3)\n")
    assert answer.code == 1
    assert "Fixed 3 violations in 2 files\n" in answer.err
    assert "old-call" not in answer.out
    assert "a.py:2:1" in answer.out


def test_the_exit_code_is_that_of_what_remains(project: Path) -> None:
    write(project, {"a.py": "old(1)\n"})
    assert run(project, "scan", "--fix").code == 0
    assert run(project, "scan").code == 0


def test_without_a_flag_nothing_is_written(project: Path) -> None:
    write(project, {"a.py": "old(1)\n"})
    assert run(project, "scan").code == 1
    assert content(project) == "old(1)\n"


def test_a_diff_is_printed_and_nothing_written(project: Path) -> None:
    write(project, {"a.py": "x = 1\nold(1)\n", "d/b.py": "old(2)"})
    answer = run(project, "scan", "--diff")
    assert answer.code == 1
    assert answer.out == (
        "--- a.py\n+++ a.py\n@@ -1,2 +1,2 @@\n x = 1\n-old(1)\n+new(1)\n"
        "--- d/b.py\n+++ d/b.py\n@@ -1 +1 @@\n-old(2)\n\\ No newline at end of file\n"
        "+new(2)\n\\ No newline at end of file\n"
    )
    assert "Would fix 2 violations in 2 files\n" in answer.err
    assert content(project) == "x = 1\nold(1)\n"


def test_a_diff_can_be_applied(project: Path) -> None:
    write(project, {"a.py": "x = 1\r\nold(1)\r\n", "b.py": "old(2)\fx", "c.py": "keep()\n"})
    answer = run(project, "scan", "--diff", ".")
    patched = subprocess.run(
        ["git", "apply", "-p0", "--unsafe-paths", "-"],
        input=answer.out.encode(),
        cwd=project,
        capture_output=True,
        check=False,
    )
    assert patched.returncode == 0, patched.stderr
    assert content(project) == "x = 1\r\nnew(1)\r\n"


def test_no_diff_is_no_failure(project: Path) -> None:
    write(project, {"a.py": "keep()\n"})
    answer = run(project, "scan", "--diff")
    assert (answer.code, answer.out) == (0, "")
    assert run(project, "scan", "--fix", "--diff").out == ""


def test_unsafe_fixes_are_applied_when_asked_for(project: Path) -> None:
    code = "x = wrap(  # why\n    a)\n"
    write(project, {"a.py": code})
    assert run(project, "scan", "--fix").code == 1
    assert content(project) == code
    assert run(project, "scan", "--fix", "--unsafe-fixes").code == 0
    assert content(project) == "x = a\n"


def test_unsafe_fixes_alone_are_a_wrong_question(project: Path) -> None:
    answer = run(project, "scan", "--unsafe-fixes")
    assert answer.code == 2
    assert "--unsafe-fixes needs --fix or --diff" in answer.err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"old(1)\r\n", b"new(1)\r\n", id="CRLF"),
        pytest.param(b"old(1)\rx\r", b"new(1)\rx\r", id="CR"),
        pytest.param(b"old(1)", b"new(1)", id="no last end"),
        pytest.param(b"\xef\xbb\xbfold(1)\n", b"\xef\xbb\xbfnew(1)\n", id="BOM"),
        pytest.param(
            b"# coding: latin-1\nold('\xe9')\n", b"# coding: latin-1\nnew('\xe9')\n", id="latin-1"
        ),
        pytest.param(b"\x0cold(1)\n", b"\x0cnew(1)\n", id="form feed"),
        pytest.param("old('é')\n".encode(), "new('é')\n".encode(), id="UTF-8"),
        pytest.param(b"a = '''\r\n'''; old(1)\n", b"a = '''\r\n'''; new(1)\n", id="mixed ends"),
    ],
)
def test_bytes_stay_as_they_are(project: Path, before: bytes, after: bytes) -> None:
    write(project, {"a.py": before})
    assert run(project, "scan", "--fix").code == 0
    assert (project / "a.py").read_bytes() == after


@pytest.mark.parametrize("mode", [0o755, 0o640, 0o600])
def test_the_mode_is_kept(project: Path, mode: int) -> None:
    write(project, {"a.py": "old(1)\n"})
    (project / "a.py").chmod(mode)
    run(project, "scan", "--fix")
    assert content(project) == "new(1)\n"
    assert stat.S_IMODE((project / "a.py").stat().st_mode) == mode


def test_a_link_stays_and_its_target_is_written(project: Path) -> None:
    write(project, {"real/a.py": "old(1)\n"})
    (project / "link.py").symlink_to("real/a.py")
    assert run(project, "scan", "--fix", "link.py").code == 0
    assert (project / "link.py").is_symlink()
    assert content(project, "real/a.py") == "new(1)\n"


def assert_left_alone(project: Path, answer: Answer, message: str) -> None:
    assert answer.code == 2
    assert message in answer.err
    assert content(project) == "old(1)\n"
    assert "old-call" in answer.out
    assert "Fixed" not in answer.err
    assert sorted(path.name for path in project.iterdir()) == ["a.py", "rules.yaml"]


def test_a_read_only_file_is_left_alone(project: Path) -> None:
    write(project, {"a.py": "old(1)\n"})
    (project / "a.py").chmod(0o444)
    answer = run(project, "scan", "--fix", "a.py", "--output-format", "concise")
    assert_left_alone(project, answer, "it is read-only")


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "other\n"})
    with pytest.raises(SourceError, match="changed on disk since it was read"):
        replace_file(str(tmp_path / "a.py"), b"old\n", b"new\n", "a.py")
    assert content(tmp_path) == "other\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


def test_a_file_that_vanished_meanwhile_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be written"):
        replace_file(str(tmp_path / "a.py"), b"old\n", b"new\n", "a.py")
    assert list(tmp_path.iterdir()) == []


def test_what_the_encoding_lacks_is_a_problem() -> None:
    with pytest.raises(SourceError, match="lacks"):
        encode_python("x = '\u20ac'\n", b"# coding: latin-1\n", "a.py")


def test_fixes_that_trouble_each_other_are_told(project: Path) -> None:
    rules = RULES + (
        "  - {id: back, message: m, severity: error, languages: [python], "
        "pattern: new($...A), fix: old($...A)}\n"
    )
    write(project, {"rules.yaml": rules, "a.py": "old(1)\n"})
    answer = run(project, "scan", "--fix")
    assert answer.code == 2
    assert "undo one another" in answer.err
    assert content(project) == "old(1)\n"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_run_leaves_each_file_old_or_new(project: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - moments, no secrets
    old, new = "old(1)\n" * 40, "new(1)\n" * 40
    names = [f"m{number}.py" for number in range(30)]
    for _ in range(6):
        write(project, dict.fromkeys(names, old))
        command = [sys.executable, "-m", "stuck_rules", "scan", "--fix", "-q", *names]
        with subprocess.Popen(
            command,
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        ) as process:
            time.sleep(chance.uniform(0.2, 1.5))
            process.kill()
        assert {content(project, name) for name in names} <= {old, new}
    finished = run(project, "scan", "--fix", *names)
    assert finished.code == 0
    assert {content(project, name) for name in names} == {new}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("a.py", "--fix", "b.py"), id="an option between"),
        pytest.param(("--fix", "a.py", "--no-cache", "b.py", "-q"), id="options all over"),
        pytest.param(("a.py", "--fix", "--", "b.py"), id="a mark for paths"),
    ],
)
def test_options_may_stand_between_paths(project: Path, arguments: tuple[str, ...]) -> None:
    write(project, {"a.py": "old(1)\n", "b.py": "old(2)\n", "c.py": "old(3)\n"})
    assert run(project, "scan", *arguments).code == 0
    assert (content(project), content(project, "b.py")) == ("new(1)\n", "new(2)\n")
    assert content(project, "c.py") == "old(3)\n"


def test_stdin_beside_a_path_is_refused_wherever_it_stands(project: Path) -> None:
    write(project, {"a.py": "old(1)\n"})
    answer = run(project, "scan", "a.py", "--fix", "-")
    assert (answer.code, answer.out) == (2, "")
    assert "- is the code from stdin, and stands alone" in answer.err
    assert content(project) == "old(1)\n"


def test_an_unknown_option_is_a_wrong_question(project: Path) -> None:
    assert run(project, "scan", "a.py", "--fixx", "b.py").code == 2
