"""Lists in any order: each matcher gets a node of its own."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param('{..., "a": 1, $K: $V}', "«{'b': 2, 'a': 1}»; {'a': 1}", id="one each"),
    pytest.param("{1, $X, 2}", "«{2, 3, 1}»; {1, 2}; {1, 2, 3, 4}", id="whole"),
    pytest.param("{..., f(...), f(1)}", "«{f(1), f(2)}»; {f(1), g()}; {f(2), f(3)}", id="narrower"),
    pytest.param(
        "{..., f(...), f(1, ...), f(1, 2)}",
        "«{f(1, 2), f(1), f()}»; «{f(), f(1), f(1, 2)}»; {f(1, 2), f(1, 2, 3)}",
        id="others make place",
    ),
    pytest.param(
        "class C:\n    $X = $V\n    $Y = $V", "«class C:\n    a = 1\n    b = 1»", id="two members"
    ),
    pytest.param(
        "class C:\n    $X = $V\n    $Y = $V", "class C:\n    a = 1\n    b = 2", id="other"
    ),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_each_gets_its_own(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_all_ways_to_bind_are_told() -> None:
    assert bindings_of("{..., $X, 1}", "{1, 1, 2}") == [{"$X": "1"}, {"$X": "2"}]
