"""Where nodes stand is the same by the lines of statements and by the whole module."""

from __future__ import annotations

from pathlib import Path
from typing import TypeGuard

import libcst as cst
import pytest

from stuck_rules.cst.normal import Statements
from stuck_rules.cst.positions import locate
from stuck_rules.cst.source import SyntaxTree, parse_excerpt
from stuck_rules.model.excerpt import Excerpt
from stuck_rules.model.source import Position, Span
from stuck_rules.narrowing.outline import outline_of

MODEL = Path(__file__).parent.parent.parent / "stuck_rules" / "model"

CODE = '''\
#!/usr/bin/env python
# Words before the first statement.

"""Text
of two lines."""
import os; import sys  # why


@decorate(1)
# between
@other(
    2,
)
class A(B, metaclass=C):
    x: int = (1 +
        2); y = 3

    # above

    z = \\
        lambda a, *b: a[1:2, ::3]

    async def f(self, a: int = (3)) -> "é":
        if a: return (yield b)
        elif not c:
            async with d as g, (h):
                pass  # "é"
    # less
        else:
            x = "é" \'\'\'
 #\'\'\' + (y); del z

        return f"{a!r:>{b}} \\u4e2d" "z" + 'w'; pass


try:
\tfrom .. import (y as z,)
except* (E, F) as e:
\traise E from None
finally:
\tfor x in y:
\t\tdel z
\telse: pass
match x:
    # first
    case [1, *_]:
        while True: break
    case _: f(
        1)
# last
'''


def tree_of(code: str, starts: tuple[int, ...] | None = None) -> SyntaxTree:
    """The tree of an excerpt that is the whole code, three lines further down."""
    outline = outline_of(code)
    assert outline is not None
    if starts is None:
        begun = (line for line in outline.starts if outline.lines[line].strip())
        starts = tuple(line + 1 for line in begun if outline.lines[line].strip()[0] != "#")
    lines = tuple(range(4, len(outline.lines) + 4))
    tree = parse_excerpt("\n\n\n" + code, Excerpt(code, lines, starts=starts))
    assert tree is not None
    return tree


def moved(span: Span) -> Span:
    start, end = span.start, span.end
    return Span(Position(start.line + 3, start.column), Position(end.line + 3, end.column))


def where_the_module_says(tree: SyntaxTree, nodes: list[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
    return {node: moved(span) for node, span in locate(tree.module, nodes).items()}


def is_line(node: cst.CSTNode) -> TypeGuard[cst.SimpleStatementLine]:
    return isinstance(node, cst.SimpleStatementLine)


def in_lines(tree: SyntaxTree) -> list[cst.CSTNode]:
    lines = tree.by_type[cst.SimpleStatementLine]
    return [node for line in lines for node in tree.descendants(line)]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(CODE, id="all kinds of statements"),
        pytest.param(CODE.split("\n", 3)[3], id="no comments at the start"),
        *(
            pytest.param((MODEL / name).read_text(encoding="utf-8"), id=name)
            for name in ("rule.py", "source.py", "violation.py", "words.py")
        ),
    ],
)
def test_by_its_line_a_node_stands_where_the_whole_module_says(code: str) -> None:
    tree = tree_of(code)
    nodes = in_lines(tree)
    assert tree.spans(nodes) == where_the_module_says(tree, nodes)
    lines = tree.by_type[cst.SimpleStatementLine]
    assert len(tree.statements_beside) == sum(len(node.body) for node in lines if is_line(node))


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(cst.FunctionDef, id="definition"),
        pytest.param(cst.Decorator, id="decorator"),
        pytest.param(cst.Param, id="parameter"),
        pytest.param(cst.If, id="branch"),
        pytest.param(cst.Yield, id="in a suite on the line of its head"),
        pytest.param(cst.MatchCase, id="case"),
    ],
)
def test_what_stands_in_no_such_line_is_found_too(kind: type[cst.CSTNode]) -> None:
    tree = tree_of(CODE)
    first = in_lines(tree)[:1]
    nodes = [*first, *tree.by_type[kind]]
    assert tree.spans(first) == where_the_module_says(tree, first)
    assert tree.spans(nodes) == where_the_module_says(tree, nodes)


@pytest.mark.parametrize(
    "starts",
    [
        pytest.param((), id="none"),
        pytest.param((1, 2), id="too few"),
        pytest.param((1, 2, 3, 4), id="too many"),
        pytest.param((1, 2, 2), id="wrong"),
    ],
)
def test_lines_that_do_not_fit_are_not_believed(starts: tuple[int, ...]) -> None:
    tree = tree_of("x = 1\nyy = 2\nzzz = 3\n", starts)
    nodes = in_lines(tree)
    assert tree.spans(nodes) == where_the_module_says(tree, nodes)


def test_to_ask_again_and_again_prints_no_more_than_the_module() -> None:
    tree = tree_of("x = [" + "a, " * 50 + "]\n" + "y = 1\n" * 5)
    nodes = in_lines(tree)
    for node in nodes:
        assert tree.spans([node]) == where_the_module_says(tree, [node])


@pytest.mark.parametrize("mark", ["y = 1", "z = 2", "b = 3", "(c)", "# d"])
def test_the_statement_at_a_place_is_the_same(mark: str) -> None:
    code = "x = 0\ny = 1; z = 2  # d\ndef f(a, b = 3): return (c)\n"
    by_lines, whole = tree_of(code), tree_of(code, ())
    by_lines.spans(in_lines(by_lines)[-3:])
    assert by_lines.statements_beside
    column, line = next(
        (row.index(mark) + 1, n) for n, row in enumerate(code.split("\n"), 4) if mark in row
    )
    span = Span.of(line, column, line, column + 1)
    assert Statements(by_lines).at(span) == Statements(whole).at(span) != ""
