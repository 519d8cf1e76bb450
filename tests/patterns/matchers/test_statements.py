"""Statements of one line."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param("type $X = int", "«type A = int»\ntype B = str\nA = int", id="type alias"),
    pytest.param("type $X = list[...]", "«type A[T] = list[T]»\ntype = list[int]", id="generic"),
    pytest.param(
        "$X = f(...)", "«x = f(1)»\n«x: int = f()»\n«x.y = f()»\nx += f()", id="assignment"
    ),
    pytest.param(
        "$X = f(...)", "«a = b = f()»\n«a, b = f(), 1»\nwith f() as x: pass", id="targets"
    ),
    pytest.param("$X = f(...)", "g(x=f())\ndef h(x=f()): pass\nfor x in f(): pass", id="none"),
    pytest.param("$X = f(...)", "if «(n := f())»: pass", id="walrus"),
    pytest.param("$A, $B = $C", "«a, b = c»\n«(a, b) = c»\n[a, b] = c\na, b, d = c", id="unpacked"),
    pytest.param("$X = $X + $Y", "«x = x + 1»\nx = y + 1\nx += 1", id="twice"),
    pytest.param("$X: int", "«x: int»\nx: int = 1\nx: str", id="annotation"),
    pytest.param("$X: $T = ...", "«x: int = 1»\nx = 1\nx: int", id="annotated"),
    pytest.param("$X += 1", "«x += 1»\nx = x + 1\nx -= 1", id="augmented"),
    pytest.param("self.$F = $F", "«self.a = a»\nself.a = b\nself.a = x.a", id="name and attribute"),
    pytest.param("return", "def f():\n    «return»\ndef g():\n    return 1", id="bare return"),
    pytest.param("return $X", "def f():\n    return\ndef g():\n    «return 1»", id="return"),
    pytest.param("return ...", "def f():\n    «return»\ndef g():\n    «return 1»", id="any return"),
    pytest.param("raise $X", "«raise A»\n«raise A()» from e\nraise", id="raise"),
    pytest.param("raise $X from $Y", "«raise A from e»\nraise A", id="raise from"),
    pytest.param("assert $X", "«assert a»\nassert a, 'm'", id="assert"),
    pytest.param("assert ...", "«assert a»\n«assert a, 'm'»", id="any assert"),
    pytest.param("yield $X", "def f():\n    «yield 1»\n    yield\n    yield from y", id="yield"),
    pytest.param("del $X", "«del a[0]»\ndel a, b", id="del"),
    pytest.param("pass", "«pass»\ndef f(): «pass»", id="pass"),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_statements(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_each_global_name_is_told() -> None:
    code = "def f():\n    global a, b"
    assert bindings_of("global $X", code) == [{"$X": "a"}, {"$X": "b"}]
