"""What is known about the names of one file, found out when it is asked for."""

from __future__ import annotations

from functools import cached_property

import libcst as cst

from stuck_rules.cst.flow import reaching
from stuck_rules.cst.imports import ImportTable
from stuck_rules.cst.names import dotted_name
from stuck_rules.cst.scopes import Binding, find_bindings
from stuck_rules.cst.source import SyntaxTree


class Analysis:
    """A file's imports, bindings and flow over one syntax tree."""

    def __init__(self, tree: SyntaxTree) -> None:
        self.tree = tree

    @cached_property
    def imports(self) -> ImportTable:
        """The file's imports."""
        return ImportTable(self.tree)

    @cached_property
    def bindings(self) -> dict[str, list[Binding]]:
        """All bindings by name, in source order."""
        return find_bindings(self.tree)

    def qualified(self, node: cst.CSTNode) -> str | None:
        """The dotted name that an expression stands for, imports resolved, or None."""
        written = dotted_name(node)
        if written is None:
            return None
        return self.imports.resolve(written) or written

    def values(self, node: cst.BaseExpression) -> list[cst.BaseExpression | None]:
        """What a name may hold where it is used; any other expression is its own value.

        None stands for a value that is not known, such as a parameter's or a loop's.
        """
        if not isinstance(node, cst.Name):
            return [node]
        return [binding.value for binding in self.reaching(node)]

    def reaching(self, node: cst.Name) -> list[Binding]:
        """The bindings that a use of a name may see."""
        return reaching(self.tree, self.bindings, node)
