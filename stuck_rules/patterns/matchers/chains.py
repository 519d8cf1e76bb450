"""Method chains: `owner. ... .name`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.base import Matcher
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Chain:
    """An attribute reached from `owner` by any number of attributes and calls.

    `ends` are the owner's and the attribute's plain names, between which an import may hide steps.
    """

    owner: Matcher
    attribute: Matcher
    ends: tuple[str, str] | None = None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the last name, then look for the owner to the left, then ask the imports."""
        written = False
        if isinstance(node, cst.Attribute):
            for found in self.attribute.match(node.attr, env):
                for step in _steps(node.value):
                    for whole in self.owner.match(step, found):
                        written = True
                        yield whole
        if not written and self.ends is not None:
            owner, last = self.ends
            resolved = env.scene.resolve(node) or ""
            if resolved.startswith(f"{owner}.") and resolved.endswith(f".{last}"):
                yield env


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
