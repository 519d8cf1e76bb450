"""One dotted call, written in all the ways in which imports let it be written."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked

CALL = "a.b.f(...)"

REACHED = [
    pytest.param("import a.b\n«a.b.f()»", id="module"),
    pytest.param("import a\n«a.b.f()»", id="package"),
    pytest.param("«a.b.f(1)»", id="no import"),
    pytest.param("import a.b as c\n«c.f()»", id="module by another name"),
    pytest.param("import a as c\n«c.b.f()»", id="package by another name"),
    pytest.param("from a import b\n«b.f()»", id="submodule"),
    pytest.param("from a import b as c\n«c.f()»", id="submodule by another name"),
    pytest.param("from a.b import f\n«f()»", id="function"),
    pytest.param("from a.b import f as g\n«g()»", id="function by another name"),
    pytest.param("from a.b import (\n    e,\n    f,\n)\n«f(1)»", id="among others"),
    pytest.param("from a.b import *\n«f()»", id="star"),
    pytest.param("from a import *\n«b.f()»", id="star of the package"),
    pytest.param("def g():\n    from a.b import f\n    return «f()»", id="inside a function"),
    pytest.param("if c:\n    from a import b\n«b.f()»", id="on a condition"),
    pytest.param(
        "try:\n    from a.b import f\nexcept ImportError:\n    f = None\n«f()»", id="attempted"
    ),
    pytest.param("import c, a.b as d\n«d.f()»", id="in a list"),
    pytest.param("from a.b import f\n@«f(1)»\ndef g(x=«f()») -> «f(2)»: pass", id="in a header"),
    pytest.param("from a.b import f\nclass C:\n    x = [«f()» for y in z]", id="in a class"),
    pytest.param("import a.b.c\n«a.b.f()»", id="through another module"),
]

NOT_REACHED = [
    pytest.param("f()", id="never imported"),
    pytest.param("from c import f\nf()", id="from elsewhere"),
    pytest.param("from a import f\nf()", id="from the package"),
    pytest.param("import a.b as c\nd.f()", id="another name"),
    pytest.param("from a.b import g\ng()", id="another function"),
    pytest.param("from a.b import f\nx.f()\nf.f()", id="an attribute of that name"),
    pytest.param("from a.b import f\ndef g(f):\n    f()", id="a parameter of that name"),
    pytest.param("from a.b import f\nlambda f: f()", id="a lambda's parameter"),
    pytest.param("f()\nfrom a.b import f", id="too early"),
    pytest.param("from .a.b import f\nf()", id="relative"),
    pytest.param("from a.b import *\nx.f()", id="star and an attribute"),
    pytest.param("from a.b import *\ndef f(): pass\nf()", id="star and a definition"),
    pytest.param("x.a.b.f()", id="inside of another"),
    pytest.param("from a.b import f\nf", id="not called"),
]


@pytest.mark.parametrize("marked", [*REACHED, *NOT_REACHED])
def test_a_dotted_call_is_found_whatever_the_imports(marked: str) -> None:
    assert_marked(CALL, marked)


BARE = [
    pytest.param("from a import f\n«f()»", id="imported"),
    pytest.param("from a import f as g\ng()", id="by another name"),
    pytest.param("import a\na.f()", id="of a module"),
    pytest.param("from a import g as f\n«f()»", id="another that is called so"),
]


@pytest.mark.parametrize("marked", BARE)
def test_a_bare_call_is_found_as_it_is_written(marked: str) -> None:
    assert_marked("f()", marked)
