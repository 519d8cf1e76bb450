"""What `benchmarks.fixing` says of a small tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fixing import RULEBOOKS, fix_tree, harmed

FILES = {
    "pkg/__init__.py": b"",
    "pkg/crlf.py": b"import os\r\n\r\nif os.path.join(a, b) == None:\r\n    y = dict()\r\n",
    "pkg/latin.py": b"# coding: latin-1\nif '\xe9' == None: x = 1",
    "pkg/near.py": b"from . import crlf\n\n\ndef f(d):\n\treturn d.get(crlf, None)\n",
    "pkg/broken.py": b"x == None; def\n",
}


def test_a_tree_is_fixed_at_once_and_keeps_its_form(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    fixed = fix_tree(tmp_path, RULEBOOKS)
    assert (fixed.files, fixed.changed, fixed.faults, fixed.failures) == (5, 3, (), ())
    assert fixed.applied == {
        "equals-none": 2,
        "path-join": 1,
        "empty-dict": 1,
        "relative-import": 1,
        "get-none": 1,
    }
    assert not fixed.kept
    assert (tmp_path / "pkg/latin.py").read_bytes() == FILES["pkg/latin.py"].replace(b"==", b"is")
    assert (tmp_path / "pkg/broken.py").read_bytes() == FILES["pkg/broken.py"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(b"x = 1\n", b"x = 2\n", [], id="no harm"),
        pytest.param(b"x = (\n", b"y = (\n", [], id="was no code"),
        pytest.param(b"x = 1\n", b"x = \n", ["a.py: no longer parses"], id="broken"),
        pytest.param(b"x = 1\r\n", b"x = 2\n", ["a.py: other line ends"], id="line ends"),
        pytest.param(b"x = 1", b"x = 2\n", ["a.py: another end of the file"], id="end"),
        pytest.param(
            b"\xef\xbb\xbfx = 1\n", b"x = 2\n", ["a.py: utf-8-sig became utf-8"], id="mark"
        ),
    ],
)
def test_harm_is_told(before: bytes, after: bytes, told: list[str]) -> None:
    harms = list(harmed({"a.py": before}, {"a.py": after}))
    assert set(told) <= set(harms)
    assert bool(harms) is bool(told)


def test_a_lost_file_is_told() -> None:
    assert list(harmed({"a.py": b""}, {})) == ["other files: ['a.py']"]
