"""Names, dotted names and what imports make of them."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param("x", "for x, (y, x) in [(«x», 1)]:\n    «x», z = 1, 2", id="no target of a loop"),
    pytest.param("foo", "«foo».x; x.foo; f(foo=1); import foo; def_(«foo»)", id="name"),
    pytest.param("x.foo", "«x.foo».bar; y.x.foo; «x . foo»()", id="attribute"),
    pytest.param("m.f()", "import m as n\n«n.f()»\n«m.f()»\nf()", id="alias of the module"),
    pytest.param("m.f()", "from m import f as g\n«g()»\nf()", id="alias of the name"),
    pytest.param("a.b.f()", "from a import b\n«b.f()»\nimport a.b as c\n«c.f()»", id="submodule"),
    pytest.param("m.f()", "from m import *\n«f()»", id="star"),
    pytest.param("m.f()", "from m import *\ndef f(): pass\nf()", id="star, but defined here"),
    pytest.param("m.f()", "def g():\n    f()\nfrom m import f", id="import below"),
    pytest.param("m.f()", "from m import f\ndef g(f):\n    f()", id="parameter"),
    pytest.param("m.f()", "from other import f\nf()", id="other module"),
    pytest.param("m.f()", "x.m.f()", id="longer name"),
    pytest.param("f()", "from m import f as g\ng()", id="plain name is no alias"),
    pytest.param("$O.f(). ... .g()", "«a.f().g()»; «a.f().x().y.g()»; a.f()[0].g()", id="chain"),
    pytest.param(
        "a. ... .g()",
        "from a import b, g\nfrom a.b import h\n«b.g()»; «g()»; h()",
        id="imported chain",
    ),
    pytest.param("a. ... .g()", "«a.g()»; «a.b().g()»; z.a.g(); a().g()", id="chain from a name"),
    pytest.param("True", "t = «True»\n1\nf(«t»)", id="constant"),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_names(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_a_hole_binds_the_name_as_it_is_written() -> None:
    assert bindings_of("m.$F()", "from m import f as g\ng()") == [{"$F": "g"}]
