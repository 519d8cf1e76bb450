"""Whether code runs only for development or testing.

A default that is wrong in production is right there, and the correct form of such code looks
just like the wrong one but for the test around it.
"""

from __future__ import annotations

import libcst as cst

from stuck_rules.cst.flow import leaves
from stuck_rules.cst.literals import plain_string
from stuck_rules.cst.names import words_in
from stuck_rules.cst.presence import is_missing_value_test
from stuck_rules.cst.source import SyntaxTree

DEVELOPMENT = frozenset(
    {"dev", "develop", "development", "local", "test", "tests", "testing", "pytest", "unittest"}
)
PRODUCTION = frozenset({"prod", "production", "staging", "stage", "live"})

# `settings.environment.lower()` speaks of what stands before these.
_ACCESSORS = frozenset({"value", "name", "lower", "upper", "strip", "casefold"})

_NEGATIVE = (cst.NotEqual, cst.NotIn, cst.IsNot)


def is_for_development(tree: SyntaxTree, node: cst.CSTNode) -> bool:
    """Whether a node stands where only development or testing gets."""
    inner = node
    for outer in tree.ancestors(node):
        if _is_named_for_development(outer) or _is_branch(outer, inner):
            return True
        if isinstance(outer, (cst.IndentedBlock, cst.Module)) and _is_after_exit(outer, inner):
            return True
        inner = outer
    return False


def _is_named_for_development(node: cst.CSTNode) -> bool:
    if not isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        return False
    words = set(words_in(node.name.value))
    return bool(words & DEVELOPMENT) and not words & PRODUCTION


def _is_branch(outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
    """Whether `inner` is the branch of `outer` that development takes."""
    if isinstance(outer, (cst.If, cst.IfExp, cst.While)):
        if inner is outer.body:
            return implies_development(outer.test, holds=True)
        return inner is outer.orelse and implies_development(outer.test, holds=False)
    if isinstance(outer, cst.BooleanOperation) and inner is outer.right:
        return implies_development(outer.left, holds=isinstance(outer.operator, cst.And))
    return isinstance(outer, cst.MatchCase) and inner is outer.body and _is_case(outer.pattern)


def _is_case(pattern: cst.MatchPattern) -> bool:
    if isinstance(pattern, cst.MatchOr):
        return all(_is_case(element.pattern) for element in pattern.patterns)
    return isinstance(pattern, cst.MatchValue) and _speaks_of(pattern.value, DEVELOPMENT)


def _is_after_exit(block: cst.IndentedBlock | cst.Module, inner: cst.CSTNode) -> bool:
    """Whether a statement before `inner` in its block sends everything else away."""
    for statement in block.body:
        if statement is inner:
            return False
        if _sends_away(statement):
            return True
    return False


def _sends_away(statement: cst.CSTNode) -> bool:
    while isinstance(statement, cst.If):
        test = _without_presence(statement.test)
        if leaves(statement.body, loop=True) and implies_development(test, holds=False):
            return True
        if not isinstance(statement.orelse, cst.If):
            return False
        statement = statement.orelse
    return False


def _without_presence(test: cst.BaseExpression) -> cst.BaseExpression:
    """A test less its `not value and`: past such an exit, a missing value means development."""
    if isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.And):
        if is_missing_value_test(test.left, holds=True):
            return _without_presence(test.right)
        if is_missing_value_test(test.right, holds=True):
            return _without_presence(test.left)
    return test


def implies_development(test: cst.BaseExpression, *, holds: bool) -> bool:
    """Whether a condition that holds, or does not, leaves only development or testing."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return implies_development(test.expression, holds=not holds)
    if isinstance(test, cst.BooleanOperation):
        parts = [implies_development(part, holds=holds) for part in (test.left, test.right)]
        return any(parts) if isinstance(test.operator, cst.And) is holds else all(parts)
    if isinstance(test, cst.Comparison):
        return _comparison_implies(test, holds)
    return _speaks_of(test, DEVELOPMENT) if holds else _speaks_of(test, PRODUCTION)


def _comparison_implies(test: cst.Comparison, holds: bool) -> bool:
    target = test.comparisons[0]
    if len(test.comparisons) > 1:
        return False
    if isinstance(target.operator, _NEGATIVE):
        holds = not holds
    value = target.comparator
    if isinstance(value, cst.Name) and value.value in {"True", "False"}:
        return implies_development(test.left, holds=(value.value == "True") is holds)
    words = DEVELOPMENT if holds else PRODUCTION
    return _speaks_of(value, words) or _is_sought(test.left, value, words)


def _is_sought(left: cst.BaseExpression, right: cst.BaseExpression, words: frozenset[str]) -> bool:
    """Whether the left side names the environment, as in `"test" in sys.argv[0]`."""
    return (
        plain_string(left) is not None and plain_string(right) is None and _speaks_of(left, words)
    )


def _speaks_of(node: cst.CSTNode, words: frozenset[str]) -> bool:
    """Whether an expression names one of these environments, and none of the other kind."""
    named = _environments(node)
    return bool(named & words) and not named & ((DEVELOPMENT | PRODUCTION) - words)


def _environments(node: cst.CSTNode) -> set[str]:
    """The words of an expression's names and strings."""
    if isinstance(node, (cst.Tuple, cst.List, cst.Set)):
        return set().union(*(_environments(element.value) for element in node.elements))
    if isinstance(node, cst.Call):
        arguments = (_environments(argument.value) for argument in node.args)
        return _environments(node.func).union(*arguments)
    if isinstance(node, cst.Attribute):
        words = set(words_in(node.attr.value))
        return words | _environments(node.value) if words <= _ACCESSORS else words
    text = node.value if isinstance(node, cst.Name) else plain_string(node)
    return set(words_in(text)) if text else set()
