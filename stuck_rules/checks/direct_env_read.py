"""An environment variable read past the one class that is meant to read it."""

from __future__ import annotations

import libcst as cst

from stuck_rules.checks.base import CheckVisitor
from stuck_rules.cst.names import last_name, words_in
from stuck_rules.cst.settings import SettingRead, is_compared, read_of

_MASKING = frozenset({"mask", "masked", "redact", "sanitize", "sanitise", "obfuscate", "hide"})
_TESTS = (cst.If, cst.While, cst.IfExp, cst.Assert)


class DirectEnvRead(CheckVisitor):
    """Finds `env.get("NAME")`, `os.environ["NAME"]` and `os.getenv("NAME")`."""

    def visit_Call(self, node: cst.Call) -> None:
        self._consider(node)

    def visit_Subscript(self, node: cst.Subscript) -> None:
        if not self._is_written(node):
            self._consider(node)

    def _consider(self, node: cst.Call | cst.Subscript) -> None:
        read = read_of(node)
        if read is None or read.key not in self.options.texts("names"):
            return
        if not self._reads_environment(read) or self._is_statement(node):
            return
        if self._is_presence_test(node) or is_compared(self.tree, node):
            return
        if not self._is_masked(node) and not self._is_allowed_here(node):
            self.report(node)

    def _reads_environment(self, read: SettingRead) -> bool:
        return read.is_environment or self.analysis.imports.resolve(read.source) == "os.getenv"

    def _is_statement(self, node: cst.CSTNode) -> bool:
        """Whether the value is dropped, as of `os.environ.pop("NAME", None)`."""
        return isinstance(self.tree.parents[node], cst.Expr)

    def _is_written(self, node: cst.CSTNode) -> bool:
        parent = self.tree.parents[node]
        return isinstance(parent, (cst.AssignTarget, cst.Del, cst.AugAssign)) or (
            isinstance(parent, cst.AnnAssign) and parent.target is node
        )

    def _is_presence_test(self, node: cst.CSTNode) -> bool:
        """Whether only the value's being there matters: `bool(...)`, `not ...`, `if ...`."""
        parent = self.tree.parents[node]
        while isinstance(parent, cst.BooleanOperation):
            node, parent = parent, self.tree.parents[parent]
        if isinstance(parent, cst.UnaryOperation):
            return isinstance(parent.operator, cst.Not)
        if isinstance(parent, cst.Arg):
            call = self.tree.parents[parent]
            return isinstance(call, cst.Call) and last_name(call.func) in {"bool", "any", "all"}
        return isinstance(parent, _TESTS) and parent.test is node

    def _is_masked(self, node: cst.CSTNode) -> bool:
        calls = (outer for outer in self.tree.ancestors(node) if isinstance(outer, cst.Call))
        return any(_MASKING & set(words_in(last_name(call.func))) for call in calls)

    def _is_allowed_here(self, node: cst.CSTNode) -> bool:
        allowed = self.options.texts("allowed-in")
        return any(
            isinstance(outer, (cst.ClassDef, cst.FunctionDef)) and outer.name.value in allowed
            for outer in self.tree.ancestors(node)
        )
