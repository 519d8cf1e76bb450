from __future__ import annotations

import json

import pytest

from stuck_rules.model.source import Span
from stuck_rules.reporters.base import dump_json, one_line, shown_path, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\x1b[31mred", "\\x1b[31mred", id="escape sequence"),
        pytest.param("\x9b31m", "\\x9b31m", id="one-character sequence start of C1"),
        pytest.param("a\nb\r\tc\x00\x7f", "a\\nb\\r\\tc\\x00\\x7f", id="control characters"),
        pytest.param("a\u202eb\u2066", "a\\u202eb\\u2066", id="text direction"),
        pytest.param("a\u2028b", "a\\u2028b", id="line separator"),
        pytest.param("caf\udce9.py", "caf\\udce9.py", id="undecodable byte of a file name"),
        pytest.param("naïve 値 \U0001f600 👩\u200d💻", "naïve 値 😀 👩\u200d💻", id="letters stay"),
        pytest.param("a\\b [x] %41 ::c", "a\\b [x] %41 ::c", id="punctuation stays"),
        pytest.param("", "", id="empty"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("first\n  second\r\n\nthird\n", "first second third", id="line ends"),
        pytest.param("a  b", "a  b", id="blanks stay"),
        pytest.param("a\n\x1b[0m", "a \\x1b[0m", id="the rest is escaped"),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("src/a.py", "src/a.py", id="as it is"),
        pytest.param("a::b.py", "a::b.py", id="colons inside"),
        pytest.param("::error::a.py", "./::error::a.py", id="would begin a command"),
        pytest.param(" ::error::a.py", "./ ::error::a.py", id="blanks do not hide a command"),
        pytest.param("a\nb.py", "a\\nb.py", id="line end in a name"),
    ],
)
def test_shown_path(path: str, expected: str) -> None:
    assert shown_path(path) == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param(Span.of(3, 1, 3, 9), 3, id="one line"),
        pytest.param(Span.of(3, 1, 5, 2), 5, id="several lines"),
        pytest.param(Span.of(3, 1, 5, 1), 4, id="with the last line end"),
        pytest.param(Span.of(3, 1, 3, 1), 3, id="empty"),
    ],
)
def test_last_line(span: Span, expected: int) -> None:
    assert span.last_line == expected


def test_json_keeps_letters_and_escapes_what_a_terminal_obeys() -> None:
    document = {"a": "é値\n\x1b\x9b\u2028\u202e\udce9"}
    text = dump_json(document)
    assert text == '{\n  "a": "é値\\n\\u001b\\u009b\\u2028\\u202e\\udce9"\n}\n'
    assert json.loads(text) == document
