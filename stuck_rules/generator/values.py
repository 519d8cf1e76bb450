"""Sample values of a log: telling text, types with parameters, comparisons."""

from __future__ import annotations

import ast
import re

from stuck_rules.generator.form import Form, FormKind
from stuck_rules.generator.spans import BUILTINS
from stuck_rules.generator.syntax import dotted_name
from stuck_rules.model.formula import Pattern

_COMPARED = re.compile(r"(?P<operator>==|!=|is(?: not)?)\s*(?P<value>None|True|False|''|\"\"|\[\])")
# What stands in text only by chance is not meant.
_TELLING = re.compile(r"[\w@#%+-]*[\d_./:-][\w./:@#%+-]*")


def literal_form(span: str, node: ast.Constant) -> Form | None:
    """A string in quotes that no other text is likely to be."""
    text = node.value
    if not isinstance(text, str) or len(text) < 5 or not _TELLING.fullmatch(text):
        return None
    pattern = Pattern(repr(text).replace("'", '"'))
    return Form(span, FormKind.EXPRESSION, text, pattern, f"value = {pattern.text}\n")


def generic_form(span: str, node: ast.Subscript) -> Form | None:
    """A type with parameters, such as `Optional[X]`: of whatever parameters."""
    owner = dotted_name(node.value)
    if owner is None or not owner.rpartition(".")[2][:1].isupper() or not _are_types(node.slice):
        return None
    example = f"value: {owner}[{ast.unparse(node.slice)}] = None\n"
    return Form(span, FormKind.EXPRESSION, owner, Pattern(f"{owner}[...]"), example)


def _are_types(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple):
        return all(map(_are_types, node.elts))
    return isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.BinOp)) or (
        isinstance(node, ast.Constant) and node.value in (None, ...)
    )


def compared_call(span: str, node: ast.Compare) -> Form | None:
    """`type(x) == Y`: a comparison of what a known function gives."""
    left = node.left
    if not isinstance(left, ast.Call) or not isinstance(left.func, ast.Name):
        return None
    name = left.func.id
    if name not in BUILTINS or len(left.args) != 1 or left.keywords:
        return None
    operator = ast.unparse(ast.Compare(ast.Name("x"), node.ops, [ast.Name("y")]))[1:-1].strip()
    right = node.comparators[0]
    shown = ast.unparse(right) if isinstance(right, ast.Constant) else "$OTHER"
    pattern = Pattern(f"{name}($VALUE) {operator} {shown}")
    example = f"is_so = {name}(value) {operator} {shown.replace('$OTHER', 'other')}\n"
    return Form(span, FormKind.EXPRESSION, f"compared-{name}", pattern, example)


def comparison_form(text: str) -> Form | None:
    """`== None` and its like, of any value."""
    found = _COMPARED.fullmatch(text)
    if found is None:
        return None
    pattern = f"$VALUE {found['operator']} {found['value']}"
    named = {"==": "equals", "!=": "differs-from", "is": "is", "is not": "is-not"}
    name = f"{named[found['operator']]}-{found['value'].strip(chr(39) + chr(34)) or 'empty'}"
    return Form(text, FormKind.EXPRESSION, name, Pattern(pattern), f"is_so = value {text}\n")


def is_fixed(statement: ast.stmt) -> bool:
    """Whether a sample value is meant as it stands: a literal, or a dotted name."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return (isinstance(value, ast.Constant) and value.value is not ...) or (
        isinstance(value, ast.Attribute) and dotted_name(value) is not None
    )
