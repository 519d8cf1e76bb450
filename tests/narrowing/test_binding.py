"""Which names a module surely binds, beside what the syntax tree says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stuck_rules.cst.analysis import Analysis
from stuck_rules.cst.source import parse
from stuck_rules.narrowing.binding import assigns, binds
from stuck_rules.narrowing.outline import outline_of

ROOT = Path(__file__).parent.parent.parent
NAME = re.compile(r"\b(?!as\b)[^\W\d]\w*")


def is_bound(code: str) -> bool:
    outline = outline_of(code)
    assert outline is not None
    return binds(outline.code, "call") or assigns(outline.code, "call")


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("def call(): ...\n", id="function"),
        pytest.param("class A:\n    async def call(self): ...\n", id="method"),
        pytest.param("class call: ...\n", id="class"),
        pytest.param("def f():\n    import call\n", id="import in a function"),
        pytest.param("def f():\n    from a.b import c, call\n", id="one of several imports"),
        pytest.param(
            "if x:\n    from a import (\n        b,\n        call,\n    )\n", id="long import"
        ),
        pytest.param("def f():\n    import a as call\n", id="alias"),
        pytest.param("def f():\n    with a() as call:\n        pass\n", id="with"),
        pytest.param("try:\n    pass\nexcept E as call:\n    pass\n", id="except"),
        pytest.param("match x:\n    case 1 as call:\n        pass\n", id="match"),
        pytest.param("def f():\n    for call in x:\n        pass\n", id="loop"),
        pytest.param("x = [call for call in y]\n", id="comprehension"),
        pytest.param("def f():\n    call = 1\n", id="assignment"),
        pytest.param("def f(call): ...\n", id="parameter"),
        pytest.param("async def f(a: int = 1, *, call: str = 2): ...\n", id="later parameter"),
        pytest.param("def f(\n    self,\n    **call,\n): ...\n", id="parameter on its own line"),
        pytest.param("def f(a, call\n    ): ...\n", id="bracket on the next line"),
        pytest.param("x = call(\n    call\n)\ndef call(): ...\n", id="behind its uses"),
        pytest.param("x = call\n" * 50 + "def call(): ...\n", id="behind many uses"),
    ],
)
def test_what_binds_a_name_binds_it_in_the_tree_too(code: str) -> None:
    assert is_bound(code)
    assert "call" in Analysis(parse(code)).bindings


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("x = call()\n", id="use"),
        pytest.param("f(\n    call=1\n)\n", id="keyword argument on a line of its own"),
        pytest.param("'''\ndef call(): ...\n'''\n", id="in a string"),
        pytest.param("x = '''\ncall = 1\n'''\n", id="assignment in a string"),
        pytest.param("# import call\nx = 1\n", id="in a comment"),
        pytest.param("def f(a: call, b=call): ...\n", id="annotation and default"),
        pytest.param("def f(a: D[str, call, int]): ...\n", id="part of an annotation"),
        pytest.param("import call as a\n", id="import under another name"),
        pytest.param("import a.call\n", id="import of a module inside"),
        pytest.param("import call_a\n", id="import of a longer name"),
        pytest.param("from call import a\n", id="import from it"),
        pytest.param("with a() as call.b:\n    pass\n", id="attribute of it"),
        pytest.param("for call.a in x:\n    pass\n", id="loop over an attribute"),
        pytest.param("call == 1\n", id="comparison"),
        pytest.param("call.a = 1\n", id="assignment to an attribute"),
    ],
)
def test_what_binds_no_name(code: str) -> None:
    assert not is_bound(code)


def test_real_code_binds_in_the_tree_what_its_text_binds() -> None:
    seen = 0
    for path in sorted((ROOT / "stuck_rules" / "narrowing").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        outline = outline_of(text)
        if outline is None:
            continue
        bindings = Analysis(parse(text)).bindings
        bound = {
            name
            for name in NAME.findall(text)
            if binds(outline.code, name) or assigns(outline.code, name)
        }
        assert bound <= set(bindings)
        seen += len(bound)
    assert seen > 100
