"""Bytes as text, and what keeps a file from being read."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import ProblemKind, SourceError
from stuck_rules.scanner.reading import decode_python, decode_text, read_bytes


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param("x = 'é'\n".encode(), "x = 'é'\n", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfx = 1\n", "x = 1\n", id="byte order mark"),
        pytest.param(
            b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
            "# -*- coding: latin-1 -*-\nx = 'é'\n",
            id="coding comment",
        ),
        pytest.param(
            b"#!/usr/bin/env python\n# vim: fileencoding=cp1252\nx = '\x80'\n",
            "#!/usr/bin/env python\n# vim: fileencoding=cp1252\nx = '€'\n",
            id="on the second line",
        ),
        pytest.param(
            "# coding is fun\nx = 'é'\n".encode(), "# coding is fun\nx = 'é'\n", id="a word only"
        ),
        pytest.param(
            "a\nb\n# coding: latin-1\n'é'\n".encode(), "a\nb\n# coding: latin-1\n'é'\n", id="third"
        ),
        pytest.param(b"a\r\nb\r", "a\r\nb\r", id="line ends stay"),
    ],
)
def test_python_is_decoded_as_python_does(data: bytes, expected: str) -> None:
    assert decode_python(data, "a.py") == expected


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        pytest.param(b"x = 1\ny = '\xe9'\n", 2, "not utf-8: ", id="Latin-1 without a comment"),
        pytest.param(b"# coding: ascii\n\nx = '\xe9'\n", 3, "not ascii: ", id="not ASCII"),
        pytest.param(b"# coding: klingon\n", 1, "no valid encoding: ", id="unknown encoding"),
        pytest.param(b"\xef\xbb\xbf# coding: latin-1\n", 1, "no valid encoding: ", id="both"),
        pytest.param(b"\xff\xfex\x00", 1, "not utf-8: ", id="UTF-16"),
        pytest.param(b"x = 1\n\ny = '\0'\n", 3, "holds a NUL byte", id="NUL"),
    ],
)
def test_what_is_no_text_is_told_with_its_line(data: bytes, line: int, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode_python(data, "a.py")
    (problem,) = caught.value.problems
    assert (problem.kind, problem.path, problem.line) == (ProblemKind.ENCODING, "a.py", line)
    assert problem.message.startswith(words)


def test_other_files_are_utf_8() -> None:
    assert decode_text("\ufeffé\n".encode(), "a.sh") == "é\n"
    assert decode_text(b"# coding: latin-1\n", "a.sh") == "# coding: latin-1\n"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [(b"a\n\xe9", 2, "not UTF-8: "), (b"a\n\nb\0", 3, "holds a NUL byte")],
)
def test_other_files_that_are_no_text_are_told(data: bytes, line: int, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode_text(data, "a.sh")
    (problem,) = caught.value.problems
    assert (problem.kind, problem.line) == (ProblemKind.ENCODING, line)
    assert problem.message.startswith(words)


@pytest.mark.parametrize(
    ("name", "words"), [("none.py", "vanished meanwhile"), (".", "cannot be read: ")]
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_bytes(str(tmp_path / name), "shown.py")
    (problem,) = caught.value.problems
    assert (problem.kind, problem.path) == (ProblemKind.UNREADABLE, "shown.py")
    assert problem.message.startswith(words)


def test_bytes_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"\xe9")
    assert read_bytes(str(tmp_path / "a.py"), "a.py") == b"\xe9"
