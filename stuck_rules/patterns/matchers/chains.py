"""Method chains: `owner. ... .name`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.base import Matcher


@dataclass(frozen=True, slots=True)
class Chain:
    """An attribute reached from `owner` by any number of attributes and calls."""

    owner: Matcher
    attribute: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the last name, then look for the owner to the left."""
        if not isinstance(node, cst.Attribute):
            return
        for found in self.attribute.match(node.attr, env):
            for step in _steps(node.value):
                yield from self.owner.match(step, found)


def _steps(node: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """What stands to the left, from the nearest on, as long as each step is `.name` or a call."""
    yield node
    while isinstance(node, (cst.Attribute, cst.Call)):
        if isinstance(node, cst.Call):
            if not isinstance(node.func, cst.Attribute):
                return
            node = node.func
        node = node.value
        yield node
