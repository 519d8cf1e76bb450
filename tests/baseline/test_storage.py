"""The baseline's file: one item a line, in order, and nothing taken for it that is none."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from stuck_rules.baseline.known import Place
from stuck_rules.baseline.storage import BaselineFile, render
from stuck_rules.errors import BaselineError

KNOWN = {
    Place("b.py", "old-call", "22"): 1,
    Place("a.py", "old-call", "33"): 2,
    Place("a.py", "magic-none", "11"): 1,
    Place("tests/conftest.py", "one-conftest", ""): 1,
}
HEAD = '{"stuck-rules-baseline": 1, "items": ['
ITEM = '{"path": "a.py", "rule": "r", "statement": "s", "count": 1}'


def file_in(folder: Path, content: str | bytes | None = None) -> BaselineFile:
    location = folder / "known.json"
    if content is not None:
        location.write_bytes(content if isinstance(content, bytes) else content.encode())
    return BaselineFile(location, "known.json")


def test_an_item_is_a_line_and_every_one_ends_in_a_comma() -> None:
    lines = render(KNOWN).decode().splitlines()
    items = [json.loads(line.removesuffix(",")) for line in lines[1:-1]]
    assert all(line.endswith(",") for line in lines[1:-1])
    assert [(item["path"], item["rule"]) for item in items] == [
        ("a.py", "magic-none"),
        ("a.py", "old-call"),
        ("b.py", "old-call"),
        ("tests/conftest.py", "one-conftest"),
    ]
    assert json.loads(render(KNOWN))["items"][:-1] == items


SIX = {Place(f"{letter}.py", "r", "s"): 1 for letter in "abcdef"}


def without(*letters: str) -> dict[Place, int]:
    return {place: count for place, count in SIX.items() if place.path[0] not in letters}


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        pytest.param(without("a"), without("c"), without("a", "c"), id="two that pay"),
        pytest.param(without("a"), without("f"), without("a", "f"), id="the first and the last"),
        pytest.param(
            without("b"), {**SIX, Place("g.py", "r", "s"): 1},
            {**without("b"), Place("g.py", "r", "s"): 1}, id="one more at the end",
        ),
        pytest.param(
            {**SIX, Place("0.py", "r", "s"): 1}, without("f"),
            {**without("f"), Place("0.py", "r", "s"): 1}, id="one more at the top",
        ),
    ],
)  # fmt: skip
def test_branches_that_touch_other_files_merge_by_themselves(
    tmp_path: Path, ours: dict[Place, int], theirs: dict[Place, int], merged: dict[Place, int]
) -> None:
    for name, known in (("ours", ours), ("base", SIX), ("theirs", theirs)):
        (tmp_path / name).write_bytes(render(known))
    merge = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    done = subprocess.run(merge, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout == render(merged)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(KNOWN, id="some"),
        pytest.param({}, id="none"),
        pytest.param({Place('"ö\n\u2028.py', "r", "s"): 1}, id="a name of odd letters"),
        pytest.param({Place(os.fsdecode(b"\xe9.py"), "r", "s"): 1}, id="a name in no encoding"),
    ],
)
def test_what_is_written_is_read(tmp_path: Path, known: dict[Place, int]) -> None:
    file = file_in(tmp_path)
    file.write(known)
    assert file.read() == known
    assert os.listdir(tmp_path) == ["known.json"]


def test_nothing_is_kept_of_a_place_without_violations(tmp_path: Path) -> None:
    file = file_in(tmp_path)
    file.write({Place("a.py", "r", "s"): 0})
    assert file.read() == {}


def test_another_layout_of_the_json_is_read(tmp_path: Path) -> None:
    tidy = json.dumps(json.loads(render(KNOWN)), indent=4, sort_keys=True)
    assert file_in(tmp_path, "\ufeff" + tidy).read() == KNOWN


def test_of_two_lines_for_a_place_the_lower_count_holds(tmp_path: Path) -> None:
    text = f"{HEAD}{ITEM.replace('1', '4')}, {ITEM.replace('1', '3')}, null]}}"
    assert file_in(tmp_path, text).read() == {Place("a.py", "r", "s"): 3}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(None, "known.json: no such baseline", id="missing"),
        pytest.param("", "known.json:1:1: is not valid JSON", id="empty"),
        pytest.param(f"{HEAD}\n{ITEM},\nnul]}}", "known.json:3:1: is not valid JSON", id="broken"),
        pytest.param(b"\xff\xfe", "known.json: is no baseline", id="no text"),
        pytest.param("[]", "known.json: is no baseline", id="a list"),
        pytest.param('{"version": "1.5.0", "results": {}}', "is no baseline", id="another tool's"),
        pytest.param("[" * 100_000, "known.json", id="deeply nested"),
        pytest.param('{"stuck-rules-baseline": 2, "items": []}', "version 2", id="a later version"),
        pytest.param('{"stuck-rules-baseline": true, "items": []}', "version true", id="a flag"),
        pytest.param('{"stuck-rules-baseline": 1}', '"items"', id="no items"),
        pytest.param(f"{HEAD}], "+ '"more": 1}', '"items"', id="more than items"),
        pytest.param(f"{HEAD}1]}}", "item 1 is not one", id="a number"),
        pytest.param(f"{HEAD}{ITEM}, {ITEM.replace('1', '0')}]}}", "item 2", id="a count of 0"),
        pytest.param(f"{HEAD}{ITEM.replace('1', 'true')}]}}", "item 1", id="a count of true"),
        pytest.param(f"{HEAD}{ITEM.replace('path', 'file')}]}}", "item 1", id="another key"),
        pytest.param(f"{HEAD}\n<<<<<<< HEAD\n{ITEM},\n=======\n>>>>>>> x\nnull]}}",
                     "known.json:2: has merge conflicts", id="merge conflicts"),
    ],
)  # fmt: skip
def test_what_is_no_baseline_is_refused(
    tmp_path: Path, content: str | bytes | None, told: str
) -> None:
    with pytest.raises(BaselineError, match=re.escape(told)):
        file_in(tmp_path, content).read()


def test_a_folder_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="cannot be read"):
        BaselineFile(tmp_path, "here").read()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = BaselineFile(tmp_path / "missing" / "known.json", "missing/known.json")
    with pytest.raises(BaselineError, match=r"missing/known\.json: cannot be written"):
        file.write(KNOWN)


def test_a_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(render({}))
    (tmp_path / "known.json").symlink_to("real.json")
    file_in(tmp_path).write(KNOWN)
    assert (tmp_path / "known.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == render(KNOWN)


def test_what_says_nothing_new_is_not_written(tmp_path: Path) -> None:
    file = file_in(tmp_path)
    file.write(KNOWN)
    before = os.stat(tmp_path / "known.json")
    file.write(dict(reversed(KNOWN.items())))
    assert os.stat(tmp_path / "known.json") == before


def test_the_mode_of_the_file_is_kept(tmp_path: Path) -> None:
    file = file_in(tmp_path, render({}))
    file.location.chmod(0o660)
    file.write(KNOWN)
    assert file.location.stat().st_mode & 0o777 == 0o660
