"""A killed `--fix` leaves every file old or new."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.kills import fix_whole, kill_once, make_tree, torn


@pytest.mark.parametrize("share", [0.5, 0.7, 0.8, 0.9])
def test_a_killed_run_tears_no_file(tmp_path: Path, share: float) -> None:
    files = make_tree(tmp_path, 60)
    fixed, seconds = fix_whole(tmp_path, files)
    assert all(fixed[file] != data for file, data in files.items())
    kill_once(tmp_path, files, share * seconds)
    assert torn(files, fixed) == []
