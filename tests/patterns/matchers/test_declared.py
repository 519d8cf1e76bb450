"""`$X: T` among arguments."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked

CASES = [
    pytest.param("f($X: int)", "«f(1)»\nf('a')\nf(x)\nf(1.0)\nf(True)", id="literal"),
    pytest.param("f($X: int)", "def g(a: int, b: str):\n    «f(a)»\n    f(b)", id="parameter"),
    pytest.param("f($X: int)", "y: int = g()\n«f(y)»\nz = g()\nf(z)", id="variable"),
    pytest.param("f($X: int)", "w = 3\n«f(w)»", id="constant"),
    pytest.param("f($X: str)", "«f('a')»\n«f(r'a')»\nf(b'a')\nf(1)", id="no bytes"),
    pytest.param("f($X: str)", 'y = f"{a}" + b if c else ""\nf(y)', id="perhaps text"),
    pytest.param("f($X: str)", 'y = "a" if b else "c"\n«f(y)»', id="some text"),
    pytest.param("f($X: m.C)", "from m import C\ndef g(a: C):\n    «f(a)»", id="imported"),
    pytest.param("f($X: C)", "c = C()\nf(c)\nf(C())", id="no inference"),
    pytest.param("f($X: int)", "def g(a: int): pass\ndef h(a):\n    f(a)", id="other scope"),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_typed_metavariables(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)
