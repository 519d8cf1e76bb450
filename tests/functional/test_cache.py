"""A cache makes runs faster and changes nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stuck_rules.cache.folder import CacheFolder
from tests.functional.program import Answer, run, write

RULES = """\
rules:
  - id: no-foo
    message: no foo
    pattern: foo(...)
    fix: bar()
  - id: absolute-imports
    message: import absolutely
    check: relative-import
  - id: no-secret
    message: no secret
    text: secret
    paths: {include: ["*.txt"]}
"""
FILES = {
    "rules.yaml": RULES,
    "clean.py": "x = 1\n",
    "wrong.py": "import foo\n\nfoo(\n    1\n)\n",
    "package/__init__.py": "",
    "package/inner.py": "from . import outer\nfoo()  # stuck-rules: ignore[no-foo]\n",
    "notes.txt": "a secret\n",
    "broken.py": "foo(\n",
}
CELL = """\
{"nbformat": 4, "metadata": {}, "cells": [
  {"cell_type": "code", "metadata": {}, "source": ["x = 1"]},
  {"cell_type": "code", "metadata": {}, "source": ["CODE"]}
]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write(folder, FILES)
    return folder


def scan(project: Path, *argv: str, cache: Path | None = None) -> Answer:
    environment = {} if cache is None else {"STUCK_RULES_CACHE_DIR": str(cache)}
    return run(project, "scan", "--output-format", "json", *argv, environment=environment)


def age(project: Path) -> None:
    """Make all files old enough for their times to be trusted."""
    for path in project.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))


def pieces(cache: Path) -> list[Path]:
    return [path for path in (cache / "results").rglob("*") if path.is_file()]


def test_a_run_tells_the_same_without_a_cache_and_with_an_empty_or_a_full_one(
    project: Path, tmp_path: Path
) -> None:
    expected = scan(project)
    assert expected.code == 2
    assert expected.out.count('"rule": "no-foo"') >= 1
    cache = tmp_path / "cache"
    for _ in range(3):
        assert scan(project, cache=cache) == expected
    assert pieces(cache)
    assert scan(project, "--show-suppressed", cache=cache) == scan(project, "--show-suppressed")


def test_another_copy_of_the_project_tells_the_same(project: Path, tmp_path: Path) -> None:
    cache, copy = tmp_path / "cache", tmp_path / "copy"
    expected = scan(project, cache=cache)
    shutil.copytree(project, copy)
    (copy / "clean.py").write_text("foo()\n")
    told = scan(copy, cache=cache)
    assert told == scan(copy)
    assert told != expected
    assert scan(project, cache=cache) == expected


def test_problems_are_told_from_where_the_user_stands(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    write(
        project,
        {
            "package/deep.py": "foo(" * 300 + ")" * 300,
            "package/old.ipynb": "{}",
            "package/broken.ipynb": CELL.replace("CODE", "foo("),
            "package/foreign.py": b"foo(1)  # \xff",
        },
    )
    age(project)
    for _ in range(2):
        assert scan(project, cache=cache) == scan(project)
        assert scan(project / "package", "..", cache=cache) == scan(project / "package", "..")
    told = scan(project / "package", "..", cache=cache).objects("errors")
    assert [(problem["kind"], problem["path"]) for problem in told] == [
        ("syntax", "../broken.py"),
        ("syntax", "../package/broken.ipynb"),
        ("too-deep", "../package/deep.py"),
        ("encoding", "../package/foreign.py"),
        ("syntax", "../package/old.ipynb"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda p: (p / "clean.py").write_text("foo()\n"), id="a file changes"),
        pytest.param(lambda p: (p / "wrong.py").write_text("x = 1\n"), id="a file is put right"),
        pytest.param(lambda p: (p / "wrong.py").unlink(), id="a file goes"),
        pytest.param(lambda p: (p / "broken.py").write_text("foo()\n"), id="a file is mended"),
        pytest.param(lambda p: (p / "new.py").write_text("foo()\n"), id="a file comes"),
        pytest.param(lambda p: (p / "notes.txt").write_text("secret\n" * 2), id="a text changes"),
        pytest.param(lambda p: (p / "package/__init__.py").unlink(), id="a package is none"),
        pytest.param(
            lambda p: (p / "rules.yaml").write_text(RULES.replace("foo(...)", "import foo")),
            id="a rule changes",
        ),
        pytest.param(
            lambda p: (p / "rules.yaml").write_text(RULES.replace("no foo", "never foo")),
            id="a message changes",
        ),
        pytest.param(
            lambda p: (p / "stuck-rules.toml").write_text('[severity]\nno-foo = "info"\n'),
            id="the settings change a rule",
        ),
        pytest.param(
            lambda p: (p / "stuck-rules.toml").write_text(
                '[[per-path]]\npaths = ["wrong.py"]\nignore = ["no-foo"]\n'
            ),
            id="the settings leave a path out",
        ),
        pytest.param(
            lambda p: (p / "stuck-rules.toml").write_text("max-file-size = 3\n"),
            id="files are too large now",
        ),
    ],
)
@pytest.mark.parametrize("aged", [pytest.param(True, id="old"), pytest.param(False, id="fresh")])
def test_what_changes_is_checked_again(
    project: Path, tmp_path: Path, change: Callable[[Path], object], aged: bool
) -> None:
    cache = tmp_path / "cache"
    if aged:
        age(project)
    for _ in range(2):
        scan(project, cache=cache)
    change(project)
    assert scan(project, cache=cache) == scan(project)
    assert scan(project, cache=cache) == scan(project)


def test_a_change_that_keeps_size_and_time_is_seen(project: Path, tmp_path: Path) -> None:
    cache, file = tmp_path / "cache", project / "clean.py"
    file.write_text("baz()\n")
    before = file.stat()
    assert '"path": "clean.py"' not in scan(project, cache=cache).out
    file.write_text("foo()\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert '"path": "clean.py"' in scan(project, cache=cache).out


def test_other_options_are_another_question(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for argv in (
        (),
        ("--select", "no-secret"),
        ("--ignore", "no-foo"),
        ("--severity", "no-foo=info"),
        ("wrong.py",),
        ("--output-format", "concise"),
    ):
        assert scan(project, *argv, cache=cache) == scan(project, *argv)


def test_fixes_do_not_come_from_a_run_that_needed_none(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    expected = scan(project)
    run(project, "scan", environment={"STUCK_RULES_CACHE_DIR": str(cache)})
    told = scan(project, cache=cache)
    assert told == expected
    assert '"text": "bar()"' in told.out


def test_fixing_takes_files_as_they_are(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    age(project)
    for _ in range(2):
        scan(project, cache=cache)
    scan(project, "--fix", cache=cache)
    assert "bar()" in (project / "wrong.py").read_text()
    assert '"path": "wrong.py"' not in scan(project, cache=cache).out


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-3]), id="cut off"),
        pytest.param(lambda path: path.write_bytes(b"\0" * 500), id="zeros"),
        pytest.param(lambda path: path.write_bytes(os.urandom(500)), id="noise"),
        pytest.param(lambda path: (path.unlink(), path.mkdir()), id="a folder"),
        pytest.param(lambda path: (path.unlink(), path.symlink_to(path)), id="a link to itself"),
    ],
)
def test_a_broken_cache_is_an_empty_one(
    project: Path, tmp_path: Path, break_it: Callable[[Path], object]
) -> None:
    cache = tmp_path / "cache"
    expected = scan(project, cache=cache)
    for path in [path for path in cache.rglob("*") if path.is_file()]:
        break_it(path)
    for _ in range(2):
        assert scan(project, cache=cache) == expected


@pytest.mark.parametrize("part", ["rulebooks", "results"])
@pytest.mark.parametrize("lie", [5, "x", None, True, [], [""], ["Rule"], ["frozenset", 1], {}, 1.5])
def test_a_cache_that_somebody_wrote_breaks_no_run(
    project: Path, tmp_path: Path, part: str, lie: object
) -> None:
    cache = tmp_path / "cache"
    scan(project, cache=cache)
    (file, *_) = [path for path in sorted((cache / part).rglob("*")) if path.is_file()]
    name, told = (
        file.relative_to(cache).as_posix(),
        json.loads(file.read_bytes().split(b"\n", 1)[1]),
    )
    for place in list(_places(told))[::7]:
        CacheFolder(str(cache)).write(name, json.dumps(_with(told, place, lie)).encode())
        answer = scan(project, cache=cache)
        assert answer.code in {1, 2}
        assert "Traceback" not in answer.err


def _places(told: object) -> Iterator[tuple[int | str, ...]]:
    """The way to each value in a document."""
    yield ()
    keys = told.items() if isinstance(told, dict) else enumerate(told if type(told) is list else ())
    for key, value in keys:
        yield from ((key, *way) for way in _places(value))


def _with(told: object, way: tuple[int | str, ...], value: object) -> object:
    """The document with another value at a place."""
    if not way:
        return value
    first, *rest = way
    if isinstance(told, dict):
        return {**told, first: _with(told[first], tuple(rest), value)}
    assert isinstance(told, list)
    assert isinstance(first, int)
    return [*told[:first], _with(told[first], tuple(rest), value), *told[first + 1 :]]


def test_a_cache_that_cannot_be_made_is_none(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert scan(project, cache=tmp_path / "file" / "cache") == scan(project)


def test_without_a_cache_nothing_is_written(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert scan(project, "--no-cache", cache=cache) == scan(project)
    assert not cache.exists()


def test_a_folder_of_the_command_line_is_used(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project" / "here"
    scan(project, "--cache-dir", "here", cache=tmp_path / "there")
    assert pieces(folder)
    assert not (tmp_path / "there").exists()


def test_settings_name_no_folder_that_may_come_with_the_code(project: Path, tmp_path: Path) -> None:
    (project / "stuck-rules.toml").write_text('cache-dir = "here"\n')
    answer = scan(project)
    assert answer.code == 2
    assert "stuck-rules.toml:1: cache-dir must lie outside the project" in answer.err
    (project / "stuck-rules.toml").write_text('cache-dir = "../there"\n')
    assert scan(project).code == 2
    assert pieces(tmp_path / "there")


def test_several_processes_use_one_cache_at_once(project: Path, tmp_path: Path) -> None:
    write(project, {f"many/file{number}.py": "foo()\n" * (number % 3) for number in range(150)})
    expected = scan(project)
    command = [sys.executable, "-m", "stuck_rules", "scan", "--output-format", "json"]
    environment = {**os.environ, "STUCK_RULES_CACHE_DIR": str(tmp_path / "cache")}
    for _ in range(2):
        running = [
            subprocess.Popen(
                command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True
            )
            for _ in range(3)
        ]
        for process in running:
            out, _ = process.communicate(timeout=60)
            assert out == expected.out
            assert process.returncode == expected.code


def test_clean_removes_the_cache_and_nothing_else(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    environment = {"STUCK_RULES_CACHE_DIR": str(cache)}
    scan(project, cache=cache)
    assert run(project, "clean", environment=environment).code == 0
    assert not cache.exists()
    scan(project, cache=cache)
    (cache / "mine.txt").write_text("")
    run(project, "clean", "--cache-dir", "../cache")
    assert [path.name for path in cache.iterdir()] == ["mine.txt"]


def test_clean_leaves_a_folder_alone_that_is_no_cache(project: Path, tmp_path: Path) -> None:
    write(tmp_path, {"other/results/important.txt": "", "other/programs/main.py": ""})
    answer = run(project, "clean", "--cache-dir", "../other")
    assert (answer.code, answer.err.startswith("nothing to remove")) == (0, True)
    assert len([path for path in (tmp_path / "other").rglob("*") if path.is_file()]) == 2


def test_clean_without_a_place_has_nothing_to_do(project: Path) -> None:
    assert run(project, "clean").err == "nothing to remove\n"
