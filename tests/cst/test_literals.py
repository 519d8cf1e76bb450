from __future__ import annotations

import libcst as cst
import pytest

from stuck_rules.cst.literals import string_text


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("'a'", "a", id="plain"),
        pytest.param(r"'a\n'", "a\n", id="an escape"),
        pytest.param(r"r'\w'", r"\w", id="raw"),
        pytest.param(r"'\w'", r"\w", id="an odd escape, in silence"),
        pytest.param(r"'\x1'", None, id="an escape that is none"),
        pytest.param(r"'\N{no such name}'", None, id="no such character"),
        pytest.param("b'a'", None, id="bytes"),
        pytest.param("'a' 'b'", "ab", id="in pieces"),
    ],
)
def test_text_of_a_string(code: str, expected: str | None) -> None:
    assert string_text(cst.parse_expression(code)) == expected
