"""Lists, tuples, sets, dicts, subscripts and comprehensions."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param("[1, 2]", "«[1, 2]»; [2, 1]; (1, 2); {1, 2}; [1, 2, 3]", id="list"),
    pytest.param("[..., 2, ...]", "«[1, 2, 3]»; «[2]»; [1]; []", id="some element"),
    pytest.param("[...]", "«[]»; «[i for i in x]»; (1,)", id="any list"),
    pytest.param("[..., *$X]", "«[1, *a]»; [*a, 1]", id="unpacked"),
    pytest.param("($A, $B)", "x = «(1, 2)»; x = (1, 2, 3); f(1, 2)", id="tuple"),
    pytest.param("{1, 2}", "«{2, 1}»; {1, 2, 3}; {1: 2}", id="set"),
    pytest.param("{1, ...}", "«{2, 1}»; {2}", id="some member"),
    pytest.param("{...}", "«{}»; «{1}»; «{1: 2}»; «{i for i in x}»; [1]", id="any braces"),
    pytest.param('{"a": 1, "b": 2}', "«{'b': 2, 'a': 1}»; {'a': 1}", id="dict"),
    pytest.param('{..., "a": $V, ...}', "«{'b': 0, 'a': 1}»; {'b': 1}; {'a'}", id="some key"),
    pytest.param('{..., "a": $V, ...}', "{'a': 1, **x}", id="another dict inside"),
    pytest.param(
        "{..., $K: 1, ..., $K: 2, ...}", "«{'a': 1, 'a': 2}»; {'a': 1, 'b': 2}", id="twice"
    ),
    pytest.param("x[$I]", "«x[0]»; «x[1, 2]»; x[1:2]", id="index"),
    pytest.param("x[$A:$B]", "«x[1:2]»; x[1:]; x[1:2:3]; x[0]", id="slice"),
    pytest.param(
        "[$X for $Y in $Z]", "«[a for b in c]»; [a for b in c if d]; {a for b in c}", id="for"
    ),
    pytest.param(
        "[$X for $Y in $Z]", "async def f():\n    «[a async for b in c]»", id="async for is a for"
    ),
    pytest.param(
        "[$X async for $Y in $Z]", "async def f():\n    [a for b in c]", id="for is no async for"
    ),
    pytest.param(
        "{$K: $V for $K, $V in $Z}", "«{a: b for a, b in c}»; {a: c for a, b in d}", id="pairs"
    ),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_displays(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_the_rest_is_bound_together() -> None:
    assert bindings_of("[$X, $...REST]", "[1, 2, 3]") == [{"$X": "1", "$...REST": "2, 3"}]
