"""Logical lines and comments of a file."""

from __future__ import annotations

import pytest

from stuck_rules.tokens import Comment, read_lines


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("# only\n\n", [], id="comment only"),
        pytest.param("x  =  1\n", [(1, 1, "x = 1")], id="one"),
        pytest.param("x = 1", [(1, 1, "x = 1")], id="no newline"),
        pytest.param("f(\n    1,\n)\ny\n", [(1, 3, "f ( 1 , )"), (4, 4, "y")], id="brackets"),
        pytest.param("x = 1 + \\\n    2\n", [(1, 2, "x = 1 + 2")], id="backslash"),
        pytest.param("x = '''\na\n'''\n", [(1, 3, "x = '''\na\n'''")], id="string"),
        pytest.param("x; y\n", [(1, 1, "x ; y")], id="semicolon"),
        pytest.param("if a:\n    b\nelse:\n    c\n",
                     [(1, 1, "if a :"), (2, 2, "b"), (3, 3, "else :"), (4, 4, "c")], id="blocks"),
        pytest.param("x\ny = (\n", [(1, 1, "x")], id="as far as it goes"),
    ],
)  # fmt: skip
def test_statements(source: str, expected: list[tuple[int, int, str]]) -> None:
    lines = read_lines(source)
    assert [(s.first, s.last, s.code) for s in lines.statements] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("x  # a\n", [Comment(1, 4, "# a", False)], id="behind code"),
        pytest.param("  # a\n", [Comment(1, 3, "# a", True)], id="alone"),
        pytest.param("f(\n  # a\n)\n", [Comment(2, 3, "# a", True)], id="alone in brackets"),
        pytest.param("'# a'\n", [], id="in a string"),
        pytest.param("'''\n# a\n'''\n", [], id="in a long string"),
    ],
)
def test_comments(source: str, expected: list[Comment]) -> None:
    assert list(read_lines(source).comments) == expected


@pytest.mark.parametrize(("line", "first"), [(1, 1), (2, None), (3, 3), (4, 3), (5, 3), (6, None)])
def test_the_statement_at_a_line(line: int, first: int | None) -> None:
    found = read_lines("x\n\nf(\n  1\n)\n").statement_at(line)
    assert (found.first if found else None) == first
