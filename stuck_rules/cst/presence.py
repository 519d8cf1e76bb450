"""Whether code runs because a value is missing."""

from __future__ import annotations

import libcst as cst

from stuck_rules.cst.literals import plain_string
from stuck_rules.cst.names import last_name, words_in
from stuck_rules.cst.source import SyntaxTree

# A name that starts so asks a question; its falsehood does not say that a value is missing.
_PREDICATES = frozenset({"is", "has", "should", "can", "use", "uses", "enable", "enabled", "allow"})


def is_missing_value_test(test: cst.BaseExpression, *, holds: bool) -> bool:
    """Whether a test that holds, or does not, says that a value is missing."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return is_missing_value_test(test.expression, holds=not holds)
    if isinstance(test, cst.BooleanOperation):
        return any(is_missing_value_test(part, holds=holds) for part in (test.left, test.right))
    if isinstance(test, cst.Comparison):
        return _is_missing_comparison(test, holds)
    if isinstance(test, cst.NamedExpr):
        return is_missing_value_test(test.value, holds=holds)
    is_value = isinstance(test, (cst.Name, cst.Attribute, cst.Call, cst.Subscript))
    return is_value and not holds and not _PREDICATES & set(words_in(last_name(test))[:1])


def _is_missing_comparison(test: cst.Comparison, holds: bool) -> bool:
    target = test.comparisons[0]
    if isinstance(target.operator, (cst.NotEqual, cst.IsNot, cst.In)):
        holds = not holds
    if isinstance(target.operator, (cst.In, cst.NotIn)):
        return holds and plain_string(test.left) is not None
    value = target.comparator
    is_nothing = isinstance(value, cst.Name) and value.value == "None"
    return holds and (is_nothing or plain_string(value) == "")


def _is_missing_case(pattern: cst.MatchPattern) -> bool:
    if isinstance(pattern, cst.MatchOr):
        return any(_is_missing_case(element.pattern) for element in pattern.patterns)
    if isinstance(pattern, cst.MatchSingleton):
        return pattern.value.value == "None"
    return isinstance(pattern, cst.MatchValue) and plain_string(pattern.value) == ""


def is_fallback_branch(tree: SyntaxTree, statement: cst.BaseSmallStatement) -> bool:
    """Whether a statement stands in the branch that is taken when a value is missing."""
    block = tree.parents[tree.parents[statement]]
    branch = tree.parents.get(block)
    if isinstance(branch, cst.If):
        return is_missing_value_test(branch.test, holds=True)
    if isinstance(branch, cst.Else):
        owner = tree.parents[branch]
        return isinstance(owner, cst.If) and is_missing_value_test(owner.test, holds=False)
    if isinstance(branch, cst.MatchCase):
        return _is_missing_case(branch.pattern)
    return isinstance(branch, (cst.ExceptHandler, cst.ExceptStarHandler))
