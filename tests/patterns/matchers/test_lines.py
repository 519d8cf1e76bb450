"""Statements one after another."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

ADJACENT = "a()\nb()\n"
APART = "a()\n...\nb()\n"

CASES = [
    pytest.param(ADJACENT, "«a()\nb()»\nc()", id="adjacent"),
    pytest.param(ADJACENT, "if x:\n    «a(); b()»", id="on one line"),
    pytest.param(ADJACENT, "a()\nc()\nb()", id="something between"),
    pytest.param(ADJACENT, "if x:\n    a()\nb()", id="other block"),
    pytest.param(APART, "«a()\nc()\nb()»", id="gap"),
    pytest.param(APART, "«a()\nif x:\n    b()»", id="deeper"),
    pytest.param(APART, "«a()\ntry:\n    c()\nfinally:\n    b()»", id="finally"),
    pytest.param(APART, "«a()\ndef f():\n    b()»", id="nested function"),
    pytest.param(APART, "«a()\nf = lambda: b()»", id="lambda"),
    pytest.param(APART, "if x:\n    a()\nb()", id="never outside"),
    pytest.param(APART, "b()\na()", id="order"),
    pytest.param(APART, "if x:\n    a()\nelse:\n    b()", id="other branch"),
    pytest.param(APART, "«x = a()\ny = [b()]»", id="inside of statements"),
    pytest.param(APART, "«a()\nx = f'{b()}'»", id="inside of an f-string"),
    pytest.param(
        APART, "«a()\nif c:\n    b()\n    d()»\ne()", id="ends with the block's statement"
    ),
    pytest.param(APART, "a()\nif b(): pass", id="not in a header"),
    pytest.param(APART, "a()\nx = b() if q else 2", id="not in a choice"),
    pytest.param("...\na()", "# nothing", id="empty file"),
    pytest.param("a()\n...", "c()\n«a()\nb()\nd()»", id="rest of the block"),
    pytest.param("$X = f()\n...\n$X.g()", "«x = f()\ny.g()\nx.g()»", id="same name"),
    pytest.param("$X = f()\n...\n$X.g()", "x = f()\ndef h(x):\n    x.g()", id="shadowed"),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_lines(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_every_continuation_is_told() -> None:
    assert bindings_of("a()\n...\n$F(1)", "a()\nb(1)\nc(1)") == [{"$F": "b"}, {"$F": "c"}]


BODIES = [
    pytest.param("a()", "a()", True, id="one line"),
    pytest.param("a()", "a()\nb()", False, id="one line of two"),
    pytest.param("a()\n...", "a()\nb()", True, id="first line"),
    pytest.param("a()\n...", '"doc"\na()', False, id="docstring first"),
    pytest.param('"..."\n...', '"doc"\na()', True, id="docstring"),
    pytest.param("...\na()", "b()\na()", True, id="last line"),
    pytest.param("...\na()\n...", "if x:\n    a()", True, id="somewhere"),
    pytest.param("...\na()\n...\nb()\n...", "b()\na()", False, id="order"),
    pytest.param("...", "pass", True, id="any"),
    pytest.param("$...BODY", "a()\nb()", True, id="bound"),
    pytest.param("$...BODY\nreturn $X", "a()\nreturn 1", True, id="bound up to the last"),
    pytest.param("$...BODY\nreturn $X", "return 1\na()", False, id="bound, not further"),
]


@pytest.mark.parametrize(("body", "code", "matches"), BODIES)
def test_bodies(body: str, code: str, *, matches: bool) -> None:
    head = "def f():\n    "
    found = bindings_of(head + body.replace("\n", "\n    "), head + code.replace("\n", "\n    "))
    assert bool(found) is matches
