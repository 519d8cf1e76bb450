"""Statements with blocks."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

TRY = "try:\n    ...\nexcept $E:\n    ...\n"

CASES = [
    pytest.param("if $C:\n    ...", "«if a:\n    x()\nelse:\n    y()»", id="if with else"),
    pytest.param("if $C:\n    ...", "while a: pass\nx = 1 if a else 2", id="no if"),
    pytest.param("if $C:\n    ...\nelse:\n    ...", "if a:\n    x()", id="else is asked for"),
    pytest.param(
        "if $A:\n    ...\nelif $B:\n    ...",
        "«if a:\n    x()\nelse:\n    if b:\n        y()»",
        id="elif is an if in else",
    ),
    pytest.param("if <... f() ...>:\n    ...", "«if not f(): pass»\nif g:\n    f()", id="deep"),
    pytest.param("for $I in $X:\n    ...", "«for a, b in c: pass»\n[a for a in b]", id="for"),
    pytest.param(
        "for $I in $X:\n    ...", "«for a in b:\n    pass»\nelse:\n    c()", id="for else"
    ),
    pytest.param("while True: ...", "«while True: pass»\nwhile x: pass", id="while"),
    pytest.param("with f() as $X:\n    ...", "«with a, f() as b: pass»\nwith f(): pass", id="with"),
    pytest.param("with f():\n    ...", "with f() as a: pass\n«with b, f(): pass»", id="unnamed"),
    pytest.param("with $X:\n    ...", "«with f() as a: pass»\n«with f(): pass»", id="any with"),
    pytest.param("with ...:\n    ...", "«with f() as a: pass»\n«with f(): pass»", id="any item"),
    pytest.param(TRY, "«try:\n    a()\nexcept E:\n    b()»", id="try"),
    pytest.param(TRY, "try:\n    a()\nexcept:\n    b()", id="bare except"),
    pytest.param(TRY, "try:\n    a()\nexcept E as e:\n    b()", id="named except"),
    pytest.param(TRY, "try:\n    a()\nexcept (D, E):\n    b()", id="several classes"),
    pytest.param(TRY, "try:\n    a()\nexcept E:\n    b()\nfinally:\n    c()", id="finally"),
    pytest.param(TRY, "«try:\n    a()\nexcept* E:\n    b()»", id="except* is an except"),
    pytest.param(
        "try:\n    ...\nexcept* $E:\n    ...",
        "«try:\n    a()\nexcept* E:\n    b()»\ntry:\n    a()\nexcept E:\n    b()",
        id="except is no except*",
    ),
    pytest.param(
        "try:\n    ...\nexcept ...:\n    ...",
        "«try:\n    a()\nexcept E as e:\n    b()»\ntry:\n    a()\nfinally:\n    b()",
        id="any except",
    ),
    pytest.param(
        "try:\n    ...\nfinally:\n    f()",
        "«try:\n    a()\nexcept E:\n    b()\nfinally:\n    f()»",
        id="more handlers",
    ),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_compounds(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_each_handler_is_told() -> None:
    code = "try:\n    a()\nexcept B:\n    b()\nexcept C:\n    c()"
    assert bindings_of(TRY, code) == [{"$E": "B"}, {"$E": "C"}]
