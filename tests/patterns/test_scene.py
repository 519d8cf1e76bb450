"""Names in a file: which variable they are, and what the imports make of them."""

from __future__ import annotations

import libcst as cst
import pytest

from stuck_rules.cst.source import parse
from stuck_rules.patterns.scene import Scene


def names_of(scene: Scene, value: str) -> list[cst.Name]:
    return [
        node
        for node in scene.tree.by_type[cst.Name]
        if isinstance(node, cst.Name) and node.value == value
    ]


SAME = [
    pytest.param("x = 1\nx", id="module"),
    pytest.param("def f(x):\n    x", id="parameter"),
    pytest.param("def f():\n    x = 1\n    def g():\n        x", id="closure"),
    pytest.param("x\nx", id="bound nowhere"),
    pytest.param("self.x = x", id="attribute of the same name"),
    pytest.param("def x(): pass\nx()", id="definition"),
]


@pytest.mark.parametrize("code", SAME)
def test_same_variable(code: str) -> None:
    scene = Scene(parse(code))
    left, right = names_of(scene, "x")
    assert scene.same(left, right)


OTHER = [
    pytest.param("def f(x):\n    lambda x: 1", id="shadowed by a lambda"),
    pytest.param("def f(x): pass\ndef g(x): pass", id="two functions"),
    pytest.param("x = 1\n[a for x in b]", id="comprehension"),
    pytest.param("class C:\n    x = 1\nx = 2", id="class"),
]


@pytest.mark.parametrize("code", OTHER)
def test_other_variable(code: str) -> None:
    scene = Scene(parse(code))
    left, right = names_of(scene, "x")
    assert not scene.same(left, right)


EQUAL = [
    pytest.param("f(1, a) == f( 1,a )", id="layout"),
    pytest.param("'a' == \"a\"", id="quotes"),
    pytest.param("16 == 0x10", id="number"),
    pytest.param("(a) == a", id="parentheses"),
    pytest.param("K = 'a'\nK == 'a'", id="constant and literal"),
]


@pytest.mark.parametrize("code", EQUAL)
def test_same_code(code: str) -> None:
    scene = Scene(parse(code))
    comparison = cst.ensure_type(scene.tree.by_type[cst.Comparison][0], cst.Comparison)
    assert scene.same(comparison.left, comparison.comparisons[0].comparator)


UNEQUAL = [
    pytest.param("f(a=1, b=2) == f(b=2, a=1)", id="order of keywords"),
    pytest.param("1 == 1.0", id="kind of number"),
    pytest.param("'a' == b'a'", id="prefix"),
    pytest.param("a.b == b", id="attribute"),
    pytest.param("K = 'a'\nL = 'a'\nK == L", id="two constants"),
    pytest.param("True == 1", id="True and 1"),
]


@pytest.mark.parametrize("code", UNEQUAL)
def test_other_code(code: str) -> None:
    scene = Scene(parse(code))
    comparison = cst.ensure_type(scene.tree.by_type[cst.Comparison][0], cst.Comparison)
    assert not scene.same(comparison.left, comparison.comparisons[0].comparator)


RESOLVED = [
    pytest.param("import m\nx = m", "m", "m", id="module"),
    pytest.param("import m.n as x\nx", "x", "m.n", id="alias"),
    pytest.param("from m import n as x\nx", "x", "m.n", id="from"),
    pytest.param("x\nimport m as x", "x", None, id="import below"),
    pytest.param("import m as x\ndef f(x):\n    return x", "x", None, id="parameter"),
    pytest.param("x = 1\nx", "x", None, id="no import"),
]


@pytest.mark.parametrize(("code", "name", "target"), RESOLVED)
def test_resolve(code: str, name: str, target: str | None) -> None:
    scene = Scene(parse(code))
    used = [node for node in names_of(scene, name) if scene.is_expression(node)]
    assert scene.resolve(used[-1]) == target


NAMED = ["a.x", "f(x=1)", "def x(): pass", "def f(x): pass", "import x", "from x import y"]


@pytest.mark.parametrize("code", NAMED)
def test_names_that_only_name_are_no_expressions(code: str) -> None:
    scene = Scene(parse(code))
    assert not any(scene.is_expression(name) for name in names_of(scene, "x"))
