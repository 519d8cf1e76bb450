"""Whatever is broken is one line with its place and exit code 2, never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.functional.program import RULES, assert_told_once, run, write

BROKEN_FILES = [
    pytest.param("MagicNone\ndef f(:\n    pass\n", 2, "syntax", id="a parser's error"),
    pytest.param(
        "MagicNone\na = 1\nb = 2\nc = 3\nd = 'open\n", 5, "syntax", id="a tokenizer's error"
    ),
    pytest.param("MagicNone\nx = '''open\ny\n", 2, "syntax", id="an open triple quote"),
    pytest.param("MagicNone\nx = (1,\ny = 2\n", 2, "syntax", id="an open bracket"),
    pytest.param("MagicNone\nx = 1)\n", 2, "syntax", id="a bracket too many"),
    pytest.param("if x:\n        MagicNone\n    y\n", 3, "syntax", id="a wrong dedent"),
    pytest.param("MagicNone\nx = 1 $ 2\n", 2, "syntax", id="a character that is no Python"),
    pytest.param("MagicNone\nprint 'x'\n", 2, "syntax", id="Python 2"),
    pytest.param("MagicNone\r\nx = 1\r\ndef f(:\r\n", 3, "syntax", id="Windows line ends"),
    pytest.param(
        "MagicNone\n" + "(" * 5000 + ")" * 5000 + "\n", 2, "too-deep", id="5,000 brackets"
    ),
    pytest.param(
        "MagicNone\nx = " + "[" * 5000 + "\n", 2, "too-deep", id="5,000 brackets left open"
    ),
    pytest.param(b"MagicNone\nx = '\x00'\n", 2, "encoding", id="a NUL byte"),
    pytest.param(
        "# caf\xe9\nMagicNone\n".encode("latin-1"), 1, "encoding", id="latin-1 without a cookie"
    ),
    pytest.param(b"x = 1\n# caf\xe9\n", 2, "encoding", id="latin-1 that no words admit"),
    pytest.param("# coding: klingon\nMagicNone\n", 1, "encoding", id="an unknown coding cookie"),
    pytest.param("MagicNone\n".encode("utf-16"), 1, "encoding", id="UTF-16"),
    pytest.param("MagicNone\n" + "#" * 1_100_000, None, "too-large", id="above max-file-size"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "wrong.py": "x = MagicNone\n"})
    return tmp_path


@pytest.mark.parametrize(
    ("source", "line"), [pytest.param(*p.values[:2], id=p.id) for p in BROKEN_FILES]
)
def test_a_broken_file_is_told_and_the_others_are_checked(
    project: Path, source: str | bytes, line: int | None
) -> None:
    write(project, {"broken.py": source})
    answer = run(project, "scan")
    assert answer.code == 2
    place = "broken.py:" if line is None else f"broken.py:{line}:"
    assert_told_once(answer, place)
    assert "wrong.py:1:5: error magic-none" in answer.out
    assert "broken.py" not in answer.out


@pytest.mark.parametrize(("source", "line", "kind"), BROKEN_FILES)
def test_json_lists_a_broken_file_among_the_errors(
    project: Path, source: str | bytes, line: int | None, kind: str
) -> None:
    write(project, {"broken.py": source})
    answer = run(project, "scan", "--output-format", "json")
    assert answer.code == 2
    errors = [(e["kind"], e["path"], e["line"]) for e in answer.objects("errors")]
    assert errors == [(kind, "broken.py", line)]
    assert [v["path"] for v in answer.objects("violations")] == ["wrong.py"]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(p.values[0], id=p.id)
        for p in BROKEN_FILES
        if p.values[2] == "syntax" and isinstance(p.values[0], str)
    ],
)
def test_the_line_of_a_syntax_error_is_cpythons(project: Path, source: str) -> None:
    write(project, {"broken.py": source})
    with pytest.raises(SyntaxError) as refused:
        compile(source, "broken.py", "exec")
    (error,) = run(project, "scan", "--output-format", "json").objects("errors")
    assert error["line"] == refused.value.lineno


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(:\n", id="a parser's error"),
        pytest.param("x = 'open\n", id="a tokenizer's error"),
        pytest.param("(" * 5000 + ")" * 5000, id="5,000 brackets"),
        pytest.param("#" * 1_100_000, id="a large file"),
    ],
)
def test_a_broken_file_that_no_words_admit_is_not_ours(project: Path, source: str) -> None:
    write(project, {"broken.py": source})
    assert run(project, "scan", "broken.py").code == 0
    assert run(project, "scan").code == 1


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="empty"),
        pytest.param("\n\n", id="blank lines"),
        pytest.param("# MagicNone", id="a comment without a line end"),
        pytest.param("'MagicNone'", id="a string"),
        pytest.param("\ufeff# MagicNone\n", id="a byte order mark"),
        pytest.param("# coding: latin-1\n# MagicNone caf\xe9".encode("latin-1"), id="a cookie"),
        pytest.param(
            b"#" + b"x" * 500 + b"\n# coding: latin-1\n# caf\xe9\n", id="a cookie far behind"
        ),
        pytest.param("# MagicNone\n\fx = 1\n", id="a form feed"),
        pytest.param("# MagicNone\rx = 1\r", id="old line ends"),
    ],
)
def test_an_odd_file_that_is_python_is_checked(project: Path, source: str | bytes) -> None:
    write(project, {"odd.py": source})
    answer = run(project, "scan", "odd.py")
    assert (answer.code, answer.out) == (0, "")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_closed_file_is_told(project: Path) -> None:
    write(project, {"closed.py": "MagicNone\n"})
    (project / "closed.py").chmod(0)
    answer = run(project, "scan")
    assert answer.code == 2
    assert_told_once(answer, "closed.py: error: not checked: cannot be read")
    assert "wrong.py:1:5" in answer.out


@pytest.mark.parametrize(
    ("paths", "place"),
    [
        pytest.param(["nowhere.py"], "nowhere.py: error:", id="a missing file"),
        pytest.param(["no/where"], "no/where: error:", id="a missing folder"),
        pytest.param(["wrong.py/x.py"], "wrong.py/x.py: error:", id="below a file"),
        pytest.param(["dangling.py"], "dangling.py: error:", id="a dangling link"),
        pytest.param(["circle.py"], "circle.py: error:", id="a link to itself"),
        pytest.param(["pipe.py"], "pipe.py: error:", id="a pipe"),
        pytest.param(["empty"], "empty: error:", id="an empty folder"),
        pytest.param(["folder.py"], "folder.py: error:", id="an empty folder named like a file"),
        pytest.param([""], "error:", id="the empty path"),
        pytest.param(["x" * 300], "x" * 300 + ": error:", id="a name that is too long"),
    ],
)
def test_a_path_that_leads_to_no_file_is_told(project: Path, paths: list[str], place: str) -> None:
    (project / "empty").mkdir()
    (project / "folder.py").mkdir()
    (project / "dangling.py").symlink_to("nowhere")
    (project / "circle.py").symlink_to("circle.py")
    if hasattr(os, "mkfifo"):
        os.mkfifo(project / "pipe.py")
    answer = run(project, "scan", *paths, "wrong.py")
    assert answer.code == 2
    told = [line for line in answer.err.splitlines() if "error:" in line]
    assert len(told) == 1
    assert told[0].startswith(place)
    assert "wrong.py:1:5" in answer.out


def test_links_and_pipes_that_are_met_do_no_harm(project: Path) -> None:
    (project / "folder.py").mkdir()
    (project / "dangling.py").symlink_to("nowhere")
    (project / "circle.py").symlink_to("circle.py")
    (project / "around").symlink_to(project)
    answer = run(project, "scan", "--output-format", "json")
    assert answer.code == 1
    assert [v["path"] for v in answer.objects("violations")] == ["wrong.py"]
