"""Imports that begin with dots."""

from __future__ import annotations

from keyword import iskeyword

import libcst as cst

from stuck_rules.checks.base import CheckVisitor
from stuck_rules.cst.edits import NodeEdit
from stuck_rules.cst.names import dotted_name


class RelativeImport(CheckVisitor):
    """Finds `from .a import b`; the fix is the absolute form where the package is known."""

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:
        if not node.relative:
            return
        if self.options.flag("allow-in-init") and self.file.path.endswith("__init__.py"):
            return
        self.report(node, edits=self._edits(node) if self.file.fixes else ())

    def _edits(self, node: cst.ImportFrom) -> tuple[NodeEdit, ...]:
        package = self.file.package
        if package is None:
            return ()
        parents = package.split(".")
        kept = parents[: len(parents) - len(node.relative) + 1]
        if not kept or len(node.relative) > len(parents):
            return ()
        # A folder's name may be none that code can write.
        if not all(name.isidentifier() and not iskeyword(name) for name in kept):
            return ()
        module = ".".join([*kept, *filter(None, [dotted_name(node.module)])])
        # Dots need no space around them: `from.import x`.
        if node.whitespace_after_from.empty:
            module = f" {module}"
        if node.module is None and node.whitespace_before_import.empty:
            module = f"{module} "
        first, *others = node.relative
        edits = [NodeEdit(dot, "") for dot in others]
        if node.module is None:
            return (NodeEdit(first, module), *edits)
        return (NodeEdit(first, ""), *edits, NodeEdit(node.module, module))
