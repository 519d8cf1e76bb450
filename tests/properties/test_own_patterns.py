"""Any piece of real code, taken as a pattern, matches itself; so it does with a hole in it."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path
from random import Random

import libcst as cst
from hypothesis import given, settings
from hypothesis import strategies as st

import stuck_rules
from stuck_rules.cst.source import SyntaxTree, parse
from stuck_rules.model.formula import Pattern
from stuck_rules.patterns.compile import compile_formula
from stuck_rules.patterns.evaluate import find_matches
from stuck_rules.patterns.scene import Scene

PACKAGE = Path(stuck_rules.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 1_500
# What a pattern says otherwise: a string of `...` or `$X` is any string, and a line that is a
# string or `...` alone is a documentation or a gap. Holes in the format of a hole are refused.
SPEAKING = ("...", "$", "=~", ":<{")


@cache
def read(path: Path) -> SyntaxTree:
    return parse(path.read_text(encoding="utf-8"))


def code_of(tree: SyntaxTree, node: cst.CSTNode) -> str:
    code = textwrap.dedent(tree.module.code_for_node(node)).strip()
    if isinstance(node, cst.BaseExpression) and "\n" in code:
        return f"({code})"
    return code


def is_piece(scene: Scene, node: cst.CSTNode) -> bool:
    parent = scene.tree.parents.get(node)
    if isinstance(node, cst.BaseExpression):
        # A generator without parentheses and a piece of a longer string do not stand alone.
        is_part = isinstance(node, (cst.GeneratorExp, cst.StarredElement)) and not node.lpar
        # `@$D` does not match a decorator with arguments.
        is_part = is_part or isinstance(parent, (cst.ConcatenatedString, cst.Decorator))
        return scene.is_expression(node) and not is_part
    return isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement))


@st.composite
def pieces(draw: st.DrawFn) -> tuple[SyntaxTree, cst.CSTNode]:
    """An expression or statement of this program."""
    tree = read(draw(st.sampled_from(FILES)))
    scene = Scene(tree)
    random = Random(draw(st.integers(0, 1_000_000)))
    for _ in range(50):
        node = random.choice(tree.nodes)
        if is_piece(scene, node):
            code = code_of(tree, node)
            if len(code) < LONGEST and not any(word in code for word in SPEAKING):
                return tree, node
    return parse("f(x)\n"), cst.Name("x")


def matches(pattern: str, code: str) -> int:
    compiled = compile_formula(Pattern(pattern), {})
    return len(find_matches(compiled, parse(code), path="example.py"))


@given(pieces())
@settings(max_examples=150, deadline=None)
def test_code_matches_itself(piece: tuple[SyntaxTree, cst.CSTNode]) -> None:
    code = code_of(*piece)
    assert matches(code, f"{code}\n"), code


@given(pieces(), st.integers(0, 1_000_000))
@settings(max_examples=150, deadline=None)
def test_code_matches_itself_with_a_hole_in_it(
    piece: tuple[SyntaxTree, cst.CSTNode], seed: int
) -> None:
    code = code_of(*piece)
    tree = parse(f"{code}\n")
    scene = Scene(tree)
    inner = [n for n in tree.nodes if isinstance(n, cst.BaseExpression) and is_piece(scene, n)]
    if not inner:
        return
    node = Random(seed).choice(inner)
    holed = tree.module.deep_replace(node, cst.Name("HOLE_HERE"))
    assert isinstance(holed, cst.Module)
    pattern = holed.code.replace("HOLE_HERE", "$X")
    assert matches(pattern, f"{code}\n"), f"{pattern}\n---\n{code}"
