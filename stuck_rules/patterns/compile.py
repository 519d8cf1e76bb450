"""From a formula to matchers: the table of builders, and the root of each pattern."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst

from stuck_rules.model.formula import Formula, Pattern
from stuck_rules.patterns.constants import FOLDABLE
from stuck_rules.patterns.matchers.arguments import build_call
from stuck_rules.patterns.matchers.base import Anything, Build, Builder, Deep, Hole, Matcher
from stuck_rules.patterns.matchers.blocks import build_lines
from stuck_rules.patterns.matchers.compounds import build_if, build_loop, build_try, build_with
from stuck_rules.patterns.matchers.definitions import (
    build_class,
    build_decorators,
    build_function,
    build_lambda,
)
from stuck_rules.patterns.matchers.displays import (
    TupleRoot,
    build_clause,
    build_comprehension,
    build_dict,
    build_list,
    build_set,
    build_subscript,
    build_tuple,
)
from stuck_rules.patterns.matchers.imports import build_import
from stuck_rules.patterns.matchers.lines import Lines
from stuck_rules.patterns.matchers.literals import Literal, build_number
from stuck_rules.patterns.matchers.matching import (
    build_capture,
    build_match,
    build_match_class,
    build_match_mapping,
    build_match_sequence,
)
from stuck_rules.patterns.matchers.names import build_attribute, build_name
from stuck_rules.patterns.matchers.operators import build_binary, build_boolean, build_comparison
from stuck_rules.patterns.matchers.statements import (
    build_alias,
    build_annotated,
    build_assert,
    build_assign,
    build_del,
    build_names,
    build_raise,
    build_return,
    build_yield,
)
from stuck_rules.patterns.matchers.strings import (
    AnyString,
    StringHole,
    StringRegex,
    StringText,
    build_formatted,
    build_string,
)
from stuck_rules.patterns.metavariables import lone_metavariables, private_metavariables
from stuck_rules.patterns.options import read_options
from stuck_rules.patterns.syntax import check_syntax, parse_pattern, parts_of
from stuck_rules.values import dataclass

BUILDERS: dict[type[cst.CSTNode], Builder] = {
    cst.Name: build_name,
    cst.Attribute: build_attribute,
    cst.Call: build_call,
    cst.SimpleString: build_string,
    cst.FormattedString: build_formatted,
    cst.Integer: build_number,
    cst.Float: build_number,
    cst.UnaryOperation: build_number,
    cst.BooleanOperation: build_boolean,
    cst.BinaryOperation: build_binary,
    cst.Comparison: build_comparison,
    cst.List: build_list,
    cst.Tuple: build_tuple,
    cst.Set: build_set,
    cst.Dict: build_dict,
    cst.Subscript: build_subscript,
    cst.ListComp: build_comprehension,
    cst.CompFor: build_clause,
    cst.GeneratorExp: build_comprehension,
    cst.Lambda: build_lambda,
    cst.Assign: build_assign,
    cst.AnnAssign: build_annotated,
    cst.NamedExpr: build_assign,
    cst.Return: build_return,
    cst.Assert: build_assert,
    cst.Raise: build_raise,
    cst.Del: build_del,
    cst.Yield: build_yield,
    cst.Global: build_names,
    cst.Nonlocal: build_names,
    cst.Import: build_import,
    cst.ImportFrom: build_import,
    cst.If: build_if,
    cst.For: build_loop,
    cst.While: build_loop,
    cst.With: build_with,
    cst.Try: build_try,
    cst.TryStar: build_try,
    cst.Match: build_match,
    cst.MatchAs: build_capture,
    cst.MatchClass: build_match_class,
    cst.MatchMapping: build_match_mapping,
    cst.MatchList: build_match_sequence,
    cst.MatchTuple: build_match_sequence,
    cst.TypeAlias: build_alias,
    cst.FunctionDef: build_function,
    cst.ClassDef: build_class,
}
_ASSIGNMENTS = (cst.Assign, cst.AnnAssign, cst.NamedExpr)
_IMPORTS = (cst.Import, cst.ImportFrom)
_DECORATED = (cst.FunctionDef, cst.ClassDef)
# The classes of nodes at which a pattern can match, where it is not the pattern's own class.
_ROOTS: dict[type[cst.CSTNode], tuple[type[cst.CSTNode], ...]] = {
    cst.Attribute: (cst.Attribute, cst.Name),
    cst.Assign: _ASSIGNMENTS,
    cst.NamedExpr: _ASSIGNMENTS,
    cst.Import: _IMPORTS,
    cst.ImportFrom: _IMPORTS,
    cst.Try: (cst.Try, cst.TryStar),
    cst.Set: (cst.Set, cst.Dict, cst.SetComp, cst.DictComp),
    cst.List: (cst.List, cst.ListComp),
    cst.GeneratorExp: (cst.GeneratorExp, cst.ListComp),
}
_VALUES = (Literal, AnyString, StringHole, StringRegex, StringText)


@dataclass(frozen=True, slots=True)
class NodePattern:
    """A pattern that one node matches; without `kinds`, any expression may.

    `last` is the field with which the match ends, where that is not the node's own end.
    """

    matcher: Matcher
    kinds: tuple[type[cst.CSTNode], ...] | None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class LinesPattern:
    """A pattern that statements of a block match, one after another."""

    lines: Lines


CompiledPattern = NodePattern | LinesPattern


@dataclass(frozen=True, slots=True)
class CompiledFormula:
    """A formula with the matchers of all its patterns.

    `lone` are the metavariables that stand in it only once, `private` those that stand in one
    of its patterns only.
    """

    formula: Formula
    patterns: Mapping[Pattern, CompiledPattern]
    lone: frozenset[str]
    private: frozenset[str]


def compile_formula(formula: Formula, options: Mapping[str, str | bool]) -> CompiledFormula:
    """Compile a formula; raises PatternError with its line where it cannot be matched."""
    check_syntax(formula)
    build = Build(BUILDERS, read_options(options))
    patterns = {pattern: compile_pattern(pattern, build) for pattern in _patterns_in(formula)}
    lone, private = lone_metavariables(formula), private_metavariables(formula)
    return CompiledFormula(formula, patterns, lone, private)


def _patterns_in(formula: Formula) -> list[Pattern]:
    if isinstance(formula, Pattern):
        return [formula]
    return [pattern for part in parts_of(formula) for pattern in _patterns_in(part)]


def compile_pattern(pattern: Pattern, build: Build) -> CompiledPattern:
    """Compile one pattern."""
    parsed = parse_pattern(pattern)
    if parsed.decorators:
        return NodePattern(build_decorators(parsed.decorators, build), _DECORATED)
    if parsed.expression is not None:
        return _compile_expression(parsed.expression, build)
    if len(parsed.statements) == 1:
        statement = parsed.statements[0]
        kinds = _ROOTS.get(type(statement), (type(statement),))
        return NodePattern(build.root(statement), kinds, _last_field(statement))
    return LinesPattern(build_lines(parsed.statements, build))


def _last_field(statement: cst.CSTNode) -> str | None:
    """What the code may add behind a match, such as a loop's `else`, is no part of it."""
    if isinstance(statement, (cst.For, cst.While)) and statement.orelse is None:
        return "body"
    is_raise = isinstance(statement, cst.Raise) and statement.cause is None
    return "exc" if is_raise and getattr(statement, "exc", None) is not None else None


def _compile_expression(node: cst.BaseExpression, build: Build) -> NodePattern:
    matcher = build.root(node)
    if isinstance(node, cst.Tuple):
        return NodePattern(TupleRoot(matcher), (cst.Tuple, cst.Subscript))
    if isinstance(matcher, (Hole, Anything, Deep)):
        return NodePattern(matcher, None)
    if isinstance(matcher, _VALUES):
        return NodePattern(matcher, FOLDABLE)
    return NodePattern(matcher, _ROOTS.get(type(node), (type(node),)))
