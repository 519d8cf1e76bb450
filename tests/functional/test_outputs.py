"""Where reports go: several in one run, files that are whole, and what is refused beforehand."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.program import RULES, run, write

ERROR = "x = MagicNone\n"
BROKEN = "MagicNone\nx = (\n"

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such modes on Windows")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "a.py": ERROR})
    return tmp_path


def test_several_reports_in_one_run(project: Path) -> None:
    answer = run(
        project, "scan", "--output", "concise", "--output", "sarif=r.sarif", "--output=json=r.json"
    )
    assert answer.code == 1
    assert answer.out.startswith("a.py:1:5: magic-none")
    assert json.loads((project / "r.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert json.loads((project / "r.json").read_text("utf-8"))["summary"]["violations"] == 1


@pytest.mark.parametrize(
    "argv",
    [
        pytest.param(["--output-format", "json", "--output-file", "r"], id="two options"),
        pytest.param(["--output", "json=r"], id="one option"),
    ],
)
def test_a_report_in_a_file_is_the_one_of_stdout(project: Path, argv: list[str]) -> None:
    shown = run(project, "scan", "--output-format", "json")
    written = run(project, "scan", *argv)
    assert (written.code, written.out) == (shown.code, "")
    assert written.err == shown.err
    assert (project / "r").read_text("utf-8") == shown.out


def test_a_file_without_a_format_is_full_text(project: Path) -> None:
    assert run(project, "scan", "--output-file", "r.txt").out == ""
    assert "learned in:" in (project / "r.txt").read_text("utf-8")


@pytest.mark.parametrize("argv", [["--output", "concise=-"], ["--output-file", "-"], []])
def test_a_dash_is_stdout(project: Path, argv: list[str]) -> None:
    assert "a.py:1:5:" in run(project, "scan", *argv).out
    assert sorted(os.listdir(project)) == ["a.py", "rules.yaml"]


def test_a_clean_run_empties_the_report_of_the_last(project: Path) -> None:
    run(project, "scan", "--output", "concise=r.txt")
    write(project, {"a.py": ""})
    assert run(project, "scan", "--output", "concise=r.txt").code == 0
    assert (project / "r.txt").read_text("utf-8") == ""


def test_a_file_name_may_hold_an_equals_sign(project: Path) -> None:
    run(project, "scan", "--output", "json=a=b.json")
    assert (project / "a=b.json").is_file()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        pytest.param(["--output", "pdf"], "no format 'pdf'", id="an unknown format"),
        pytest.param(["--output", "json="], "a file is missing", id="no name"),
        pytest.param(["--output", "json=no/r"], "its folder does not exist", id="no folder"),
        pytest.param(["--output-file", "no/r"], "its folder does not exist", id="no folder either"),
        pytest.param(["--output-file", ""], "the name of its file is empty", id="an empty name"),
        pytest.param(["--output", "json=."], "is a folder", id="a folder"),
        pytest.param(["--output-file", "a.py"], "that is code", id="code"),
        pytest.param(["--output-file", "rules.yaml"], "is read by the scan", id="the rulebook"),
        pytest.param(
            ["--output", "json", "--output", "full"], "two reports go to stdout", id="stdout twice"
        ),
        pytest.param(
            ["--output", "json", "--output-format", "full"], "two reports go to stdout", id="both"
        ),
        pytest.param(
            ["--output", "json=r", "--output", "json=./r"], "two reports go to", id="a file twice"
        ),
        pytest.param(
            ["--diff", "--output", "json=r"], "no report can be written", id="beside a diff"
        ),
        pytest.param(
            ["--statistics", "--output", "sarif"],
            "--statistics goes with full, concise, json, not with sarif",
            id="a format that lists",
        ),
    ],
)
def test_what_cannot_be_written_is_told_before_the_scan(
    project: Path, argv: list[str], told: str
) -> None:
    answer = run(project, "scan", *argv)
    assert answer.code == 2
    assert answer.out == ""
    (line,) = answer.err.splitlines()
    assert line.startswith("stuck-rules: ")
    assert told in line
    assert sorted(os.listdir(project)) == ["a.py", "rules.yaml"]
    assert (project / "a.py").read_text() == ERROR
    assert (project / "rules.yaml").read_text() == RULES


@posix
def test_the_mode_of_a_report_is_kept_and_that_of_a_new_one_is_usual(project: Path) -> None:
    report = project / "r.json"
    report.write_text("old")
    report.chmod(0o640)
    previous = os.umask(0o022)
    try:
        run(project, "scan", "--output", "json=r.json", "--output", "concise=new.txt")
    finally:
        os.umask(previous)
    assert stat.S_IMODE(report.stat().st_mode) == 0o640
    assert stat.S_IMODE((project / "new.txt").stat().st_mode) == 0o644


@posix
def test_a_link_stays_and_its_target_is_written(project: Path) -> None:
    (project / "real").mkdir()
    (project / "r.json").symlink_to("real/r.json")
    run(project, "scan", "--output", "json=r.json")
    assert (project / "r.json").is_symlink()
    assert json.loads((project / "real/r.json").read_text("utf-8"))["version"] == 1


@posix
def test_a_pipe_is_written_to(project: Path) -> None:
    program = f'"{sys.executable}" -m stuck_rules scan -q --output json=/dev/stdout | cat'
    done = subprocess.run(
        ["sh", "-c", program], cwd=project, capture_output=True, check=False, timeout=60
    )
    assert json.loads(done.stdout)["summary"]["violations"] == 1
    assert done.stderr == b""


@posix
def test_a_device_is_written_to(project: Path) -> None:
    assert run(project, "scan", "--output", "json=/dev/null").code == 1
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_report_that_fails_after_all_is_2_and_the_others_are_given(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace(_source: str, _target: str) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        answer = run(project, "scan", "--output", "json=r.json", "--output", "concise")
    assert answer.code == 2
    assert answer.out.startswith("a.py:1:5:")
    assert "r.json: the report could not be written: No space left on device" in answer.err
    assert sorted(os.listdir(project)) == ["a.py", "rules.yaml"]


def test_what_could_not_be_checked_is_never_in_a_file_alone(project: Path) -> None:
    write(project, {"a.py": BROKEN})
    answer = run(project, "scan", "--quiet", "--output", "sarif=r.sarif")
    assert answer.code == 2
    assert answer.err.startswith("a.py:2:")
    assert "syntax" in (project / "r.sarif").read_text("utf-8")


def test_a_file_is_plain_where_the_terminal_is_not(project: Path) -> None:
    run(project, "scan", "--output", "full=r.txt", environment={"FORCE_COLOR": "1"})
    assert "\x1b" not in (project / "r.txt").read_text("utf-8")


def test_text_that_no_encoding_has_is_written_all_the_same(project: Path) -> None:
    write(project, {"a.py": "x = MagicNone  # \ufeff\u202e\n"})
    answer = run(project, "scan", "--output", "full=r.txt")
    assert answer.code == 1
    assert "\\u202e" in (project / "r.txt").read_text("utf-8")


ACTIONS = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "o/r",
    "GITHUB_SHA": "abc",
}


def test_only_hosted_formats_link_to_the_commit(project: Path) -> None:
    run(project, "scan", "--output", "json=r.json", "--output=markdown=r.md", environment=ACTIONS)
    blob = "https://github.com/o/r/blob/abc/docs/log.md#mocks"
    assert blob in (project / "r.md").read_text("utf-8")
    assert blob not in (project / "r.json").read_text("utf-8")


def test_statistics(project: Path) -> None:
    write(project, {"b.py": "old()\nold()\nnew(1)\n"})
    answer = run(project, "scan", "--statistics")
    assert answer.code == 1
    assert answer.out == (
        "violations  severity  fixable  rule\n"
        "         2  warning   -        old-call\n"
        "         1  error     -        magic-none\n"
        "         1  info      -        hint\n"
    )
    counted = run(project, "scan", "--statistics", "--output-format", "json")
    assert [item["violations"] for item in counted.objects("statistics")] == [2, 1, 1]


def test_statistics_know_the_fixes_of_patterns(project: Path) -> None:
    write(
        project, {"rules.yaml": RULES.replace("pattern: old(...)", "pattern: old()\n    fix: n()")}
    )
    write(project, {"a.py": "old()\n"})
    counted = run(project, "scan", "--statistics", "--output", "json")
    assert [item["fixable"] for item in counted.objects("statistics")] == [1]
    assert "old-call" in run(project, "scan", "--statistics").out
