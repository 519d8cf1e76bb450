"""Reads of settings: `env.get("KEY", default)`, `getattr(cfg, "key", default)` and their kin."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.cst.literals import plain_string
from stuck_rules.cst.names import all_names, last_name, words_in
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.values import dataclass

_READING = frozenset(
    {"get", "getenv", "getter", "getattr", "setdefault", "pop", "env", "environ", "config"}
    | {"setting", "settings", "option", "read", "lookup", "fetch", "parameter", "str"}
)
_WRITING = frozenset(
    {"set", "setenv", "put", "update", "add", "patch", "mock", "register", "setattr"}
)
_ENVIRONMENT = frozenset({"env", "environ", "environment", "getenv"})
_DEFAULTS = frozenset({"default", "fallback"})
_LOGGING = frozenset(
    {"debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print"}
)


@dataclass(frozen=True, slots=True, eq=False)
class SettingRead:
    """A read of the setting `key` from `source`, with the default that it falls back to."""

    node: cst.Call | cst.Subscript
    key: str
    source: str
    default: cst.BaseExpression | None

    @property
    def is_environment(self) -> bool:
        """Whether it is the environment that is read, as far as names tell."""
        return bool(_ENVIRONMENT & set(words_in(self.source)))


def read_of(node: cst.CSTNode) -> SettingRead | None:
    """The read of a setting that a call or subscript makes, or None."""
    if isinstance(node, cst.Subscript):
        return _subscript_read(node)
    if not isinstance(node, cst.Call):
        return None
    words = set(words_in(last_name(node.func)))
    if not words & _READING or words & _WRITING:
        return None
    arguments = list(node.args)
    source = all_names(node.func)
    if words == {"getattr"} and arguments:
        source = all_names(arguments.pop(0).value)
    key = plain_string(arguments[0].value) if arguments else None
    if key is None or (arguments[0].keyword is not None or arguments[0].star):
        return None
    positional = [argument.value for argument in arguments[1:] if argument.keyword is None]
    named = [a.value for a in arguments if a.keyword and a.keyword.value in _DEFAULTS]
    if named:
        # `parser.get("redis", "host", fallback="x")` reads a section and an option.
        parts = [key, *(text for value in positional if (text := plain_string(value)))]
        return SettingRead(node, "_".join(parts), source, named[0])
    return SettingRead(node, key, source, next(iter(positional), None))


def _subscript_read(node: cst.Subscript) -> SettingRead | None:
    if len(node.slice) != 1 or not isinstance(node.slice[0].slice, cst.Index):
        return None
    key = plain_string(node.slice[0].slice.value)
    return None if key is None else SettingRead(node, key, all_names(node.value), None)


def field_default(node: cst.Call) -> cst.BaseExpression | None:
    """The default that a field's declaration gives: `Field("x")`, `field(default="x")`."""
    if last_name(node.func) not in {"Field", "field", "ib", "attrib"}:
        return None
    named = [a.value for a in node.args if a.keyword and a.keyword.value == "default"]
    positional = [a.value for a in node.args[:1] if a.keyword is None and not a.star]
    return next(iter(named + positional), None)


def target_of(tree: SyntaxTree, node: cst.CSTNode) -> str:
    """The name that an expression's value goes to: assigned, or passed by keyword."""
    for outer in tree.ancestors(node):
        if isinstance(outer, cst.Arg) and outer.keyword is not None:
            return outer.keyword.value
        if isinstance(outer, (cst.AnnAssign, cst.NamedExpr)):
            return last_name(outer.target)
        if isinstance(outer, cst.Assign):
            return last_name(outer.targets[0].target)
        if isinstance(outer, (cst.BaseSmallStatement, cst.BaseCompoundStatement, cst.Lambda)):
            break
    return ""


def is_compared(tree: SyntaxTree, node: cst.CSTNode) -> bool:
    """Whether a value is only compared, asserted or told in an error, and so configures nothing."""
    kinds = (cst.ComparisonTarget, cst.Comparison, cst.Assert, cst.Raise)
    return any(isinstance(outer, kinds) for outer in _expressions_around(tree, node))


def is_logged(tree: SyntaxTree, node: cst.CSTNode) -> bool:
    """Whether a value only goes into a message."""
    return any(
        isinstance(outer, cst.Call) and last_name(outer.func) in _LOGGING
        for outer in _expressions_around(tree, node)
    )


def _expressions_around(tree: SyntaxTree, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What holds a node, up to and with its simple statement, or the head of a compound one."""
    for outer in tree.ancestors(node):
        if isinstance(outer, (cst.BaseCompoundStatement, cst.BaseSuite, cst.Lambda)):
            return
        yield outer
