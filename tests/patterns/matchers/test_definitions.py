"""Functions, lambdas, classes and decorators."""

from __future__ import annotations

import sys

import pytest

from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param("def $F(...): ...", "«async def f(): pass»\ng = lambda: 1", id="any function"),
    pytest.param("async def $F(...): ...", "def f(): pass\n«async def g(): pass»", id="async"),
    pytest.param(
        "def $F($A): ...", "«def f(a=1): pass»\ndef g(a, b): pass\ndef h(*a): pass", id="one"
    ),
    pytest.param("def $F($A): ...", "def f(*, a): pass\ndef g(a, /): pass", id="markers count"),
    pytest.param("def $F(..., a, ...): ...", "«def f(x, a=1): pass»\ndef g(b): pass", id="name"),
    pytest.param(
        "def $F(..., $A=[], ...): ...", "«def f(*, a=[]): pass»\ndef g(a): pass", id="default"
    ),
    pytest.param(
        "def $F(..., $A: int, ...): ...", "«def f(x, a: int): pass»\ndef g(a): pass", id="type"
    ),
    pytest.param(
        "def $F(*$A, **$K): ...", "«def f(*a, **k): pass»\ndef g(a, *b, **k): pass", id="stars"
    ),
    pytest.param("def $F(...) -> $T: ...", "«def f() -> int: pass»\ndef g(): pass", id="result"),
    pytest.param(
        "@a\ndef $F(...): ...", "«@b\n@a()\ndef f(): pass»\n@a(1)\ndef g(): pass", id="decorator"
    ),
    pytest.param("@a\n@b\ndef $F(): ...", "«@b\n@a\ndef f(): pass»\n@a\ndef g(): pass", id="two"),
    pytest.param("@m.d\ndef $F(): ...", "from m import d\n«@d\ndef f(): pass»", id="imported"),
    pytest.param("@a\n@b(...)", "«@a\n@b(1)»\n@c\ndef f(): pass", id="decorators alone"),
    pytest.param("@a\n@b", "@b\n@a\ndef f(): pass\n@a\ndef g(): pass", id="other order"),
    pytest.param("@a\n@b", "@a\n@c\n@b\nclass C: pass", id="another between"),
    pytest.param("def $F(...): ...", "«def f[T](a: T): pass»", id="type parameters"),
    pytest.param("@a(...)", "«@a(1)»\ndef f(): pass\na(1)", id="decorator alone"),
    pytest.param(
        "lambda $X: $Y", "x = «lambda a: b»\ny = lambda: b\nz = lambda a, b: a", id="lambda"
    ),
    pytest.param("class $C: ...", "«class A(B, metaclass=M): pass»", id="any class"),
    pytest.param(
        "class $C(B): ...", "«class A(B, X): pass»\nclass D(X, B): pass\nclass E: pass", id="base"
    ),
    pytest.param(
        "class $C(..., B, ...): ...", "«class A(X, B): pass»\nclass D(X): pass", id="some base"
    ),
    pytest.param(
        "class $C(metaclass=$M): ...", "«class A(metaclass=M): pass»\nclass B: pass", id="keyword"
    ),
    pytest.param(
        "class $C:\n    x = 1\n    y = 2",
        "«class A:\n    y = 2\n    z = 3\n    x = 1»\nclass B:\n    x = 1",
        id="members",
    ),
    pytest.param(
        "class $C:\n    def $M(...): ...\n    def $M(...): ...",
        "«class A:\n    def f(self): pass\n    def f(self): pass»\nclass B:\n    def f(self): pass",
        id="same member twice",
    ),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_definitions(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_the_order_of_decorators_may_matter() -> None:
    marked = "«@a\n@x\n@b\ndef f(): pass»\n@b\n@a\ndef g(): pass"
    assert_marked("@a\n@b\ndef $F(): ...", marked, decorators_order_matters=True)


def test_parameters_are_bound_together() -> None:
    found = bindings_of("def $F($...P): ...", "def f(a, b=1, *c, d, **e): pass")
    assert found == [{"$F": "f", "$...P": "a, b=1, *c, d, **e"}]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="older ones cannot read the pattern")
def test_type_parameters_that_are_written_must_be_there() -> None:
    assert_marked("class $C[T]: ...", "«class C[T]: pass»\nclass D: pass\nclass E[S]: pass")
    assert_marked("def $F[T](...): ...", "«def f[T](a): pass»\ndef g(a): pass")
