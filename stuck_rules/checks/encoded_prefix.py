"""An encoded value put behind a prefix with its padding, or in the wrong alphabet."""

from __future__ import annotations

import libcst as cst

from stuck_rules.checks.base import CheckVisitor
from stuck_rules.cst.literals import HOLE, simple_value, string_text

_STRIPPING = frozenset({"rstrip", "strip", "replace", "removesuffix"})
_TRANSLATING = frozenset({"replace", "translate"})


class EncodedPrefix(CheckVisitor):
    """Finds `f"{prefix}{value}"` whose value `encode` made and nobody stripped of `strip`."""

    def visit_FormattedString(self, node: cst.FormattedString) -> None:
        prefix = self.options.text("prefix")
        if string_text(node) != prefix + HOLE:
            return
        hole = node.parts[-1]
        if isinstance(hole, cst.FormattedStringExpression):
            self._consider(node, hole.expression)

    def visit_BinaryOperation(self, node: cst.BinaryOperation) -> None:
        if isinstance(node.operator, cst.Add):
            if string_text(node.left) == self.options.text("prefix"):
                self._consider(node, node.right)

    def _consider(self, node: cst.BaseExpression, value: cst.BaseExpression) -> None:
        if not self._is_raw(value, frozenset()):
            return
        if not self._is_stripped_around(node):
            self.report(node)

    def _is_stripped_around(self, node: cst.CSTNode) -> bool:
        """Whether the whole is stripped where it stands: `f"jwt.{x}".rstrip("=")`."""
        method = self.tree.parents[node]
        call = self.tree.parents.get(method)
        return (
            isinstance(method, cst.Attribute) and isinstance(call, cst.Call) and self._strips(call)
        )

    def _is_raw(self, node: cst.BaseExpression, seen: frozenset[cst.CSTNode]) -> bool:
        """Whether a value is the encoder's output as it came, through locals and decoding."""
        if isinstance(node, cst.Name):
            if node in seen:
                return False
            values = self.analysis.values(node)
            return any(v is not None and self._is_raw(v, seen | {node}) for v in values)
        if not isinstance(node, cst.Call):
            return False
        name = self.analysis.qualified(node.func)
        if name == self.options.text("encode"):
            return True
        if name in self.options.texts("wrong-encoders"):
            return True
        if isinstance(node.func, cst.Attribute):
            return self._is_raw_method(node, node.func, seen)
        # Any other function may strip; only turning bytes into text surely does not.
        is_conversion = isinstance(node.func, cst.Name) and node.func.value in {"str", "bytes"}
        return is_conversion and any(self._is_raw(a.value, seen) for a in node.args[:1])

    def _is_raw_method(
        self, call: cst.Call, method: cst.Attribute, seen: frozenset[cst.CSTNode]
    ) -> bool:
        if method.attr.value in _TRANSLATING and self._is_made_of_wrong_alphabet(method.value):
            return False
        if self._strips(call) and not self._is_made_of_wrong_alphabet(method.value):
            return False
        return self._is_raw(method.value, seen)

    def _strips(self, call: cst.Call) -> bool:
        if not isinstance(call.func, cst.Attribute) or call.func.attr.value not in _STRIPPING:
            return False
        first = call.args[0].value if call.args else None
        text = simple_value(first) if isinstance(first, cst.SimpleString) else None
        if isinstance(text, bytes):
            text = text.decode("ascii", "replace")
        return text is not None and self.options.text("strip") in text

    def _is_made_of_wrong_alphabet(self, node: cst.BaseExpression) -> bool:
        """Whether an encoder of the wrong alphabet stands at the root of a chain of methods."""
        while isinstance(node, (cst.Call, cst.Attribute)):
            if isinstance(node, cst.Call):
                if self.analysis.qualified(node.func) in self.options.texts("wrong-encoders"):
                    return True
                node = node.func
            else:
                node = node.value
        return False
