"""A setting that silently falls back to a value that is wrong in production."""

from __future__ import annotations

import re

import libcst as cst

from stuck_rules.checks.base import CheckVisitor
from stuck_rules.cst.guards import is_for_development
from stuck_rules.cst.literals import HOLE, built_text, plain_string, string_text
from stuck_rules.cst.names import last_name, words_in
from stuck_rules.cst.presence import is_fallback_branch, is_missing_value_test
from stuck_rules.cst.settings import field_default, is_compared, is_logged, read_of, target_of

_LOOPBACK = re.compile(
    r"(?:^|[/@,;\s])(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?)(?=$|[:/?,;\s])", re.IGNORECASE
)
# Names that say an address without saying whose; then the surroundings tell.
_ADDRESS = frozenset(
    {"host", "hostname", "url", "uri", "addr", "address", "server", "endpoint", "dsn", "ip"}
)
# What stands for a value without being one: masks, messages, names of variables.
_PLACEHOLDER = re.compile(r"[\W_]*|[<\[(].*[>\])]|.*\s.*|[A-Z0-9]+_[A-Z0-9_]+", re.DOTALL)
# What is named after a setting without being its value: `jwt_secret_path`.
_ABOUT = frozenset(
    {"name", "names", "field", "file", "path", "template", "header", "id", "length", "prefix"}
    | {"algorithm", "arn", "version", "label", "type", "location", "ttl", "env", "var"}
)
_PLACEHOLDER_WORDS = frozenset({"missing", "unset", "none", "redacted", "hidden", "masked", "null"})


_FUNCTIONS = (cst.FunctionDef, cst.Lambda)


class SettingFallback(CheckVisitor):
    """Finds the fallbacks of one setting: reads, `or`, ternaries, branches, declared defaults."""

    def visit_Call(self, node: cst.Call) -> None:
        read = read_of(node)
        default = field_default(node) if read is None else read.default
        if default is None:
            return
        target = target_of(self.tree, node)
        if read is not None:
            self._consider(node, default, (read.key,), hints=(read.source, target))
        else:
            self._consider(node, default, (target,))

    def visit_BooleanOperation(self, node: cst.BooleanOperation) -> None:
        if isinstance(node.operator, cst.Or):
            target = target_of(self.tree, node) or last_name(node.left)
            names = (target, *self._texts_in(node.left))
            self._consider(node, node.right, names, hints=self._origins(node, node.left))

    def visit_IfExp(self, node: cst.IfExp) -> None:
        names = (target_of(self.tree, node), *self._texts_in(node.test))
        for default, value, holds in (
            (node.body, node.orelse, True),
            (node.orelse, node.body, False),
        ):
            is_value = string_text(value) is None and last_name(value) != "None"
            if is_value and is_missing_value_test(node.test, holds=holds):
                self._consider(node, default, names, hints=self._origins(node, node.test))

    def visit_Param(self, node: cst.Param) -> None:
        function = next(n for n in self.tree.ancestors(node) if isinstance(n, _FUNCTIONS))
        owner = function.name.value if isinstance(function, cst.FunctionDef) else ""
        if self._is_address(node.name.value) and self._speaks(owner):
            self._consider(node, node.default, (owner,))
        elif self._speaks(node.name.value):
            self._consider(node, node.default, (node.name.value,))

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self._visit_assignment(node, node.target, node.value)

    def visit_Assign(self, node: cst.Assign) -> None:
        self._visit_assignment(node, node.targets[-1].target, node.value)

    def visit_Return(self, node: cst.Return) -> None:
        if is_fallback_branch(self.tree, node):
            self._consider(node, node.value, ("url",), hints=self._branch_origins(node))

    def _visit_assignment(
        self,
        node: cst.Assign | cst.AnnAssign,
        target: cst.BaseExpression,
        value: cst.BaseExpression | None,
    ) -> None:
        if isinstance(target, cst.Subscript):
            return
        if is_fallback_branch(self.tree, node):
            hints = self._branch_origins(node)
            self._consider(node, value, (last_name(target),), hints)
        elif self._is_declared_default(node):
            self._consider(node, value, (last_name(target),))

    def _consider(
        self,
        node: cst.CSTNode,
        default: cst.BaseExpression | None,
        names: tuple[str, ...],
        hints: tuple[str, ...] = (),
    ) -> None:
        """Report a fallback to a bad default, if it is the rule's setting that falls back.

        One of `names` or the default itself must speak of the setting; where the first name
        says no more than "address", a hint or the function or class around may.
        """
        if default is None or not self._is_bad(default):
            return
        if not any(map(self._speaks, names)) and not self._default_speaks(default):
            hints = (*hints, *self._owners(node)) if self._is_address(names[0]) else ()
            if not any(map(self._speaks, hints)):
                return
        if is_compared(self.tree, node) or is_logged(self.tree, node):
            return
        if not is_for_development(self.tree, node):
            self.report(node)

    @property
    def _is_loopback(self) -> bool:
        return self.options.text("default") == "loopback"

    def _is_bad(self, node: cst.BaseExpression) -> bool:
        """Whether a default is one of those that the rule forbids."""
        if self._is_loopback and isinstance(node, (cst.Name, cst.Attribute)):
            if {"localhost", "loopback"} & set(words_in(last_name(node))):
                return True
        return any(self._is_bad_text(built_text(value)) for value in self.analysis.values(node))

    def _is_bad_text(self, text: str | None) -> bool:
        if text is None:
            return False
        if self._is_loopback:
            is_prose = len(text.split()) > 1
            return not is_prose and _LOOPBACK.search(text) is not None
        is_placeholder = HOLE in text or _PLACEHOLDER.fullmatch(text)
        return not is_placeholder and not _PLACEHOLDER_WORDS & set(words_in(text))

    def _speaks(self, text: str) -> bool:
        """Whether a name or key speaks of the setting."""
        if text.lower() in (name.lower() for name in self.options.texts("names")):
            return True
        words = words_in(text)
        if not self._is_loopback and _ABOUT & set(words[-1:]):
            return False
        return set(self.options.texts("words")) <= set(words)

    def _default_speaks(self, default: cst.BaseExpression) -> bool:
        """Whether an address says itself whose it is: `redis://localhost`."""
        values = self.analysis.values(default) if self._is_loopback else ()
        return any(self._speaks(built_text(value) or "") for value in values)

    def _is_address(self, name: str) -> bool:
        return self._is_loopback and bool(name) and _ADDRESS.issuperset(words_in(name))

    def _owners(self, node: cst.CSTNode) -> list[str]:
        """The names of the functions and classes around."""
        owners = (cst.FunctionDef, cst.ClassDef)
        return [n.name.value for n in self.tree.ancestors(node) if isinstance(n, owners)]

    def _is_declared_default(self, node: cst.Assign | cst.AnnAssign) -> bool:
        """Whether an assignment declares a class's field, and is no constant that stands there."""
        kinds = (cst.ClassDef, cst.FunctionDef)
        owner = next((n for n in self.tree.ancestors(node) if isinstance(n, kinds)), None)
        if not isinstance(owner, cst.ClassDef):
            return False
        settings = {"settings", "config", "configuration"} & set(words_in(owner.name.value))
        return isinstance(node, cst.AnnAssign) or bool(settings)

    def _origins(self, node: cst.CSTNode, value: cst.CSTNode) -> tuple[str, ...]:
        """What a value's own names were assigned from, and the text that it stands in."""
        parts = [value, *self.tree.descendants(value)]
        names = (part for part in parts if isinstance(part, cst.Name))
        values = (v for name in names for v in self.analysis.values(name) if v is not None)
        texts = [text for v in values for text in self._texts_in(v)]
        around = (string_text(n) for n in self.tree.ancestors(node))
        return (*texts, *(text for text in around if text))

    def _branch_origins(self, node: cst.CSTNode) -> tuple[str, ...]:
        """What is read where the value is missing: the test's names, or the `try` body."""
        for outer in self.tree.ancestors(node):
            if isinstance(outer, cst.If):
                return self._origins(node, outer.test)
            if isinstance(outer, cst.Match):
                return tuple(self._texts_in(outer.subject))
            if isinstance(outer, (cst.Try, cst.TryStar)):
                return tuple(self._texts_in(outer.body))
        return ()

    def _texts_in(self, node: cst.CSTNode) -> list[str]:
        """The names and strings of an expression."""
        parts = [node, *self.tree.descendants(node)]
        names = [part.value for part in parts if isinstance(part, cst.Name)]
        return names + [text for part in parts if (text := plain_string(part))]
