"""Comparisons that differ in their operator."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stuck_rules.generator.differences.difference import Code, Difference
from stuck_rules.generator.forms import form_of
from stuck_rules.model.formula import Either, Pattern
from stuck_rules.values import dataclass

_SIGNS = {ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not"}


@dataclass(frozen=True, slots=True)
class _Compared:
    left: str
    sign: str
    right: ast.Constant

    @property
    def text(self) -> str:
        return f"{self.sign} {ast.unparse(self.right)}"

    def is_contrary(self, other: _Compared) -> bool:
        """Whether it asks the same the other way round, so that neither is wrong by itself."""
        is_same = ast.dump(self.right) == ast.dump(other.right)
        return is_same and {self.sign, other.sign} in ({"==", "!="}, {"is", "is not"})


def _compared(code: Code) -> Iterator[_Compared]:
    for node in code.nodes:
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            sign, right = _SIGNS.get(type(node.ops[0])), node.comparators[0]
            if sign is not None and isinstance(right, ast.Constant):
                yield _Compared(ast.unparse(node.left), sign, right)


def other_comparison(wrong: Code, right: Code) -> Iterator[Difference]:
    """`== None` where the right code has `is None`, and its like."""
    theirs = list(_compared(right))
    new = sorted({each.text for each in theirs} - {each.text for each in _compared(wrong)})
    for mine in _compared(wrong):
        form = form_of(mine.text)
        if form is None or mine.text in {each.text for each in theirs} or not theirs:
            continue
        if any(each.is_contrary(mine) for each in theirs):
            continue
        fix = f"$VALUE {new[0]}" if len(new) == 1 else None
        yield Difference(form.name, f"{mine.text} compares wrongly", form.condition, fix=fix)


def flag(wrong: Code, right: Code) -> Iterator[Difference]:
    """`== True` where the right code asks the value itself."""
    asked = {ast.unparse(n.test) for n in right.nodes if isinstance(n, (ast.If, ast.While))}
    for mine in _compared(wrong):
        form = form_of(mine.text)
        is_flag = isinstance(mine.right.value, bool)
        if form is not None and is_flag and asked & {mine.left, f"not {mine.left}"}:
            yield Difference(form.name, f"{mine.text} compares wrongly", form.condition)


def identity(wrong: Code, right: Code) -> Iterator[Difference]:
    """`is` with text or a number, where the right code compares the same for equality."""
    equal = {(each.left, ast.dump(each.right)) for each in _compared(right) if "=" in each.sign}
    for mine in _compared(wrong):
        value = mine.right.value
        if "=" in mine.sign or isinstance(value, bool) or not isinstance(value, (str, int, float)):
            continue
        if (mine.left, ast.dump(mine.right)) in equal:
            shown = '"..."' if isinstance(value, str) else ast.unparse(mine.right)
            condition = Either((Pattern(f"$VALUE is {shown}"), Pattern(f"$VALUE is not {shown}")))
            told = "values are compared with ==, not by identity"
            yield Difference("compared-by-identity", told, condition)
