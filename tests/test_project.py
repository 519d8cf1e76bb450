"""Which rulebook holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.links import shown_path
from stuck_rules.project import Project, open_project
from tests.scanner.projects import run_git


def book(rule_id: str) -> str:
    return f"rules:\n  - {{id: {rule_id}, message: m, pattern: x}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    run_git(tmp_path, "init", "-q")
    return tmp_path.resolve()


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def books(project: Project) -> list[str]:
    return [rulebook.path for rulebook in project.rulebooks]


@pytest.mark.parametrize(
    ("files", "cwd", "paths", "expected"),
    [
        pytest.param({"rules.yaml": book("a")}, ".", (), "rules.yaml", id="here"),
        pytest.param({"rules.yaml": book("a")}, "sub", (), "../rules.yaml", id="above"),
        pytest.param(
            {"rules.yaml": book("a"), "sub/rules.yaml": book("b")},
            "sub",
            (),
            "rules.yaml",
            id="the nearest",
        ),
        pytest.param(
            {"rules.yaml": book("a"), "sub/rules.yaml": book("b")},
            ".",
            ("sub/x.py",),
            "rules.yaml",
            id="that of where the user stands, so that a list that is split has one answer",
        ),
        pytest.param(
            {"sub/rules.yaml": book("b")},
            ".",
            ("sub/a/x.py", "sub/b/y.py"),
            "sub/rules.yaml",
            id="that of what is scanned where there is none",
        ),
        pytest.param(
            {"sub/rules.yaml": book("b"), "rules.yaml": book("a"), "sub/stuck-rules.toml": ""},
            ".",
            ("sub/x.py",),
            "sub/rules.yaml",
            id="the settings' own",
        ),
        pytest.param(
            {"rules.yaml": book("a"), "sub/rules.yaml": "rules:\n  - alert: x\n    expr: y\n"},
            "sub",
            (),
            "../rules.yaml",
            id="another tool's is passed over",
        ),
        pytest.param(
            {"rules.yaml": book("a"), "sub/rules.yaml": "name: x\n"},
            "sub",
            (),
            "../rules.yaml",
            id="one without rules is passed over",
        ),
        pytest.param(
            {"rules.yaml": book("a"), "x/pyproject.toml": "[tool.stuck-rules]\n"},
            "x",
            (),
            "../rules.yaml",
            id="settings that name none",
        ),
    ],
)
def test_the_nearest_rulebook_holds(
    root: Path, files: dict[str, str], cwd: str, paths: tuple[str, ...], expected: str
) -> None:
    write(root, {**files, f"{cwd}/x.py": ""})
    project = open_project(root / cwd, paths)
    shown = f"{root.as_posix()}{expected}" if expected.startswith("/") else expected
    assert books(project) == [shown]
    assert not project.rulebooks[0].bundled


@pytest.mark.parametrize("files", [{}, {"rules.yaml": "name: x\n"}])
def test_without_one_the_bundled_one_holds(root: Path, files: dict[str, str]) -> None:
    write(root, files)
    (rulebook,) = open_project(root).rulebooks
    assert rulebook.bundled
    assert "magic-none" in {rule.id for rule in rulebook.rules}


def test_a_rulebook_above_the_repository_does_not_hold(root: Path) -> None:
    write(root, {"rules.yaml": book("a"), "inner/x.py": ""})
    run_git(root / "inner", "init", "-q")
    assert open_project(root / "inner").rulebooks[0].bundled


def test_the_configuration_is_taken_before_the_nearest(root: Path) -> None:
    settings = '[tool.stuck-rules]\nrulebook = ["cfg/a.yaml", "cfg/b.yaml"]\n'
    files = {"cfg/a.yaml": book("a"), "cfg/b.yaml": book("b"), "rules.yaml": book("c")}
    write(root, {**files, "pyproject.toml": settings, "sub/x.py": ""})
    assert books(open_project(root)) == ["cfg/a.yaml", "cfg/b.yaml"]
    assert books(open_project(root / "sub")) == ["../cfg/a.yaml", "../cfg/b.yaml"]


def test_arguments_are_taken_before_the_configuration(root: Path) -> None:
    settings = '[tool.stuck-rules]\nrulebook = ["cfg/a.yaml"]\n'
    files = {"cfg/a.yaml": book("a"), "sub/d.yaml": book("d"), "pyproject.toml": settings}
    write(root, files)
    project = open_project(root / "sub", rulebooks=["d.yaml"])
    assert books(project) == ["d.yaml"]
    assert project.prefix(project.rulebooks[0]) == "sub/"


def test_a_named_rulebook_that_is_not_there_is_told(root: Path) -> None:
    with pytest.raises(RulebookError, match=r"^none.yaml: no such rulebook$"):
        open_project(root, rulebooks=["none.yaml"])


def test_a_broken_nearest_rulebook_is_told_and_not_passed_over(root: Path) -> None:
    write(root, {"rules.yaml": "rules:\n  - id: a\n   bad\n"})
    with pytest.raises(RulebookError, match=r"^rules.yaml:3"):
        open_project(root)


def test_rules_that_cannot_run_are_told(root: Path) -> None:
    write(root, {"rules.yaml": "rules:\n  - {id: a, message: m, check: zzz}\n"})
    with pytest.raises(RulebookError, match=r"^rules.yaml:2:32: unknown check 'zzz'"):
        open_project(root)


def test_an_id_in_two_rulebooks_is_refused(root: Path) -> None:
    write(root, {"a.yaml": book("a"), "b.yaml": book("a")})
    with pytest.raises(RulebookError, match=r"^b.yaml:2: rule 'a' stands in a.yaml too: take"):
        open_project(root, rulebooks=["a.yaml", "b.yaml"])


def test_the_root_is_the_repositorys(root: Path) -> None:
    write(root, {"a/b/x.py": ""})
    assert open_project(root / "a" / "b").root == root


def test_without_a_repository_the_root_is_where_the_user_stands(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.py": "", "a/rules.yaml": book("a")})
    project = open_project(tmp_path, ["a/x.py"])
    assert (project.root, books(project)) == (tmp_path.resolve(), ["a/rules.yaml"])
    assert project.prefix(project.rulebooks[0]) == "a/"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/p/a/b.py", "b.py"),
        ("/p/a/../a/b.py", "b.py"),
        ("/p/b.py", "../b.py"),
        ("/q/b.py", "/q/b.py"),
        ("/p/a", "."),
    ],
)
def test_a_path_as_a_user_would_type_it(path: str, expected: str) -> None:
    assert shown_path(Path(path), Path("/p/a"), Path("/p")) == expected


def test_what_is_wrong_in_several_rulebooks_is_told_at_once(tmp_path: Path) -> None:
    names = ("a.yaml", "b.yaml", "c.yaml")
    for name in names:
        (tmp_path / name).write_text("rules: []\n" if name == "b.yaml" else "rules: 1\n")
    with pytest.raises(RulebookError) as caught:
        open_project(tmp_path, rulebooks=names)
    assert [problem.path for problem in caught.value.problems] == ["a.yaml", "c.yaml"]
