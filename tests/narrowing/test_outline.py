"""The statements of a module, as CPython's parser sees them or not at all."""

from __future__ import annotations

import ast
from itertools import pairwise

import pytest

from stuck_rules.narrowing.outline import Kind, Outline, outline_of

SURE = [
    pytest.param("", id="nothing"),
    pytest.param("# only a comment\n", id="comment"),
    pytest.param('"""Doc.\nnot = code\n"""\nx = 1\n', id="docstring"),
    pytest.param("x = '''\ny = 1\n'''\nz = 2\n", id="lines in a string"),
    pytest.param("x = (\n1,\n)\ny = [\n2]\n", id="lines in brackets"),
    pytest.param("x = ')'\ny = (\n'('\n)\n", id="brackets in strings"),
    pytest.param("x = 1 # ( '\ny = 2\n", id="bracket in a comment"),
    pytest.param("x = 1 + \\\n2\ny = 3\n", id="continued line"),
    pytest.param("x = 'a\\\nb'\ny = 3\n", id="continued string"),
    pytest.param("if a:\n    b\nelif c:\n    d\nelse:\n    e\nf\n", id="else"),
    pytest.param("try:\n    a\nexcept B:\n    c\nfinally:\n    d\ne\n", id="try"),
    pytest.param("@a\n@b(\n1\n)\n\ndef f():\n    pass\nx\n", id="decorators"),
    pytest.param("@a\nclass A:\n    pass\n\n    @b\n    def f(self):\n        pass\n", id="class"),
    pytest.param("class A:\n    '''D\n  x\n    '''\n    a = 1; b = 2\n    c = (\n1)\n", id="body"),
    pytest.param("class A:\n\tx = 1\n\tdef f():\n\t\treturn 1\n", id="tabs"),
    pytest.param("class A: x = 1\ny = 1\n", id="class on one line"),
    pytest.param("class A(\n    B,\n):\n    x = 1\n  # less\n    y = 1\n", id="long head"),
    pytest.param("async def f():\n    pass\nasync def g(): pass\n", id="async"),
    pytest.param('x = f"{a} {b!r}"\ny = 1\n', id="f-string"),
    pytest.param("match = 1\nmatch x:\n    case 1:\n        pass\n", id="match"),
    pytest.param("é = 'ü'\ndef ü(): pass\n", id="letters beyond ASCII"),
]


def heads(outline: Outline) -> list[int]:
    return [piece.head + 1 for piece in outline.pieces]


def first_lines(body: list[ast.stmt]) -> list[int]:
    """Where statements begin that share no line with the one before."""
    ends = [0, *(node.end_lineno or 0 for node in body)]
    return [node.lineno for node, end in zip(body, ends, strict=False) if node.lineno > end]


@pytest.mark.parametrize("code", SURE)
def test_the_outline_is_what_the_parser_sees(code: str) -> None:
    outline = outline_of(code)
    assert outline is not None
    body = ast.parse(code).body
    assert heads(outline) == first_lines(body)
    assert all(left.end == right.start for left, right in pairwise(outline.pieces))
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    pieces = [piece for piece in outline.pieces if piece.kind is Kind.CLASS]
    for node, piece in zip(classes, pieces, strict=True):
        inner = outline.inside(piece)
        expected = first_lines(node.body) if node.body[0].lineno > node.lineno else []
        assert [part.head + 1 for part in inner] == expected


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("x = 1", id="no last line break"),
        pytest.param("x = (\n", id="open bracket"),
        pytest.param("x = )\n(\n", id="closed before it is open"),
        pytest.param("x = '''\n", id="open string"),
        pytest.param("x = 'a\n", id="open quote"),
        pytest.param("x = 1\n\fy = 2\n", id="form feed"),
        pytest.param('x = f"{y["("]}"\n', id="quotes of its own in an f-string"),
        pytest.param("x = f'{a:{'\n", id="open hole"),
    ],
)
def test_what_is_not_understood_has_no_outline(code: str) -> None:
    assert outline_of(code) is None


@pytest.mark.parametrize(
    ("code", "long"),
    [
        pytest.param("x = " + "1 + " * 2_000 + "1\n", True, id="chain"),
        pytest.param("x = (" + "1 +\n" * 2_000 + "1)\n", True, id="chain over lines"),
        pytest.param("x = " + "[" * 150 + "]" * 150 + "\n", True, id="many brackets"),
        pytest.param("x = '" + "a" * 9_000 + "'\n", False, id="string"),
        pytest.param("x = 1\n" * 2_000, False, id="many lines"),
    ],
)
def test_long_lines_are_told(code: str, long: bool) -> None:
    outline = outline_of(code)
    assert outline is not None
    assert outline.long is long
