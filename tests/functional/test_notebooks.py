"""Notebooks: found as files, checked as one module, reported and fixed by cell."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from stuck_rules.cli.console import Console
from stuck_rules.cli.main import main
from tests.functional.program import run, write
from tests.notebooks.books import code, notebook, prose
from tests.scanner.projects import run_git

RULES = """\
rules:
  - {id: old-call, message: old() is slow., severity: error, pattern: old($X), fix: new($X)}
  - {id: kept, message: Look at this., severity: warning, pattern: keep()}
  - {id: dots, message: No dots., check: relative-import}
  - id: mock
    message: Import it.
    severity: error
    check: undefined-name
    with: {names: [MagicMock], module: unittest.mock}
  - {id: output, message: No outputs., text: '"output_type"', paths: {include: ["*.ipynb"]}}
"""

BOOK = notebook(
    prose("# old(1)"),
    "%matplotlib inline\nimport os\nfiles = !ls\nx = old(files)",
    "%%bash\nold(3)",
    "%%time\nif x:\n    !rm old(2)\n    y = old(4)\n",
    "keep()  # stuck-rules: ignore[kept] -- a test of it\nkeep()",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES})
    return tmp_path


def concise(project: Path, *argv: str) -> list[str]:
    return run(project, "scan", "--output-format", "concise", *argv).out.splitlines()


EXPECTED = [
    "nb.ipynb:cell 2:4:5: old-call old() is slow.",
    "nb.ipynb:cell 4:4:9: old-call old() is slow.",
    "nb.ipynb:cell 5:2:1: kept Look at this.",
]


@pytest.mark.parametrize("argv", [[], ["nb.ipynb"], ["sub", "nb.ipynb"]])
def test_cells_are_checked(project: Path, argv: list[str]) -> None:
    write(project, {"nb.ipynb": BOOK, "sub/a.py": ""})
    assert concise(project, *argv) == EXPECTED


def test_copies_that_jupyter_keeps_are_left_out(project: Path) -> None:
    write(project, {"a.py": "", ".ipynb_checkpoints/nb-checkpoint.ipynb": BOOK})
    assert concise(project) == []


def test_full_text_shows_the_cells_line(project: Path) -> None:
    write(project, {"nb.ipynb": BOOK})
    shown = run(project, "scan", "--select", "old-call").out
    assert "nb.ipynb:cell 4:4:9: error old-call: old() is slow.\n  4 |     y = old(4)\n" in shown


def test_json_has_a_key_for_the_cell(project: Path) -> None:
    write(project, {"nb.ipynb": BOOK, "b.py": "old(1)\n"})
    violations = run(project, "scan", "--output-format", "json").objects("violations")
    assert [(v["path"], v["cell"], v["line"], v["column"]) for v in violations] == [
        ("b.py", None, 1, 1),
        ("nb.ipynb", 2, 4, 5),
        ("nb.ipynb", 4, 4, 9),
        ("nb.ipynb", 5, 2, 1),
    ]
    fix = violations[1]["fix"]
    assert isinstance(fix, dict)
    assert [(edit["path"], edit["cell"], edit["line"]) for edit in fix["edits"]] == [
        ("nb.ipynb", 2, 4)
    ]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        pytest.param(
            "github",
            "::error file=nb.ipynb,line={line},endLine={line},title=old-call"
            "::cell 4:4:9: old() is slow.",
            id="github",
        ),
        pytest.param("gitlab", '"description": "cell 4:4:9: old() is slow."', id="gitlab"),
        pytest.param("gitlab", '"begin": {line}', id="gitlab's line"),
        pytest.param("sarif", '"startLine": {line},', id="sarif's line"),
        pytest.param("sarif", '"text": "cell 4:4:9: old() is slow."', id="sarif"),
        pytest.param("junit", 'classname="nb_ipynb:cell 4"', id="junit"),
        pytest.param("junit", ">nb.ipynb:cell 4:4:9\n", id="junit's text"),
        pytest.param("markdown", "<code>nb.ipynb:cell 4:4:9</code>", id="markdown"),
    ],
)
def test_machines_are_told_the_line_of_the_file(project: Path, form: str, expected: str) -> None:
    write(project, {"nb.ipynb": BOOK})
    line = BOOK.split("\n").index('    "    y = old(4)\\n"') + 1
    shown = run(project, "scan", "--output-format", form).out
    assert expected.replace("{line}", str(line)) in shown
    assert "Column" not in shown or form != "sarif"


def test_all_cells_are_one_module(project: Path) -> None:
    write(project, {"nb.ipynb": notebook("from unittest.mock import MagicMock", "MagicMock()")})
    assert concise(project) == []
    write(project, {"nb.ipynb": notebook("MagicMock()", "from .a import b")})
    assert [line.split(": ")[1].split()[0] for line in concise(project)] == ["mock", "dots"]


def test_a_text_rule_sees_the_file_as_it_is(project: Path) -> None:
    cell = {**code("x = 1"), "outputs": [{"output_type": "stream", "name": "stdout", "text": []}]}
    text = notebook(cell)
    write(project, {"nb.ipynb": text})
    (line,) = concise(project)
    number = next(n for n, each in enumerate(text.split("\n"), 1) if "output_type" in each)
    assert line == f"nb.ipynb:{number}:6: output No outputs."


def test_fingerprints_know_no_numbers_of_cells(project: Path) -> None:
    def fingerprints() -> list[object]:
        answer = run(project, "scan", "--output-format", "json")
        return [v["fingerprint"] for v in answer.objects("violations")]

    write(project, {"nb.ipynb": notebook("old(1)", "keep()")})
    before = fingerprints()
    write(project, {"nb.ipynb": notebook(prose("new"), "x = 1\n\nold(1)", "%magic\nkeep()")})
    assert fingerprints() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("{", "nb.ipynb:1:2: error: not checked: no notebook: not JSON", id="broken"),
        pytest.param(b"\xff", "nb.ipynb:1: error: not checked: not UTF-8", id="no text"),
        pytest.param(
            '{"nbformat": 3, "worksheets": []}',
            "nb.ipynb: error: not checked: a notebook of format 3",
            id="an old format",
        ),
        pytest.param(
            notebook("x = 1", "old(\n"),
            "nb.ipynb:cell 2:1:4: error: not checked: syntax",
            id="code",
        ),
    ],
)
def test_what_cannot_be_checked(project: Path, text: str | bytes, told: str) -> None:
    write(project, {"nb.ipynb": text})
    answer = run(project, "scan")
    assert answer.code == 2
    assert answer.err.startswith(told)


def test_a_syntax_error_has_its_place_in_every_format(project: Path) -> None:
    text = notebook("x = 1", "y = 2\nold(\n")
    write(project, {"nb.ipynb": text})
    line = text.split("\n").index('    "old(\\n"') + 1
    errors = run(project, "scan", "--output-format", "json").objects("errors")
    assert [(e["path"], e["cell"], e["line"], e["column"]) for e in errors] == [
        ("nb.ipynb", 2, 2, 4)
    ]
    shown = run(project, "scan", "--output-format", "github").out
    assert shown.startswith(
        f"::error file=nb.ipynb,line={line},title=not checked (syntax)::cell 2:2"
    )
    assert f'"startLine": {line}' in run(project, "scan", "--output-format", "sarif").out


def test_a_notebook_of_another_language_is_not_ours(project: Path) -> None:
    write(project, {"nb.ipynb": notebook("x <- old(1)", language="R")})
    assert run(project, "scan").code == 0


def test_fixes_write_only_the_lines_that_change(project: Path) -> None:
    cell = {**code("y = 1\nold(4)  # é"), "outputs": [{"text": ["old(1)\n"], "x": 1e400}]}
    text = notebook(prose("# old(1)"), "%magic\nold(1)", cell).replace("\n", "\r\n")
    write(project, {"nb.ipynb": text})
    answer = run(project, "scan", "--fix")
    assert (answer.code, answer.out) == (0, "")
    assert "Fixed 2 violations in 1 file" in answer.err
    expected = text.replace('    "old(1)"', '    "new(1)"').replace("old(4)", "new(4)")
    assert (project / "nb.ipynb").read_bytes().decode() == expected
    assert run(project, "scan", "--fix").err.startswith("no violations")


def test_imports_go_to_the_imports(project: Path) -> None:
    write(project, {"nb.ipynb": notebook(prose("x"), "%magic\nimport os", "x = MagicMock()")})
    assert run(project, "scan", "--fix").code == 0
    cells = json.loads((project / "nb.ipynb").read_text("utf-8"))["cells"]
    assert ["".join(cell["source"]) for cell in cells[1:]] == [
        "%magic\nimport os\nfrom unittest.mock import MagicMock",
        "x = MagicMock()",
    ]


def test_imports_go_to_the_first_code_where_there_are_none(project: Path) -> None:
    write(project, {"nb.ipynb": notebook(prose("x"), "a = 1", "x = MagicMock()")})
    assert run(project, "scan", "--fix").code == 0
    cells = json.loads((project / "nb.ipynb").read_text("utf-8"))["cells"]
    assert "".join(cells[1]["source"]).split("\n")[0] == "from unittest.mock import MagicMock"
    assert "".join(cells[2]["source"]) == "x = MagicMock()"


def test_imports_go_behind_a_cell_magic(project: Path) -> None:
    write(project, {"nb.ipynb": notebook("%%time\nx = MagicMock()")})
    assert run(project, "scan", "--fix").code == 0
    (cell,) = json.loads((project / "nb.ipynb").read_text("utf-8"))["cells"]
    assert "".join(cell["source"]) == (
        "%%time\nfrom unittest.mock import MagicMock\nx = MagicMock()"
    )


def test_what_cannot_be_fixed_in_its_cell_is_left_and_told(project: Path) -> None:
    rules = 'rules:\n  - {id: two, message: M., pattern: "a()\\nb()", fix: c()}\n'
    text = notebook("a()", "b()")
    write(project, {"rules.yaml": rules, "nb.ipynb": text})
    assert "Fixed" not in run(project, "scan", "--fix").err
    answer = run(project, "scan", "--fix", "--unsafe-fixes")
    assert answer.code == 2
    assert "reach across cells or magics" in answer.err
    assert (project / "nb.ipynb").read_text("utf-8") == text


def test_a_diff_is_one_of_the_file(project: Path) -> None:
    write(project, {"nb.ipynb": notebook("old(1)")})
    answer = run(project, "scan", "--diff")
    assert answer.code == 1
    assert '-    "old(1)"\n+    "new(1)"\n' in answer.out
    assert answer.out.startswith("--- nb.ipynb\n+++ nb.ipynb\n")


def test_a_notebook_from_stdin(project: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    text = notebook("old(1)")
    console = Console(out, err, project, {}, io.BytesIO(text.encode()))
    assert main(["scan", "-", "--stdin-filename", "new.ipynb", "--fix"], console) == 0
    assert out.getvalue() == text.replace("old(1)", "new(1)")


def test_a_suppression_that_hides_nothing_is_told_and_removed_in_its_cell(project: Path) -> None:
    comment = "  # stuck-rules: ignore[old-call] -- slow, but once"
    write(project, {"nb.ipynb": notebook("x = 1", f"y = 2\nz = 3{comment}")})
    (line,) = concise(project)
    assert line.startswith("nb.ipynb:cell 2:2:8: unused-suppression")
    run(project, "scan", "--fix")
    assert (project / "nb.ipynb").read_text("utf-8") == notebook("x = 1", "y = 2\nz = 3")


def test_a_baseline_knows_the_violations_of_notebooks(project: Path) -> None:
    write(project, {"nb.ipynb": notebook("old(1)")})
    assert run(project, "baseline", "create").code == 0
    write(project, {"nb.ipynb": notebook(prose("new"), "old(1)", "old(2)")})
    assert concise(project) == ["nb.ipynb:cell 3:1:1: old-call old() is slow."]


def test_lines_that_a_change_touches_are_those_of_the_file(project: Path) -> None:
    run_git(project, "init", "-q")
    write(project, {"nb.ipynb": notebook("old(1)\nx = 1", "y = 1")})
    run_git(project, "add", ".")
    run_git(project, "commit", "-q", "-m", "x")
    write(project, {"nb.ipynb": notebook("old(1)\nx = 1", "y = 1\nold(2)")})
    assert concise(project, "--changed-since", "HEAD") == [
        "nb.ipynb:cell 2:2:1: old-call old() is slow."
    ]
