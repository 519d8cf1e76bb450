from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.scanner.shebang import has_suffix, is_python_script


@pytest.mark.parametrize(
    "line",
    [
        b"#!/usr/bin/env python",
        b"#!/usr/bin/env python3\nx = 1\n",
        b"#!/usr/bin/python3.12 -u\n",
        b"#! /usr/bin/python\r\n",
        b"#!python\n",
        b"#!/usr/bin/env -S python3 -X dev\n",
        b"#!/usr/bin/env -S uv run --script\n",
        b"#!/opt/my python/bin/pypy3\n",
    ],
)
def test_a_first_line_that_calls_python(tmp_path: Path, line: bytes) -> None:
    script = tmp_path / "tool"
    script.write_bytes(line)
    assert is_python_script(str(script))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"#!/bin/sh\n", id="another language"),
        pytest.param(b"#!/bin/sh\n#!/usr/bin/python\n", id="not in the first line"),
        pytest.param(b"\n#!/usr/bin/python\n", id="only in the second line"),
        pytest.param(b"# /usr/bin/python\n", id="a comment"),
        pytest.param(b"#!/opt/python/bin/bash\n", id="a folder of that name"),
        pytest.param(b"#!/usr/bin/pythonic\n", id="a longer name"),
        pytest.param(b"#!/usr/bin/ipython\n", id="another program"),
        pytest.param(b"\xef\xbb\xbf#!/usr/bin/python\n", id="behind a mark that Linux refuses"),
        pytest.param(b"python\n", id="text"),
    ],
)
def test_a_first_line_that_does_not(tmp_path: Path, line: bytes) -> None:
    script = tmp_path / "tool"
    script.write_bytes(line)
    assert not is_python_script(str(script))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("tool", False), (".bashrc", True), ("a.py", True), (".env.local", True), ("Makefile.", True)],
)
def test_a_dot_anywhere_starts_a_suffix(name: str, *, expected: bool) -> None:
    assert has_suffix(name) is expected
