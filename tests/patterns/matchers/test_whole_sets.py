"""Pieces that a pattern names whole: tuples of exceptions, unpacked members, keywords anywhere."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked

CASES = [
    pytest.param("f(..., k=$V)", "«f(a, k=1, b=2)»\nf(a, b=2)", id="keyword in front of others"),
    pytest.param("{*$X, 'a'}", "«{*b, 'a'}»\n{b, 'a'}", id="unpacked member of a set"),
    pytest.param(
        "try:\n    ...\nexcept (A, B):\n    ...",
        "«try:\n    a()\nexcept (A, B):\n    pass»\ntry:\n    a()\nexcept A:\n    pass",
        id="tuple of exceptions",
    ),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_matches(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)
