from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from stuck_rules.placing import put


def test_a_file_is_made(tmp_path: Path) -> None:
    put(str(tmp_path / "a"), b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("mode", [0o600, 0o755, 0o444])
def test_the_mode_of_a_file_that_is_there_is_kept(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(mode)
    put(str(file), b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", mode)


def test_a_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to("target")
    put(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    put(str(pipe), b"new")
    reader.join(10)
    assert read == [b"new"]


def test_what_is_refused_at_the_last_moment_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def refuse() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        put(str(tmp_path / "a"), b"new", check=refuse)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        put(str(tmp_path / "gone" / "a"), b"new")
