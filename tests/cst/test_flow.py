"""Which values a name may hold where it is used last."""

from __future__ import annotations

import pytest

from stuck_rules.cst.analysis import Analysis
from stuck_rules.cst.source import parse
from tests.cst.code import name_at


def values(code: str) -> list[str | None]:
    """The values that the last `x` may hold; None for one that is not known."""
    tree = parse(code)
    found = Analysis(tree).values(name_at(tree, "x"))
    return sorted(
        (None if value is None else tree.module.code_for_node(value) for value in found),
        key=str,
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("x = 1\nf(x)\n", ["1"], id="straight"),
        pytest.param("x = 1\nx = 2\nf(x)\n", ["2"], id="overwritten"),
        pytest.param("f(x)\n", [], id="bound nowhere"),
        pytest.param("x = 1\nif a:\n    x = 2\nf(x)\n", ["1", "2"], id="perhaps overwritten"),
        pytest.param("if a:\n    x = 1\nelse:\n    x = 2\nf(x)\n", ["1", "2"], id="both branches"),
        pytest.param(
            "x = 0\nif a:\n    x = 1\nelse:\n    x = 2\nf(x)\n", ["1", "2"], id="surely overwritten"
        ),
        pytest.param("if a:\n    x = 1\nelse:\n    f(x)\n", [], id="the other branch"),
        pytest.param(
            "def g():\n    x = 1\n    if a:\n        x = 2\n        return\n    f(x)\n",
            ["1"],
            id="a branch that leaves",
        ),
        pytest.param("x, y = 1, 2\nf(x)\n", ["1"], id="pairwise"),
        pytest.param("x, y = g()\nf(x)\n", [None], id="unpacked"),
        pytest.param("def g(x):\n    f(x)\n", [None], id="parameter"),
        pytest.param("def g(x):\n    x = 1\n    f(x)\n", ["1"], id="parameter overwritten"),
        pytest.param("def g(x):\n    x = x or 1\n    f(x)\n", ["x or 1"], id="from itself"),
        pytest.param("for x in y:\n    f(x)\n", [None], id="loop"),
        pytest.param("with g() as x:\n    f(x)\n", [None], id="with"),
        pytest.param("if (x := g()):\n    f(x)\n", ["g()"], id="walrus"),
        pytest.param("x: int = 1\nf(x)\n", ["1"], id="annotated"),
        pytest.param("x = 1\nx += 2\nf(x)\n", [None], id="augmented"),
        pytest.param("x = 1\ndef g():\n    f(x)\n", ["1"], id="of the module"),
        pytest.param("x = 1\ndef g():\n    x = 2\n    f(x)\n", ["2"], id="of the function"),
        pytest.param("def g():\n    x = 1\ndef h():\n    f(x)\n", [], id="of another function"),
        pytest.param("class A:\n    x = 1\n    def g(self):\n        f(x)\n", [], id="of a class"),
        pytest.param("x = 1\n[f(x) for y in z]\n", ["1"], id="in a comprehension"),
    ],
)
def test_the_values_that_reach_a_use(code: str, expected: list[str | None]) -> None:
    assert values(code) == expected
