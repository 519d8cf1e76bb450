"""`stuck_rules.api` as other programs use it, and as docs/api.md says."""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import re
import runpy
from pathlib import Path

import pytest

from stuck_rules import api
from stuck_rules.errors import UsageError
from tests.functional.program import RULES, run, write
from tests.notebooks.books import notebook

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
_BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)
FIXING = RULES.replace("    pattern: MagicNone\n", "    pattern: MagicNone\n    fix: MagicMock()\n")


@pytest.fixture
def project(tmp_path: Path) -> api.Project:
    write(tmp_path, {"rules.yaml": FIXING, "app.py": "x = MagicNone\n"})
    return api.open_project(tmp_path)


def found(report: api.Report) -> list[tuple[str, str, int]]:
    return [(v.rule, v.path.shown, v.span.start.line) for v in report.violations]


def test_the_documentation_does_what_it_says(
    project: api.Project, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(project.root)
    program_file = tmp_path_factory.mktemp("program") / "program.py"
    blocks = _BLOCK.findall(DOCS.read_text("utf-8"))
    assert [kind for kind, _ in blocks] == ["python", "text"] * 3
    names: dict[str, object] = {}
    for (_, program), (_, expected) in zip(blocks[::2], blocks[1::2], strict=True):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            program_file.write_text(program, encoding="utf-8")
            names = runpy.run_path(str(program_file), names)
        assert printed.getvalue() == expected


@pytest.mark.parametrize("name", api.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(api, name))
    if name not in {"Position", "Suppression", "EntryLink", "ProblemKind", "FixedText", "Severity"}:
        assert f"{name}" in DOCS.read_text("utf-8")


def test_every_option_is_documented() -> None:
    fields = inspect.signature(api.ScanOptions).parameters
    assert [name for name in fields if f"`{name}`" not in DOCS.read_text("utf-8")] == []


def test_a_scan_is_that_of_the_command_line(project: api.Project) -> None:
    write(project.root, {"sub/b.py": "old()\nx = (\n", "c.py": "old()\n"})
    report = api.scan(project)
    answer = run(project.root, "scan", "--output-format", "json")
    assert answer.code == 2
    assert api.as_data(report) == answer.report
    assert api.render(report, "json") == answer.out


def test_options_narrow_it(project: api.Project) -> None:
    write(project.root, {"c.py": "old()\nx = MagicNone\n"})
    options = api.ScanOptions(paths=("c.py",), select=("old-call",))
    assert found(api.scan(project, options)) == [("old-call", "c.py", 1)]


def test_the_environment_has_no_say(project: api.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUCK_RULES_IGNORE", "magic-none")
    assert found(api.scan(api.open_project(project.root))) == [("magic-none", "app.py", 1)]


@pytest.mark.parametrize(
    ("text", "path", "lines"),
    [
        pytest.param("\nx = MagicNone\n", "new.py", [2], id="a file that is not there"),
        pytest.param("x = 1\n", "app.py", [], id="instead of the file that is"),
        pytest.param("\r\nx = MagicNone\r\n", "new.py", [2], id="line ends of Windows"),
        pytest.param("\ufeffx = MagicNone\n", "new.py", [1], id="a byte order mark"),
        pytest.param(
            "# coding: latin-1\nx = 'é', MagicNone\n", "new.py", [2], id="a coding comment"
        ),
        pytest.param(
            "# coding: latin-1\nx = 'é', MagicNone\n".encode("latin-1"), "new.py", [2], id="bytes"
        ),
        pytest.param("x = MagicNone\n", "build/new.py", [], id="an excluded file"),
        pytest.param("x = MagicNone\n", "notes.txt", [], id="no Python"),
        pytest.param(notebook("x = MagicNone"), "new.ipynb", [1], id="a notebook"),
        pytest.param("", "new.py", [], id="nothing"),
    ],
)
def test_check_text(project: api.Project, text: str | bytes, path: str, lines: list[int]) -> None:
    report = api.check_text(project, text, path)
    assert [v.span.start.line for v in report.violations] == lines
    assert report.problems == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("x = (", api.ProblemKind.SYNTAX, id="no code"),
        pytest.param("x = '\udce9', MagicNone", api.ProblemKind.ENCODING, id="half a character"),
        pytest.param("# coding: ascii\n'é', MagicNone", api.ProblemKind.ENCODING, id="no such"),
        pytest.param("# coding: nonsense\nMagicNone", api.ProblemKind.ENCODING, id="no encoding"),
        pytest.param("MagicNone\0", api.ProblemKind.ENCODING, id="NUL"),
    ],
)
def test_a_text_that_cannot_be_checked_is_a_problem(
    project: api.Project, text: str, kind: api.ProblemKind
) -> None:
    if kind is api.ProblemKind.SYNTAX:
        text = f"MagicNone\n{text}"
    (problem,) = api.check_text(project, text, "new.py").problems
    assert (problem.kind, problem.path) == (kind, "new.py")


@pytest.mark.parametrize(
    ("text", "fixed", "number"),
    [
        pytest.param("x = MagicNone\n", "x = MagicMock()\n", 1, id="text"),
        pytest.param("x = MagicNone\r\n", "x = MagicMock()\r\n", 1, id="line ends of Windows"),
        pytest.param("\ufeffx = MagicNone", "\ufeffx = MagicMock()", 1, id="a byte order mark"),
        pytest.param(
            "# coding: latin-1\n'é', MagicNone",
            "# coding: latin-1\n'é', MagicMock()",
            1,
            id="coding",
        ),
        pytest.param("x = 1", "x = 1", 0, id="nothing to fix"),
        pytest.param("x = (", "x = (", 0, id="no code"),
        pytest.param(notebook("MagicNone"), notebook("MagicMock()"), 1, id="a notebook"),
    ],
)
def test_fix_text(project: api.Project, text: str, fixed: str, number: int) -> None:
    path = "new.ipynb" if text.startswith("{") else "new.py"
    result = api.fix_text(project, text, path)
    assert (result.text, result.fixed) == (fixed, number)
    assert result.report.violations == ()


def test_fixing_text_writes_no_file(project: api.Project) -> None:
    api.fix_text(project, "x = MagicNone\n", "app.py")
    assert (project.root / "app.py").read_text() == "x = MagicNone\n"


def test_fixing_files(project: api.Project) -> None:
    fixer = api.FileFixer()
    assert api.scan(project, fixer=fixer).violations == ()
    assert [file.shown for file in fixer.files] == ["app.py"]
    assert (project.root / "app.py").read_text() == "x = MagicMock()\n"


def test_progress_is_told_of_each_file(project: api.Project) -> None:
    write(project.root, {"b.py": "", "c.py": ""})
    told: list[tuple[int, int]] = []
    api.scan(project, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("form", ["full", "concise", "github", "sarif", "gitlab", "junit"])
def test_render(project: api.Project, form: str) -> None:
    report = api.scan(project)
    assert api.render(report, form) == run(project.root, "scan", "--output-format", form).out


def test_no_such_format(project: api.Project) -> None:
    with pytest.raises(UsageError, match="no format 'pdf'; there are full"):
        api.render(api.scan(project), "pdf")


def test_data_is_json(project: api.Project) -> None:
    data = api.as_data(api.scan(project))
    assert json.loads(json.dumps(data)) == data


def test_what_is_wrong_is_one_kind_of_error(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml": "rules: [{id: x, message: M., pattern: f((}]\n"})
    with pytest.raises(api.StuckRulesError) as caught:
        api.open_project(tmp_path)
    assert [problem.path for problem in caught.value.problems] == ["rules.yaml"]


def test_checks_of_ones_own(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "rules.yaml": "rules: [{id: x, message: X., check: of-mine}]\n",
            "my_checks_of_api.py": (
                "from stuck_rules.plugin import CheckSpec, CheckVisitor\n"
                "class Mine(CheckVisitor):\n"
                "    def visit_Pass(self, node):\n"
                "        self.report(node)\n"
                "CHECKS = (CheckSpec(name='of-mine', summary='S.',"
                " visitor='my_checks_of_api:Mine'),)\n"
            ),
        },
    )
    assert api.load_plugins(["my_checks_of_api"], root=tmp_path) == ("of-mine",)
    report = api.check_text(api.open_project(tmp_path), "pass\n", "a.py")
    assert found(report) == [("x", "a.py", 1)]


@pytest.mark.parametrize(
    ("paths", "name"),
    [
        pytest.param((".",), "app.py", id="below a folder that is scanned"),
        pytest.param(("app.py",), "./app.py", id="the same file, written otherwise"),
        pytest.param(("app.py",), "other.py", id="another file"),
    ],
)
def test_contents_that_no_path_asks_for_are_never_passed_over(
    project: api.Project, paths: tuple[str, ...], name: str
) -> None:
    options = api.ScanOptions(paths=paths, unsaved={name: b"x = 1\n"})
    with pytest.raises(UsageError, match=re.escape(repr(name))):
        api.scan(project, options)


def test_contents_of_a_path_stand_in_the_place_of_its_file(project: api.Project) -> None:
    options = api.ScanOptions(
        paths=("app.py", "new.py"), unsaved={"app.py": b"x = 1\n", "new.py": b"\ny = MagicNone\n"}
    )
    assert found(api.scan(project, options)) == [("magic-none", "new.py", 2)]
