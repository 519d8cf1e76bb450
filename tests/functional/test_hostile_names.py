"""What paths are called commands nothing, whether they are found, named, broken or missing."""

from __future__ import annotations

import json
import os
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from stuck_rules.reporters import FORMATS
from tests.functional.program import RULES, Answer, run, write
from tests.scanner.projects import run_git

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="such names are POSIX's")

NAMES = [
    pytest.param("\n::error::a.py", id="a command behind a line end"),
    pytest.param("a\r##[error]b.py", id="another command behind a return"),
    pytest.param("%0A::error file=x::%25.py", id="a command behind a coded line end"),
    pytest.param("\x1b]0;title\x07\x1b[2J.py", id="a terminal's title"),
    pytest.param("\x9b31m\x90.py", id="a terminal's short escapes"),
    pytest.param("<script>alert(1)<!--.py", id="a script"),
    pytest.param("]]><x a='\"&amp;.py", id="the end of a section"),
    pytest.param("[a](javascript:b)|`![.py", id="Markdown"),
    pytest.param("-rf.py", id="a leading dash"),
    pytest.param("--config=x.py", id="an option"),
    pytest.param("@team #1.py", id="a mention"),
    pytest.param("\u202egnp.py\u2066.py", id="a change of direction"),
    pytest.param(os.fsdecode(b"\xff\xfe\x80.py"), id="no UTF-8"),
]
WRONG = ["\x1b", "\x07", "\r", "\x9b", "\x90", "\u202e", "\u2066", "<script>"]


def check(answer: Answer, form: str) -> None:
    """Nothing in the streams commands their reader, and a document stays one."""
    for stream, is_markup in ((answer.out, form in {"junit", "markdown"}), (answer.err, False)):
        # What is no markup may hold a tag as it is.
        wrong = WRONG if is_markup else WRONG[:-1]
        assert [sign for sign in wrong if sign in stream] == []
        stream.encode("utf-8")
    assert "Traceback" not in answer.err
    assert not [line for line in answer.err.split("\n") if line.startswith(("::", "##["))]
    begun = [line for line in answer.out.split("\n") if line.startswith(("::", "##["))]
    assert all(form == "github" and line.startswith("::error ") for line in begun)
    if form in {"json", "sarif", "gitlab"}:
        json.loads(answer.out)
    if form == "junit":
        ET.fromstring(answer.out)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_that_name(tmp_path: Path, name: str, form: str) -> None:
    write(tmp_path, {"rules.yaml": RULES})
    for folder, text in (("wrong", b"MagicNone\n"), ("broken", b"MagicNone(\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(text)
    answer = run(tmp_path, "scan", "--output-format", form)
    assert answer.code == 2
    check(answer, form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_a_path_of_that_name_that_is_not_there(tmp_path: Path, name: str, form: str) -> None:
    write(tmp_path, {"rules.yaml": RULES})
    answer = run(tmp_path, "scan", "--output-format", form, "--", name)
    assert answer.code == 2
    check(answer, form)


@pytest.mark.parametrize("name", NAMES)
def test_fixes_of_that_name(tmp_path: Path, name: str) -> None:
    rules = RULES.replace("pattern: MagicNone", "pattern: MagicNone\n    fix: x")
    write(tmp_path, {"rules.yaml": rules})
    (tmp_path / name).write_text("MagicNone\n", encoding="utf-8")
    check(run(tmp_path, "scan", "--diff"), "concise")
    check(run(tmp_path, "scan", "--fix"), "concise")
    assert (tmp_path / name).read_text(encoding="utf-8") == "x\n"


@pytest.mark.parametrize("name", NAMES)
def test_git_applies_a_diff_of_that_name(tmp_path: Path, name: str) -> None:
    rules = RULES.replace("pattern: MagicNone", "pattern: MagicNone\n    fix: x")
    write(tmp_path, {"rules.yaml": rules})
    (tmp_path / name).write_text("MagicNone\n", encoding="utf-8")
    diff = run(tmp_path, "scan", "--diff").out
    (tmp_path / "x.diff").write_text(diff, encoding="utf-8")
    run_git(tmp_path, "apply", "-p0", "x.diff")
    assert (tmp_path / name).read_text(encoding="utf-8") == "x\n"
