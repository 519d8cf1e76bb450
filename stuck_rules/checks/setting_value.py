"""A setting of a service given a value that is never right, such as port 0."""

from __future__ import annotations

import re

import libcst as cst

from stuck_rules.checks.base import CheckedFile, CheckVisitor
from stuck_rules.checks.spec import Options
from stuck_rules.cst.literals import literal_text, string_text
from stuck_rules.cst.names import all_names, last_name, words_in
from stuck_rules.cst.settings import is_compared, is_logged, read_of

_TEXT = (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)


class SettingValue(CheckVisitor):
    """Finds the value as keyword, assignment, default, and in a URL of the service."""

    def __init__(self, file: CheckedFile, options: Options) -> None:
        super().__init__(file, options)
        service = "|".join(map(re.escape, options.texts("words")))
        values = "|".join(map(re.escape, options.texts("values")))
        self._url = re.compile(
            rf"(?:{service})s?://[^\s/]*:(?:{values})(?:[/?]\S*)?", re.IGNORECASE
        )

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword is None or not self._is_bad(node.value):
            return
        call = self.tree.parents[node]
        owner = all_names(call.func) if isinstance(call, cst.Call) else ""
        if self._is_setting(node.keyword.value, owner):
            self._report(node)

    def visit_Call(self, node: cst.Call) -> None:
        read = read_of(node)
        if read is not None and read.default is not None and self._is_bad(read.default):
            if self._is_setting(read.key, read.source):
                self._report(node)

    def visit_Param(self, node: cst.Param) -> None:
        if node.default is not None and self._is_bad(node.default):
            function = next(
                (n for n in self.tree.ancestors(node) if isinstance(n, cst.FunctionDef)), None
            )
            if self._is_setting(node.name.value, function.name.value if function else ""):
                self._report(node)

    def visit_Assign(self, node: cst.Assign) -> None:
        for target in node.targets:
            self._visit_assignment(node, target.target, node.value)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        if node.value is not None:
            self._visit_assignment(node, node.target, node.value)

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        self._visit_text(node)

    def visit_ConcatenatedString(self, node: cst.ConcatenatedString) -> None:
        self._visit_text(node)

    def visit_FormattedString(self, node: cst.FormattedString) -> None:
        self._visit_text(node)

    def _visit_assignment(
        self, node: cst.CSTNode, target: cst.BaseExpression, value: cst.BaseExpression
    ) -> None:
        if not self._is_bad(value):
            return
        key = last_name(target)
        if isinstance(target, cst.Subscript):
            read = read_of(target)
            key = read.key if read is not None else ""
        if self._is_setting(key, all_names(target)):
            self._report(node)

    def _visit_text(self, node: cst.BaseExpression) -> None:
        parent = self.tree.parents[node]
        if isinstance(parent, (_TEXT, cst.Expr)):
            return
        if self._url.fullmatch(string_text(node) or ""):
            self._report(node)

    def _is_bad(self, node: cst.BaseExpression) -> bool:
        return literal_text(node) in self.options.texts("values")

    def _is_setting(self, key: str, owner: str) -> bool:
        """Whether a key is the setting, alone on an owner of the service or with its name."""
        words = words_in(key)
        service, owners = set(self.options.texts("words")), set(words_in(owner))
        if words[-1:] != (self.options.text("setting"),):
            return False
        if service <= set(words):
            return True
        # A server that binds port 0 is given a free one: there it is right.
        return len(words) == 1 and service <= owners and "server" not in owners

    def _report(self, node: cst.CSTNode) -> None:
        if not is_compared(self.tree, node) and not is_logged(self.tree, node):
            self.report(node)
