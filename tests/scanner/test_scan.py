"""Files against rule sets: which rules look at a file, and what cannot be answered."""

from __future__ import annotations

import pytest

from stuck_rules.errors import ProblemKind
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import CheckCall, FilesCondition, PathFilter, Rule, TextCondition
from stuck_rules.scanner.checking import CheckSettings, package_of
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.scanner.scan import Scan, Scanner
from tests.scanner.projects import Project

NAME = Rule("name", "m", Pattern("Bad"))
ALWAYS = Rule("always", "m", CheckCall("test-module", (), 0))
SHELL = Rule("shell", "m", TextCondition("(?m)^rm", (), 0), paths=PathFilter(include=("*.sh",)))
COUNT = Rule("count", "m", FilesCondition("**/conftest.py", 1, None, 0))
IMPORTS = Rule("imports", "m", CheckCall("relative-import", (), 0))


def scan(project: Project, *rules: Rule, prefix: str = "", size: int = 1_000) -> Scan:
    rule_set = RuleSet(rules, prefix)
    found = project.discover(".", wanted=rule_set.wants)
    return Scanner(CheckSettings((rule_set,), size)).scan(found.files)


def hits(result: Scan) -> list[tuple[str, str, int]]:
    return [(v.rule, v.path.shown, v.span.start.line) for v in result.violations]


def kinds(result: Scan) -> list[tuple[ProblemKind, str]]:
    return [(problem.kind, problem.path) for problem in result.problems]


def test_violations_of_all_files_are_sorted(project: Project) -> None:
    project.write("b.py", "a/c.py", text="x = 1\nx = Bad\n")
    assert hits(scan(project, NAME)) == [("name", "a/c.py", 2), ("name", "b.py", 2)]


def test_the_lines_of_violations_are_kept(project: Project) -> None:
    project.write("a.py", text="\ufeffx = (\r\n    Bad)\r\ny = Bad\r\n")
    assert scan(project, NAME).lines == {("a.py", 2): "    Bad)", ("a.py", 3): "y = Bad"}


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param(PathFilter(), ["a/x.py", "tests/y.py"], id="all"),
        pytest.param(PathFilter(include=("a/",)), ["a/x.py"], id="include"),
        pytest.param(PathFilter(exclude=("tests/",)), ["a/x.py"], id="exclude"),
        pytest.param(PathFilter(("*.py",), ("x.py",)), ["tests/y.py"], id="both"),
    ],
)
def test_a_rule_looks_at_the_files_of_its_paths(
    project: Project, paths: PathFilter, expected: list[str]
) -> None:
    project.write("a/x.py", "tests/y.py", text="Bad\n")
    rule = Rule("name", "m", Pattern("Bad"), paths=paths)
    assert [path for _, path, _ in hits(scan(project, rule))] == expected


def test_globs_are_relative_to_the_rulebooks_folder(project: Project) -> None:
    project.write("sub/a/x.py", "sub/b/x.py", text="Bad\n")
    rule = Rule("name", "m", Pattern("Bad"), paths=PathFilter(include=("/a/",)))
    assert hits(scan(project, rule)) == []
    assert hits(scan(project, rule, prefix="sub/")) == [("name", "sub/a/x.py", 1)]


def test_text_rules_look_at_other_files_alone(project: Project) -> None:
    project.write("a.sh", "b.txt", "c.py", text="rm\n")
    assert hits(scan(project, SHELL)) == [("shell", "a.sh", 1)]


def test_files_are_counted(project: Project) -> None:
    project.write("conftest.py", "a/conftest.py", "b/conftest.py")
    assert hits(scan(project, COUNT)) == [
        ("count", "b/conftest.py", 1),
        ("count", "conftest.py", 1),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Bad = (\n", ProblemKind.SYNTAX, id="syntax"),
        pytest.param("Bad\0\n", ProblemKind.ENCODING, id="NUL"),
        pytest.param("Bad\n" * 500, ProblemKind.TOO_LARGE, id="size"),
        pytest.param("Bad" + "(" * 300 + ")" * 300, ProblemKind.TOO_DEEP, id="depth"),
    ],
)
def test_a_file_that_cannot_be_checked_does_not_end_the_run(
    project: Project, text: str, kind: ProblemKind
) -> None:
    project.write("a.py", text=text).write("b.py", text="Bad\n")
    result = scan(project, NAME)
    assert kinds(result) == [(kind, "a.py")]
    assert hits(result) == [("name", "b.py", 1)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = (\n", id="syntax"),
        pytest.param("x = 1\n" * 500, id="size"),
        pytest.param("x" + "(" * 300 + ")" * 300, id="depth"),
    ],
)
def test_a_file_without_any_rules_words_is_decided_unparsed(project: Project, text: str) -> None:
    project.write("a.py", text=text)
    assert kinds(scan(project, NAME)) == []
    assert kinds(scan(project, ALWAYS)) != []


def test_every_file_is_decoded(project: Project) -> None:
    project.write("a.py")
    (project.root / "a.py").write_bytes(b"x = '\xe9'\n")
    assert kinds(scan(project, NAME)) == [(ProblemKind.ENCODING, "a.py")]


def test_a_rule_that_fails_is_a_problem_of_the_file(project: Project) -> None:
    project.write("a.py", text="Bad(1)\n")
    result = scan(project, NAME, Rule("broken", "m", Pattern("Bad(")))
    assert kinds(result) == [(ProblemKind.RULE, "a.py")]
    assert hits(result) == [("name", "a.py", 1)]


def test_code_as_deep_as_is_allowed_is_checked(project: Project) -> None:
    project.write("a.py", text="x = " + "(" * 190 + "Bad" + ")" * 190 + "\n")
    result = scan(project, NAME, size=100_000)
    assert (kinds(result), len(hits(result))) == ([], 1)


def test_a_long_chain_is_checked(project: Project) -> None:
    project.write("a.py", text="x = Bad" + " + 1" * 450 + "\n")
    result = scan(project, NAME, size=100_000)
    assert (kinds(result), len(hits(result))) == ([], 1)


@pytest.mark.parametrize(
    ("packages", "expected"),
    [
        ((), None),
        (("a/b/__init__.py",), "b"),
        (("a/__init__.py", "a/b/__init__.py"), "a.b"),
        (("a/__init__.py",), None),
    ],
)
def test_the_package_is_told_by_its_folders(
    project: Project, packages: tuple[str, ...], expected: str | None
) -> None:
    project.write("a/b/c.py", *packages)
    assert package_of(str(project.root / "a" / "b" / "c.py")) == expected


def test_a_relative_import_is_fixed_by_its_package(project: Project) -> None:
    project.write("a/__init__.py", text="").write("a/b.py", text="from .c import x\n")
    (violation,) = scan(project, IMPORTS).violations
    assert violation.fix is not None
    assert "a.c" in [edit.text for edit in violation.fix.edits]
