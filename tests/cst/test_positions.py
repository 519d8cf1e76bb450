"""Where nodes stand."""

from __future__ import annotations

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from stuck_rules.cst.positions import locate
from stuck_rules.cst.source import parse
from stuck_rules.model.source import Span

CODE = """\
import os  # why


@decorate(1)
@other
class A(B, metaclass=C):
    '''Text
    of two lines.'''

    x: int = (1 +
        2)

    @staticmethod
    async def f(a, /, b: int = 3, *c, d=[4], **e) -> "é":
        if a: return (yield b)
        elif not c:
            async with d as g, (h):
                pass
        else:
            lambda x, *y: x[1:2, ::3]
        return f'{a!r:>{b}} \u4e2d' "z" + 'w'; pass


try:
\tfrom .. import (y as z,)
except* (E, F) as e:
\traise E from None
finally:
\tdel z
"""


# Where ours are meant to differ; a module is never reported.
OTHERS = (cst.FunctionDef, cst.ClassDef, cst.Param, cst.Module)


def test_all_nodes_stand_where_libcst_says() -> None:
    module = cst.parse_module(CODE)
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    expected = {
        node: Span.of(r.start.line, r.start.column + 1, r.end.line, r.end.column + 1)
        for node, r in wrapper.resolve(PositionProvider).items()
        if not isinstance(node, OTHERS)
    }
    assert locate(module, expected) == expected


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        pytest.param(cst.ClassDef, "@a\n@b\nclass C: pass\n", Span.of(1, 1, 3, 14), id="class"),
        pytest.param(cst.FunctionDef, "# x\n@a\ndef f(): pass\n", Span.of(2, 1, 3, 14), id="def"),
        pytest.param(cst.FunctionDef, "async def f(): pass\n", Span.of(1, 1, 1, 20), id="async"),
        pytest.param(cst.Param, "def f(a, b): pass\n", Span.of(1, 7, 1, 8), id="parameter"),
        pytest.param(cst.Param, "def f(a: int, b): pass\n", Span.of(1, 7, 1, 13), id="annotated"),
        pytest.param(cst.Param, "def f(a=1, b=2): pass\n", Span.of(1, 7, 1, 10), id="default"),
    ],
)
def test_places_that_differ_from_libcsts(
    kind: type[cst.CSTNode], code: str, expected: Span
) -> None:
    tree = parse(code)
    node = tree.by_type[kind][0]
    assert tree.spans([node]) == {node: expected}
    assert tree.text(tree.spans([node])[node]) in code


def test_nothing_wanted_is_nothing_located() -> None:
    assert locate(cst.parse_module(CODE), []) == {}
