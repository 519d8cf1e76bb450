"""What is known of a variable where it is used: the value handed to `f`."""

from __future__ import annotations

import libcst as cst
import pytest

from stuck_rules.cst.source import parse
from stuck_rules.patterns.constants import SOME_TEXT, Constant, constant
from stuck_rules.patterns.scene import Scene


def value_at_call(code: str) -> Constant | None:
    tree = parse(code)
    (call,) = [
        node
        for node in tree.by_type[cst.Call]
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "f"
    ]
    return Scene(tree).constant(call.args[0].value)


KNOWN = [
    pytest.param("f(1 + 2 * 3)", constant(7), id="arithmetic"),
    pytest.param("f(-3)", constant(-3), id="sign"),
    pytest.param("f(6 / 2)", constant(3), id="an even quotient"),
    pytest.param("f(7 / 2)", constant(3.5), id="true division"),
    pytest.param("f('a' 'b' + 'c')", constant("abc"), id="strings"),
    pytest.param("f('ab' * 2)", constant("abab"), id="repeated"),
    pytest.param("f('a' * 10 ** 9)", None, id="power"),
    pytest.param("f('a' * 100000000)", SOME_TEXT, id="too long to be made"),
    pytest.param("f(not False or False)", constant(True), id="logic"),
    pytest.param("f('a' if q else 'a')", constant("a"), id="choice of equals"),
    pytest.param("f('a' if q else 'b')", SOME_TEXT, id="choice of strings"),
    pytest.param("f(f'{\"a\"}b')", constant("ab"), id="f-string"),
    pytest.param("x = 'a'\nf(x)", constant("a"), id="module"),
    pytest.param("x = 'a'\ndef g():\n    f(x)", constant("a"), id="module name in a function"),
    pytest.param("def g():\n    x: str = 'a'\n    x += 'b'\n    f(x)", constant("ab"), id="added"),
    pytest.param("def g():\n    with q as x:\n        y = 1\n    f(y)", constant(1), id="with"),
    pytest.param(
        "def g():\n    if q:\n        x = 'a'\n    else:\n        x = 'b'\n    f(x)",
        SOME_TEXT,
        id="branches",
    ),
    pytest.param(
        "def g():\n    x = 1\n    if q:\n        x = 2\n        return\n    f(x)",
        constant(1),
        id="a branch that leaves",
    ),
    pytest.param("def g():\n    x = 1\n    return lambda: f(x)", constant(1), id="lambda"),
    pytest.param("def g():\n    x = 1\n    for i in q:\n        f(x)", constant(1), id="in a loop"),
]


@pytest.mark.parametrize(("code", "value"), KNOWN)
def test_known(code: str, value: Constant | None) -> None:
    assert value_at_call(code) == value


UNKNOWN = [
    pytest.param("f(x)", id="unbound"),
    pytest.param("def g(x='a'):\n    f(x)", id="default"),
    pytest.param("def g():\n    f(x)\nx = 1", id="module name below"),
    pytest.param("x = 1\ndef g():\n    f(x)\nx = 2", id="module name assigned twice"),
    pytest.param("x = 1\ndef g():\n    f(x)\ndef h():\n    global x\n    x = 2", id="global"),
    pytest.param("def g():\n    x = 1\n    def h():\n        f(x)", id="captured"),
    pytest.param("def g():\n    x = y = 1\n    f(x)", id="chained"),
    pytest.param("def g():\n    x, y = 1, 2\n    f(x)", id="unpacked"),
    pytest.param("def g():\n    x = 1\n    for i in q:\n        x = 2\n    f(x)", id="loop"),
    pytest.param(
        "def g():\n    x = 1\n    while q:\n        f(x)\n        x = 2", id="assigned further down"
    ),
    pytest.param("def g():\n    x = 1\n    x = h()\n    f(x)", id="overwritten"),
    pytest.param("def g():\n    x = 1\n    if (x := h()):\n        f(x)", id="walrus"),
    pytest.param("x = 1\ny = [f(x) for x in q]", id="comprehension"),
    pytest.param("x = 1\ny = lambda x: f(x)", id="parameter of a lambda"),
    pytest.param("x = 1\ndef x(): pass\nf(x)", id="definition"),
    pytest.param("f('a'.upper())", id="call"),
    pytest.param("f('%s' % 'a')", id="formatting"),
    pytest.param("f(1 / 0)", id="division by zero"),
    pytest.param("f('a' + x)", id="unknown part"),
]


@pytest.mark.parametrize("code", UNKNOWN)
def test_unknown(code: str) -> None:
    assert value_at_call(code) is None
