"""Numbers, True, False and None: a value, however it is written or computed."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.constants import Constant, literal_value
from stuck_rules.patterns.matchers.base import Build, Matcher, build_shape
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal, or with `folded` an expression that is known to have its value."""

    value: Constant
    folded: bool

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Compare values, True and 1 kept apart."""
        value = env.scene.constant(node) if self.folded else signed_value(node)
        if value == self.value:
            yield env


def signed_value(node: cst.CSTNode) -> Constant | None:
    """The value of a literal, of a number with its sign too."""
    if not isinstance(node, cst.UnaryOperation) or not isinstance(node.operator, cst.Minus):
        return literal_value(node)
    inner = literal_value(node.expression)
    if inner is None or not isinstance(inner.value, (int, float)) or inner.kind == "bool":
        return None
    return Constant(-inner.value, inner.kind)


def build_number(node: cst.CSTNode, build: Build) -> Matcher:
    """A number, with its sign."""
    value = signed_value(node)
    if value is None:
        return build_shape(node, build)
    return Literal(value, build.options.constant_propagation)
