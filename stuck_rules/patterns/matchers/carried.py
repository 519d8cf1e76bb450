"""Expressions that a statement carries, for a pattern's line that is an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.base import Matcher
from stuck_rules.values import dataclass


def _walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """An expression and those inside it that a line of a pattern reaches."""
    yield node
    for part in _REACHED.get(type(node), _nothing)(node):
        yield from _walk(part)


def _nothing(_node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    return iter(())


def _call_parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    call = cst.ensure_type(node, cst.Call)
    yield call.func
    yield from (arg.value for arg in call.args)


def _element_parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        yield from (element.value for element in node.elements)


def _dict_parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for element in cst.ensure_type(node, cst.Dict).elements:
        if isinstance(element, cst.DictElement):
            yield element.key
        yield element.value


def _holes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for part in cst.ensure_type(node, cst.FormattedString).parts:
        if isinstance(part, cst.FormattedStringExpression):
            yield part.expression


def _operands(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, (cst.BinaryOperation, cst.BooleanOperation)):
        yield node.left
        yield node.right
    elif isinstance(node, cst.Comparison):
        yield node.left
        yield from (target.comparator for target in node.comparisons)


def _value_part(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    value = getattr(node, "value", None) or getattr(node, "expression", None)
    if isinstance(value, cst.From):
        yield value.item
    elif isinstance(value, cst.CSTNode):
        yield value


_REACHED: dict[type[cst.CSTNode], Callable[[cst.CSTNode], Iterator[cst.CSTNode]]] = {
    cst.Call: _call_parts,
    cst.Attribute: _value_part,
    cst.Await: _value_part,
    cst.Yield: _value_part,
    cst.NamedExpr: _value_part,
    cst.UnaryOperation: _value_part,
    cst.BinaryOperation: _operands,
    cst.BooleanOperation: _operands,
    cst.Comparison: _operands,
    cst.List: _element_parts,
    cst.Tuple: _element_parts,
    cst.Set: _element_parts,
    cst.Dict: _dict_parts,
    cst.FormattedString: _holes,
}
_SHALLOW = (cst.Expr, cst.Assign, cst.AugAssign)
_DEEP = (cst.Return, cst.AnnAssign)


@dataclass(frozen=True, slots=True)
class ExpressionLine:
    """A line that is an expression: also a statement that makes use of it.

    How deep it may stand follows Semgrep: anywhere in what is returned or assigned with an
    annotation, else along calls, attributes, operators and displays.
    """

    inner: Matcher
    deep: bool

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Try the expressions that the statement carries."""
        for candidate in self._carried(node, env):
            yield from self.inner.match(candidate, env)

    def _carried(self, node: cst.CSTNode, env: Env) -> Iterator[cst.CSTNode]:
        if not self.deep:
            yield node.value if isinstance(node, cst.Expr) else node
        elif isinstance(node, _SHALLOW):
            yield from _walk(node.value)
        elif isinstance(node, _DEEP) and node.value is not None:
            yield node.value
            yield from filter(env.scene.is_expression, env.scene.tree.descendants(node.value))
        elif isinstance(node, cst.BaseExpression):
            yield from _walk(node)
