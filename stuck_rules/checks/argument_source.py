"""A function called with a value made afresh where an existing one belongs."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.checks.base import CheckVisitor
from stuck_rules.cst.names import dotted_name, last_name
from stuck_rules.cst.source import children


class ArgumentSource(CheckVisitor):
    """Finds calls of `call` with an argument that a call of `source` made, locals followed."""

    def visit_Call(self, node: cst.Call) -> None:
        if not self._is_the_function(node.func):
            return
        values = (value for argument in node.args for value in _values(argument))
        if any(self._is_fed(value, frozenset()) for value in values):
            self.report(node)

    def _is_the_function(self, func: cst.BaseExpression) -> bool:
        """Whether the function itself is called; a method of that name is another one."""
        name = self.options.text("call").rpartition(".")[2]
        if isinstance(func, cst.Attribute) and func.attr.value == name:
            return self.options.flag("include-methods") or self._is_module(func.value)
        if not isinstance(func, cst.Name):
            return False
        entry = self.analysis.imports.find(func.value)
        written = entry.target if entry is not None else func.value
        return written.rpartition(".")[2] == name

    def _is_module(self, node: cst.BaseExpression) -> bool:
        written = dotted_name(node)
        entry = self.analysis.imports.find(written.partition(".")[0]) if written else None
        return entry is not None and isinstance(entry.node, cst.Import)

    def _is_fed(self, node: cst.BaseExpression, seen: frozenset[cst.CSTNode]) -> bool:
        """Whether a call of the source goes into a value."""
        for part in _parts(node):
            if isinstance(part, cst.Call) and self._is_source(part.func):
                return True
            if isinstance(part, cst.Name) and part not in seen:
                values = self.analysis.values(part)
                if any(v is not None and self._is_fed(v, seen | {part}) for v in values):
                    return True
        return False

    def _is_source(self, func: cst.BaseExpression) -> bool:
        if self.analysis.qualified(func) != self.options.text("source"):
            return False
        root = func
        while isinstance(root, cst.Attribute):
            root = root.value
        # A parameter of the module's name is another thing.
        bindings = self.analysis.reaching(root) if isinstance(root, cst.Name) else []
        return not any(isinstance(binding.node, cst.Param) for binding in bindings)


def _values(argument: cst.Arg) -> Iterator[cst.BaseExpression]:
    """What an argument passes: the values of a dict display behind `**` are arguments too."""
    if argument.star == "**" and isinstance(argument.value, cst.Dict):
        yield from (element.value for element in argument.value.elements)
    else:
        yield argument.value


def _parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A value and what it is made of: a dict display holds values, it is not made of them."""
    if isinstance(node, (cst.Dict, cst.Lambda)):
        return
    if isinstance(node, cst.Call) and last_name(node.func) == "dict":
        return
    yield node
    if isinstance(node, cst.Attribute):
        yield from _parts(node.value)
    elif not isinstance(node, cst.Name):
        for child in children(node):
            yield from _parts(child)
