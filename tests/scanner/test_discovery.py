from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.scanner.discovery import DiscoveredFile, DiscoverySettings, discover
from tests.scanner.projects import Project, shown

SCRIPT = "#!/usr/bin/env python3\nx = 1\n"


def kinds(problems: Sequence[Problem]) -> list[ProblemKind]:
    return [problem.kind for problem in problems]


@pytest.mark.parametrize(
    ("arguments", "cwd", "expected"),
    [
        pytest.param(["."], ".", ["a.py", "src/b.pyi", "src/deep/c.py"], id="the root"),
        pytest.param(["src"], ".", ["src/b.pyi", "src/deep/c.py"], id="a folder"),
        pytest.param(["./src/"], ".", ["src/b.pyi", "src/deep/c.py"], id="needless parts"),
        pytest.param(["."], "src", ["b.pyi", "deep/c.py"], id="from within"),
        pytest.param([".."], "src", ["../a.py", "../src/b.pyi", "../src/deep/c.py"], id="above"),
        pytest.param(["../a.py"], "src", ["../a.py"], id="a file above"),
        pytest.param(["./a.py"], ".", ["a.py"], id="a file"),
        pytest.param(["src/../a.py"], ".", ["src/../a.py"], id="up and down as typed"),
        pytest.param(["a.py", "src", "src/deep", ".", "a.py"], ".",
                     ["a.py", "src/b.pyi", "src/deep/c.py"], id="overlapping arguments"),
        pytest.param([], ".", [], id="nothing asked"),
    ],
)  # fmt: skip
def test_files_are_shown_as_a_user_would_type_them(
    project: Project, arguments: list[str], cwd: str, expected: list[str]
) -> None:
    project.write("a.py", "src/b.pyi", "src/deep/c.py", "src/notes.txt", "src/c.pyc")
    discovery = project.discover(*arguments, cwd=cwd)
    assert shown(discovery) == expected
    assert discovery.problems == ()
    assert discovery.notes == ()
    root = project.root
    assert all(file.absolute == root / file.path.relative for file in discovery.files)


def test_absolute_arguments_give_absolute_paths(project: Project) -> None:
    project.write("src/a.py", "b.py")
    root = project.root.as_posix()
    assert project.found(f"{root}/src", f"{root}/b.py") == [f"{root}/b.py", f"{root}/src/a.py"]


def test_paths_are_relative_to_the_root_wherever_one_stands(project: Project) -> None:
    project.write("src/a.py")
    for arguments, cwd in ((["."], "src"), (["src"], "."), ([str(project.root)], "src")):
        files = project.discover(*arguments, cwd=cwd).files
        assert [file.path.relative for file in files] == ["src/a.py"]


def test_files_outside_the_root_count_from_the_argument(project: Project, tmp_path: Path) -> None:
    Project(tmp_path).write("other/build/pkg/a.py", "other/pkg/build/b.py")
    files = project.discover("../other/build", "../other/build/pkg/a.py", "../other/pkg").files
    assert [file.path.relative for file in files] == ["a.py"]
    assert shown(project.discover("../other/build")) == ["../other/build/pkg/a.py"]
    assert [f.path.relative for f in project.discover("../other/build").files] == ["pkg/a.py"]


def test_the_root_keeps_its_paths_when_found_from_above(project: Project) -> None:
    project.write("src/a.py", "../beside/b.py")
    files = project.discover("..").files
    assert [(f.path.shown, f.path.relative) for f in files] == [
        ("../beside/b.py", "beside/b.py"),
        ("../project/src/a.py", "src/a.py"),
    ]


DEFAULTS = [
    ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "build", "dist", "__pycache__",
    ".tox", ".nox", ".eggs", "x.egg-info", "site-packages", ".mypy_cache", ".pytest_cache",
    ".ruff_cache", "__pypackages__",
]  # fmt: skip


@pytest.mark.parametrize("folder", DEFAULTS)
def test_folders_of_tools_are_excluded_named_or_found(project: Project, folder: str) -> None:
    project.write("a.py", f"{folder}/b.py", f"src/{folder}/deep/c.py")
    assert project.found(".") == ["a.py"]
    named = project.discover("a.py", f"{folder}/b.py", f"src/{folder}/deep/c.py")
    assert shown(named) == ["a.py"]
    assert named.problems == ()
    assert [item.reason for item in named.excluded] == ["excluded by default"] * 2


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("build.py", id="a file"),
        pytest.param("builder/a.py", id="a longer name"),
        pytest.param("my.venv/a.py", id="an ending"),
        pytest.param("egg-info/a.py", id="half a name"),
        pytest.param("env/a.py", id="an environment's name without one in it"),
        pytest.param("Build/a.py", id="another case"),
    ],
)
def test_what_looks_like_a_folder_of_a_tool_is_not_excluded(project: Project, name: str) -> None:
    project.write(name)
    assert project.found(".") == [name]
    assert project.found(name) == [name]


def test_a_script_named_like_a_folder_of_a_tool_is_not_excluded(project: Project) -> None:
    project.write("build", text=SCRIPT)
    assert project.found(".") == ["build"]


def test_virtual_environments_are_excluded_by_what_they_hold(project: Project) -> None:
    project.write("my-env/pyvenv.cfg", "my-env/lib/a.py", "b.py")
    assert project.found(".", "my-env/lib/a.py") == ["b.py"]


def test_names_above_the_root_never_count(tmp_path: Path) -> None:
    inner = Project(tmp_path / "build" / "venv")
    inner.write("a.py", "../pyvenv.cfg", "pyvenv.cfg")
    assert inner.found(".") == ["a.py"]
    assert inner.found("a.py") == ["a.py"]


def test_default_excludes_can_be_switched_off(project: Project) -> None:
    project.write("build/a.py", "venv/pyvenv.cfg", "venv/b.py", ".hg/c.py")
    assert shown(project.discover(".", default_excludes=False)) == ["build/a.py", "venv/b.py"]


@pytest.mark.parametrize(
    ("exclude", "expected"),
    [
        pytest.param(["gen/"], ["a.py", "src/b.py"], id="a folder anywhere"),
        pytest.param(["/gen/"], ["a.py", "src/b.py", "src/gen/d.py"], id="a folder at the root"),
        pytest.param(["src/*.py"], ["a.py", "gen/c.py", "src/gen/d.py"], id="files of a folder"),
        pytest.param(["*.py", "!b.py"], ["src/b.py"], id="all but one"),
        pytest.param(["gen/", "!gen/c.py"], ["a.py", "src/b.py"], id="not out of a folder"),
        pytest.param(["# gen/", ""], ["a.py", "gen/c.py", "src/b.py", "src/gen/d.py"], id="none"),
    ],
)
def test_excludes_hold_for_named_files_as_for_found_ones(
    project: Project, exclude: list[str], expected: list[str]
) -> None:
    files = ["a.py", "gen/c.py", "src/b.py", "src/gen/d.py"]
    project.write(*files)
    assert project.found(".", exclude=tuple(exclude)) == expected
    assert project.found(*files, exclude=tuple(exclude)) == expected
    assert project.found(*files, "src", exclude=tuple(exclude)) == expected


@pytest.mark.parametrize("name", [".stuckrulesignore", ".gitignore"])
def test_ignore_files_hold_below_their_folder(project: Project, name: str) -> None:
    files = ["a.py", "b.py", "src/a.py", "src/b.py", "src/deep/a.py", "src/deep/b.py"]
    project.write(*files)
    project.write(name, text="# all b\nb.py\n")
    project.write(f"src/{name}", text="/a.py\n!b.py\n")
    expected = ["a.py", "src/b.py", "src/deep/a.py", "src/deep/b.py"]
    assert project.found(".") == expected
    assert project.found("src") == expected[1:]
    assert project.found(*files) == expected
    reasons = {item.reason for item in project.discover(*files).excluded}
    assert reasons == {f"ignored by {name}", f"ignored by src/{name}"}


def test_an_ignore_file_cannot_take_back_what_another_kind_ignores(project: Project) -> None:
    project.write("a.py")
    project.write(".gitignore", text="a.py\n")
    project.write(".stuckrulesignore", text="!a.py\n")
    assert project.found(".") == []


def test_ignore_files_above_the_root_do_not_hold(project: Project) -> None:
    project.write("a.py")
    project.write("../.stuckrulesignore", "../.gitignore", text="*\n")
    assert project.found(".") == ["a.py"]


def test_scripts_without_a_suffix_are_python_by_their_first_line(project: Project) -> None:
    project.write("tool", "bin/run", text=SCRIPT)
    project.write("shell", text="#!/bin/sh\n")
    project.write("script.txt", text=SCRIPT)
    assert project.found(".") == ["bin/run", "tool"]
    assert project.found("tool", "bin/run", "shell", "script.txt") == ["bin/run", "tool"]


def test_files_that_a_rule_looks_at_are_found_though_no_python(project: Project) -> None:
    project.write("a.py", "app.env", "deep/app.env", "other.txt", "Dockerfile")
    project.write("tool", text=SCRIPT)

    def wanted(relative: str) -> bool:
        return relative in {"deep/app.env", "Dockerfile", "tool", "a.py"}

    expected = [("Dockerfile", False), ("a.py", True), ("deep/app.env", False), ("tool", True)]
    for arguments in ([], ["app.env", "deep/app.env", "Dockerfile", "tool", "a.py"]):
        discovery = project.discover(*(arguments or ["."]), wanted=wanted)
        assert [(f.path.shown, f.python) for f in discovery.files] == expected


@pytest.mark.parametrize(
    "argument",
    [
        pytest.param("nope.py", id="no such file"),
        pytest.param("nope/", id="no such folder"),
        pytest.param("a.py/b.py", id="below a file"),
        pytest.param("dangling.py", id="a link to nothing"),
        pytest.param("nul\0.py", id="no path at all"),
        pytest.param("", id="empty"),
    ],
)
def test_a_missing_path_is_a_problem(project: Project, argument: str) -> None:
    project.write("a.py")
    (project.root / "dangling.py").symlink_to("nowhere")
    discovery = project.discover("a.py", argument)
    assert shown(discovery) == ["a.py"]
    [problem] = discovery.problems
    assert (problem.kind, problem.path) == (ProblemKind.MISSING, argument)
    assert problem.message.startswith("no such file or folder")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["docs"], "no file to check in this folder", id="nothing of ours"),
        pytest.param(["empty"], "no file to check in this folder", id="nothing"),
        pytest.param(
            ["build"],
            "no file to check in this folder; left out: build/ (excluded by default)",
            id="excluded itself",
        ),
        pytest.param(
            ["pkg"],
            "no file to check in this folder; left out: "
            "pkg/a.py (ignored by .stuckrulesignore), pkg/gen/ (excluded by the settings)",
            id="what excluded the rest",
        ),
        pytest.param(
            ["many"],
            "no file to check in this folder; left out: many/0.skip.py (excluded by the settings),"
            " many/1.skip.py (excluded by the settings), "
            "many/2.skip.py (excluded by the settings) and 2 more",
            id="no more than a few",
        ),
    ],
)
def test_a_folder_without_any_file_to_check_is_a_problem(
    project: Project, arguments: list[str], message: str
) -> None:
    project.write("a.py", "docs/a.md", "empty/", "build/b.py", "pkg/a.py", "pkg/gen/b.py")
    project.write(*(f"many/{number}.skip.py" for number in range(5)))
    project.write(".stuckrulesignore", text="/pkg/a.py\n")
    discovery = project.discover("a.py", *arguments, exclude=("gen/", "*.skip.py"))
    assert shown(discovery) == ["a.py"]
    assert discovery.problems == (Problem(ProblemKind.EMPTY, message, arguments[0]),)


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        pytest.param(
            ["build/b.py"],
            "1 named file is excluded: build/b.py (excluded by default)",
            id="one",
        ),
        pytest.param(
            ["gen/c.py", "build/b.py", "README.md"],
            "3 named files are excluded: gen/c.py (excluded by the settings), "
            "build/b.py (excluded by default), "
            "README.md (neither Python nor looked at by a rule)",
            id="each with its reason",
        ),
    ],
)
def test_named_files_that_are_all_excluded_are_a_note(
    project: Project, arguments: list[str], note: str
) -> None:
    project.write("build/b.py", "gen/c.py", "README.md")
    discovery = project.discover(*arguments, exclude=("gen/",))
    assert discovery.files == ()
    assert discovery.problems == ()
    assert discovery.notes == (note,)


@pytest.fixture
def special(project: Project) -> Project:
    os.mkfifo(project.root / "pipe.py")
    os.mkfifo(project.root / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(project.root / "socket.py"))
    return project


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_pipes_and_sockets_are_problems_when_named_and_passed_over_when_found(
    special: Project,
) -> None:
    special.write("a.py")
    assert shown(special.discover(".")) == ["a.py"]
    assert special.discover(".").problems == ()
    assert [str(problem) for problem in special.discover("pipe.py", "socket.py").problems] == [
        "pipe.py: neither a file nor a folder but a named pipe",
        "socket.py: neither a file nor a folder but a socket",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
def test_a_device_is_a_problem(project: Project) -> None:
    assert kinds(project.discover(os.devnull).problems) == [ProblemKind.UNREADABLE]


def test_a_name_too_long_is_a_problem(project: Project) -> None:
    assert kinds(project.discover("x" * 300).problems) == [ProblemKind.UNREADABLE]


def test_what_cannot_be_read_is_a_problem(project: Project) -> None:
    project.write("a.py", "locked/b.py", "script", "inner/.stuckrulesignore")
    locked = [project.root / name for name in ("locked", "script", "inner/.stuckrulesignore")]
    for path in locked:
        path.chmod(0)
    readable = os.access(locked[0], os.R_OK)
    discovery = project.discover(".", "locked/b.py")
    for path in locked:
        path.chmod(0o755)
    if readable:
        pytest.skip("this user may read everything")
    assert shown(discovery) == ["a.py"]
    assert set(kinds(discovery.problems)) == {ProblemKind.UNREADABLE}
    assert {problem.path for problem in discovery.problems} == {
        "locked/",
        "locked/b.py",
        "script",
        str(locked[2]),
    }


def test_links_in_a_circle_do_not_hang(project: Project) -> None:
    project.write("src/a.py")
    (project.root / "src" / "up").symlink_to(project.root)
    (project.root / "loop.py").symlink_to("loop.py")
    assert project.found(".") == ["src/a.py"]
    assert project.found("src/up/src/up/src") == ["src/up/src/up/src/a.py"]
    assert kinds(project.discover("loop.py").problems) == [ProblemKind.UNREADABLE]


def test_a_linked_file_counts_once_under_its_first_name(project: Project) -> None:
    project.write("b.py")
    (project.root / "a.py").symlink_to("b.py")
    (project.root / "c.py").symlink_to("b.py")
    assert project.found(".") == ["a.py"]
    assert project.found("c.py", "b.py") == ["b.py"]
    assert project.found("c.py") == ["c.py"]


def test_a_linked_folder_is_followed_only_when_named(project: Project, tmp_path: Path) -> None:
    Project(tmp_path).write("outside/a.py", "project/src/b.py")
    (project.root / "out").symlink_to(tmp_path / "outside")
    (project.root / "in").symlink_to("src")
    assert project.found(".") == ["src/b.py"]
    assert project.found("out", "in") == ["in/b.py", "out/a.py"]
    assert project.found("out/a.py", "in/b.py") == ["in/b.py", "out/a.py"]
    assert [f.path.relative for f in project.discover("in").files] == ["src/b.py"]


def test_a_linked_file_outside_the_project_is_followed_only_when_named(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "outside.py").write_text("a = 1\n", encoding="utf-8")
    (project.root / "link.py").symlink_to(tmp_path / "outside.py")
    assert "link.py" not in project.found(".")
    assert project.found("link.py") == ["link.py"]
    found = discover(["."], DiscoverySettings(root=project.root, cwd=project.root))
    assert [note for note in found.notes if "link.py (a link that leads outside" in note]


def test_a_link_does_not_lead_around_excludes(project: Project) -> None:
    project.write("build/a.py")
    (project.root / "link").symlink_to("build")
    assert project.found("link", "link/a.py") == []


def test_the_root_may_be_reached_through_a_link(project: Project, tmp_path: Path) -> None:
    project.write("src/a.py")
    link = tmp_path / "link"
    link.symlink_to(project.root)
    settings = DiscoverySettings(root=link, cwd=link)
    files = discover(["src", str(link / "src/a.py")], settings).files
    assert [file.path.relative for file in files] == ["src/a.py"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("two\nlines/a\nb.py", id="newlines"),
        pytest.param("\x1b[31m.py", id="a terminal's escape"),
        pytest.param(os.fsdecode(b"\xff/\xe9.py"), id="bytes that are not UTF-8"),
        pytest.param("back\\slash.py", id="a backslash"),
        pytest.param(" .py", id="a space"),
        pytest.param("-r.py", id="what looks like an option"),
    ],
)
@pytest.mark.parametrize("with_git", [True, False])
def test_odd_names_survive(project: Project, name: str, *, with_git: bool) -> None:
    project.write(name)
    project.write(".stuckrulesignore", text="b.py\n")
    if with_git:
        project.init()
    assert project.found(".") == [name]
    assert project.found(name) == [name]
    assert project.discover(name).files[0].absolute.read_text(encoding="utf-8") == "x = 1\n"


def test_files_come_in_the_order_of_their_shown_paths(project: Project) -> None:
    project.write("b.py", "a/z.py", "a.py", "a-b/c.py")
    assert project.found("b.py", "a", ".") == ["a-b/c.py", "a.py", "a/z.py", "b.py"]


def test_a_discovered_file_knows_its_path_in_the_file_system(project: Project) -> None:
    project.write("a.py")
    [file] = project.discover("a.py").files
    assert isinstance(file, DiscoveredFile)
    assert file.absolute == project.root / "a.py"
