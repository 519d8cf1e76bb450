from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from stuck_rules.cache.folder import CacheFolder, default_location


@pytest.fixture
def folder(tmp_path: Path) -> CacheFolder:
    return CacheFolder(str(tmp_path / "cache"))


def file_of(folder: CacheFolder, name: str) -> Path:
    return Path(folder.location, *name.split("/"))


def test_what_is_written_can_be_read(folder: CacheFolder) -> None:
    assert folder.read("a/b") is None
    folder.write("a/b", b"one")
    folder.write("a/b", b"two\n\0")
    assert folder.read("a/b") == b"two\n\0"
    assert folder.read("a/c") is None


def test_the_folder_is_left_out_by_git_and_by_backups(folder: CacheFolder) -> None:
    folder.write("a/b", b"one")
    assert file_of(folder, ".gitignore").read_text() == "*\n"
    assert file_of(folder, "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172")


def test_a_folder_that_holds_something_else_is_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("")
    folder = CacheFolder(str(tmp_path))
    folder.write("results/b", b"one")
    assert folder.read("results/b") == b"one"
    assert not (tmp_path / ".gitignore").exists()
    assert not folder.clear()
    assert (tmp_path / "mine.txt").exists()


def test_nothing_else_is_left_behind(folder: CacheFolder) -> None:
    folder.write("a/b", b"one")
    names = {path.name for path in Path(folder.location).rglob("*")}
    assert names == {"a", "b", ".gitignore", "CACHEDIR.TAG"}


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda data: data[:-1], id="cut off"),
        pytest.param(lambda data: data + b"x", id="longer"),
        pytest.param(lambda data: data.replace(b"one", b"onf"), id="another letter"),
        pytest.param(lambda data: b"\0" * len(data), id="zeros, as after a crash"),
        pytest.param(lambda data: data[10:], id="without its beginning"),
    ],
)
def test_a_broken_file_is_no_file(folder: CacheFolder, break_it: object) -> None:
    folder.write("a", b"one")
    path = file_of(folder, "a")
    assert callable(break_it)
    path.write_bytes(break_it(path.read_bytes()))
    assert folder.read("a") is None
    folder.write("a", b"one")
    assert folder.read("a") == b"one"


def test_a_folder_in_a_files_place_is_no_file(folder: CacheFolder) -> None:
    file_of(folder, "a").mkdir(parents=True)
    assert folder.read("a") is None
    folder.write("a", b"one")
    assert folder.read("a") is None


def test_a_place_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = CacheFolder(str(tmp_path / "file" / "cache"))
    folder.write("a", b"one")
    assert folder.read("a") is None


def test_the_files_used_longest_ago_go_first(folder: CacheFolder) -> None:
    for age, name in enumerate(("new", "newer", "old")):
        folder.write(name, b"x" * 1000)
        os.utime(file_of(folder, name), (10_000 - age, 10_000 - age))
    folder.touch("old")
    folder.shrink(2500)
    assert [folder.read(name) is not None for name in ("new", "newer", "old")] == [
        True,
        False,
        True,
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="each system has its own place")
@pytest.mark.parametrize(
    ("environment", "location"),
    [
        pytest.param({}, None, id="nobody's home"),
        pytest.param({"HOME": "/home/me"}, "/home/me/.cache/stuck-rules", id="at home"),
        pytest.param({"HOME": "/h", "XDG_CACHE_HOME": "/c"}, "/c/stuck-rules", id="as XDG says"),
        pytest.param({"HOME": "/h", "XDG_CACHE_HOME": ""}, "/h/.cache/stuck-rules", id="XDG empty"),
        pytest.param({"HOME": "/h", "XDG_CACHE_HOME": "c"}, "/h/.cache/stuck-rules", id="relative"),
        pytest.param({"HOME": "h"}, None, id="no home that one could find again"),
    ],
)
def test_the_default_place_is_the_users_own(
    environment: dict[str, str], location: str | None
) -> None:
    assert default_location(environment) == location
