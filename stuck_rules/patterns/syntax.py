"""Patterns as syntax: the check that needs no LibCST, and the parse that does."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from stuck_rules.errors import PatternError, Problem, StuckRulesError
from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    Inside,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    Not,
    NotInside,
    Pattern,
    Regex,
    Taint,
)
from stuck_rules.patterns.comparison_syntax import parse_comparison
from stuck_rules.patterns.holes import ALONE, DEEP, DOTS, fill_holes
from stuck_rules.patterns.metavariables import check_names
from stuck_rules.patterns.reading import error_at, parse_python
from stuck_rules.patterns.regexes import compile_regex
from stuck_rules.values import dataclass

if TYPE_CHECKING:
    import libcst as cst

STRING_REGEX = re.compile(r"=~/(?P<regex>.*)/(?P<flags>[ims]*)\Z", re.DOTALL)
REGEX, GENERIC = "regex", "generic"
TEXTS = frozenset({REGEX, GENERIC})
LANGUAGES = frozenset({None, "python", "py", "python3"})
POSITIVE = (Pattern, Regex, All, Either, Inside)


@dataclass(frozen=True, slots=True)
class ParsedPattern:
    """A pattern's tree: one expression, decorators that stand alone, or statements."""

    expression: cst.BaseExpression | None = None
    decorators: tuple[cst.Decorator, ...] = ()
    statements: tuple[cst.CSTNode, ...] = ()


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly inside a formula, those about a metavariable's text left out."""
    if isinstance(formula, (All, Either)):
        return formula.parts
    if isinstance(formula, MetavariablePattern) and formula.language in TEXTS:
        return ()
    if isinstance(formula, (Not, Inside, NotInside, MetavariablePattern)):
        return (formula.part,)
    return ()


def parts_of_taint(taint: Taint) -> tuple[Formula, ...]:
    """The formulas of a taint rule; each binds metavariables of its own."""
    return (
        *(source.part for source in taint.sources),
        *(sink.part for sink in taint.sinks),
        *(sanitizer.part for sanitizer in taint.sanitizers),
        *(propagator.part for propagator in taint.propagators),
    )


def check_syntax(formula: Formula) -> None:
    """Raise PatternError with all that is not valid or not supported, each with its place."""
    problems: list[Problem] = []
    for check, part in ((_check_positive, formula), *_checks(formula)):
        try:
            check(part)
        except PatternError as error:
            problems.extend(error.problems)
    if problems:
        raise PatternError(*dict.fromkeys(problems))


def _checks(formula: Formula) -> Iterator[tuple[Callable[[Formula], None], Formula]]:
    """What is to be checked, each with the part of the formula that it is about."""
    yield _check_own, formula
    for part in parts_of(formula):
        if isinstance(formula, (Either, Not, Inside, NotInside)):
            yield _check_positive, part
        if isinstance(formula, MetavariablePattern) and isinstance(part, All):
            # Beside a metavariable, what only excludes is a whole condition.
            for inner in part.parts:
                yield from _checks(inner)
        else:
            yield from _checks(part)


def _check_positive(formula: Formula) -> None:
    if not isinstance(formula, POSITIVE):
        message = "what only excludes or narrows belongs in patterns, beside a pattern"
        raise _refusal(message, formula)


def _check_own(formula: Formula) -> None:
    """Check what a formula says itself, its parts left out."""
    if isinstance(formula, Pattern):
        _check_pattern(formula)
    elif isinstance(formula, Regex):
        compile_regex(formula.text, line=formula.line, column=formula.column)
    elif isinstance(formula, MetavariableRegex):
        compile_regex(formula.regex, line=formula.line, column=formula.column)
    elif isinstance(formula, MetavariableComparison):
        parse_comparison(formula.comparison, line=formula.line, column=formula.column)
    elif isinstance(formula, MetavariablePattern):
        _check_language(formula)
    elif isinstance(formula, All):
        _check_all(formula)


def _check_all(formula: All) -> None:
    if not any(isinstance(part, POSITIVE) for part in formula.parts):
        message = (
            "patterns needs a pattern, pattern-either, pattern-regex or pattern-inside "
            "beside what only excludes"
        )
        raise _refusal(message, formula)


def _check_language(formula: MetavariablePattern) -> None:
    if formula.language in TEXTS:
        _check_text(formula.part, formula.language or "")
    elif formula.language not in LANGUAGES:
        message = (
            f"metavariable-pattern for language {formula.language!r} is not supported; "
            "use python, regex or generic"
        )
        raise _refusal(message, formula)


def _check_text(formula: Formula, language: str) -> None:
    """Check a formula over text; for the language regex, `pattern` holds an expression as well."""
    if isinstance(formula, Pattern) and language == GENERIC:
        return
    if isinstance(formula, (Pattern, Regex)):
        compile_regex(formula.text, line=formula.line, column=formula.column)
    elif isinstance(formula, (All, Either, Not)):
        for part in parts_of(formula):
            _check_text(part, language)
    else:
        message = f"beside language {language}, only patterns of text and their operators count"
        raise _refusal(message, formula)


def _check_pattern(pattern: Pattern) -> None:
    check_names(pattern)
    tree = parse_python(pattern)
    if not tree.body:
        raise _refusal("an empty pattern matches nothing", pattern)
    for node in ast.walk(tree):
        problem = _problem_of(node)
        if problem is not None:
            raise error_at(
                problem, pattern, getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
            )
    for string in _strings(tree):
        regex = STRING_REGEX.match(string)
        if regex is not None:
            compile_regex(regex["regex"], line=pattern.line, column=pattern.column)


def _refusal(message: str, formula: Formula) -> StuckRulesError:
    """An error at a formula's place, where it has one."""
    return PatternError.at(message, line=formula.line or None, column=formula.column or None)


def _strings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _problem_of(node: ast.AST) -> str | None:
    """Why a pattern with this node is refused, if it is."""
    find_problem = _MISUSES.get(type(node))
    return None if find_problem is None else find_problem(node)


def _misuse_in_import(node: ast.AST) -> str | None:
    if isinstance(node, ast.alias) and node.name == DOTS:
        return "'...' cannot stand for imported names; import them as $X"
    return None


def _misuse_in_lambda(node: ast.AST) -> str | None:
    if isinstance(node, ast.Lambda) and any(arg.arg == DOTS for arg in node.args.args):
        return "'...' cannot stand for a lambda's parameters; write $...ARGS"
    return None


def _misuse_in_call(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return None
    is_misused = node.func.id == DEEP and len(node.args) != 1
    return "<... ...> holds one expression" if is_misused else None


def _misuse_in_annotation(node: ast.AST) -> str | None:
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
        return None
    return None if node.simple else "an annotated name stands without parentheses: write x: int"


_MISUSES: dict[type[ast.AST], Callable[[ast.AST], str | None]] = {
    ast.alias: _misuse_in_import,
    ast.AnnAssign: _misuse_in_annotation,
    ast.Lambda: _misuse_in_lambda,
    ast.Call: _misuse_in_call,
}


def parse_pattern(pattern: Pattern) -> ParsedPattern:
    """Parse a pattern with LibCST; what `check_syntax` lets pass parses."""
    import libcst as cst

    _check_pattern(pattern)
    try:
        module = cst.parse_module(fill_holes(pattern.text))
    except cst.ParserSyntaxError as error:
        message = f"not a Python pattern: {error.message.splitlines()[0]}"
        raise error_at(message, pattern, error.raw_line, error.raw_column + 1) from None
    statements = tuple(_flatten(module.body))
    first = statements[0]
    if len(statements) == 1 and isinstance(first, cst.Expr):
        return ParsedPattern(expression=first.value)
    if isinstance(first, cst.FunctionDef) and first.name.value == ALONE:
        return ParsedPattern(decorators=tuple(first.decorators))
    return ParsedPattern(statements=statements)


def _flatten(body: Sequence[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    import libcst as cst

    for statement in body:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body
        else:
            yield statement
