"""Conditions on what a metavariable is bound to; each yields the bindings that remain."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import libcst as cst

from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    MetavariableType,
    Not,
    Pattern,
    Regex,
)
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.comparison_syntax import parse_comparison
from stuck_rules.patterns.comparisons import Operand, Special, Value, holds
from stuck_rules.patterns.generic import find_generic
from stuck_rules.patterns.matchers.declared import has_type
from stuck_rules.patterns.matches import text_of
from stuck_rules.patterns.regexes import compile_regex
from stuck_rules.patterns.scene import Scene
from stuck_rules.patterns.syntax import GENERIC
from stuck_rules.values import replace


def meets_regex(condition: MetavariableRegex, env: Env) -> Iterator[Env]:
    """Match the source text from its start; named groups are bound."""
    bound = env.get(condition.metavariable)
    if bound is None:
        return
    regex = compile_regex(condition.regex, line=condition.line)
    for text in _texts(bound, env.scene, folded=condition.constant_propagation):
        found = regex.match(text)
        if found is not None:
            yield from _with_groups(found.groupdict(), env)
            return


def _texts(bound: Bound, scene: Scene, *, folded: bool) -> Iterator[str]:
    """What the condition may look at: the value if asked for, the text, what an alias means."""
    value = scene.constant(bound.node) if folded and bound.node is not None else None
    if value is not None and value.kind != "text":
        yield str(value.value)
    yield text_of(bound, scene)
    if bound.resolved is not None:
        yield bound.resolved


def _with_groups(groups: Mapping[str, str | None], env: Env) -> Iterator[Env]:
    texts = {f"${name}": text for name, text in groups.items() if text is not None}
    yield from _with_texts(texts, env)


def _with_texts(texts: Mapping[str, str], env: Env) -> Iterator[Env]:
    found: Env | None = env
    for name, text in texts.items():
        if found is not None:
            found = found.bind(name, Bound(text=text))
    if found is not None:
        yield found


def meets_comparison(condition: MetavariableComparison, env: Env) -> Iterator[Env]:
    """Compute the expression over the values of its metavariables."""
    comparison = parse_comparison(condition.comparison, line=condition.line)
    names = {node.id for node in ast.walk(comparison) if isinstance(node, ast.Name)}
    operands: dict[str, Operand] = {}
    for name, bound in env.bound:
        operand = Operand(_value_of(bound, env.scene), text_of(_bare(bound), env.scene))
        operands[name] = _stripped(operand, condition)
    if names and holds(comparison, operands):
        yield env


def _bare(bound: Bound) -> Bound:
    """What is bound without redundant parentheses."""
    node = bound.node
    if not isinstance(node, cst.BaseExpression) or isinstance(node, (cst.Tuple, cst.GeneratorExp)):
        return bound
    return replace(bound, nodes=(node.with_changes(lpar=(), rpar=()),)) if node.lpar else bound


def _stripped(operand: Operand, condition: MetavariableComparison) -> Operand:
    """With `strip` or `base`, text that holds a number is that number."""
    if not condition.strip and condition.base is None:
        return operand
    text = operand.value if isinstance(operand.value, str) else operand.text
    try:
        return Operand(int(text, condition.base or 10), operand.text)
    except ValueError:
        return operand


def _value_of(bound: Bound, scene: Scene) -> Value | None:
    if bound.text is not None:
        return bound.text
    return None if bound.node is None else _value_of_node(bound.node, scene)


def _value_of_node(node: cst.CSTNode, scene: Scene) -> Value | None:
    if isinstance(node, (cst.List, cst.Tuple)):
        if any(isinstance(element, cst.StarredElement) for element in node.elements):
            return None
        values = [_value_of_node(element.value, scene) for element in node.elements]
        return [Special.UNKNOWN if value is None else value for value in values]
    known = scene.constant(node)
    if known is not None and known.kind == "NoneType":
        return Special.NONE
    return None if known is None else known.value


def meets_type(condition: MetavariableType, env: Env) -> Iterator[Env]:
    """Look at the declared type of what is bound."""
    bound = env.get(condition.metavariable)
    if bound is not None and bound.node is not None:
        types = tuple("".join(name.split()) for name in condition.types)
        if has_type(bound.node, types, env.scene):
            yield env


def meets_text(condition: MetavariablePattern, text: str, env: Env) -> Iterator[Env]:
    """Match a formula of another language over a text; what it binds is kept."""
    yield from dict.fromkeys(_in_text(condition.part, text, env, condition.language or ""))


def _in_text(formula: Formula, text: str, env: Env, language: str) -> Iterator[Env]:
    if isinstance(formula, Pattern) and language == GENERIC:
        for found in find_generic(formula.text, text):
            yield from _with_texts(found, env)
    elif isinstance(formula, (Regex, Pattern)):
        if compile_regex(formula.text, line=formula.line).search(text) is not None:
            yield env
    elif isinstance(formula, All):
        yield from _all_in_text(sorted(formula.parts, key=_is_negative), text, env, language)
    elif isinstance(formula, Either):
        for part in formula.parts:
            yield from _in_text(part, text, env, language)
    elif (
        isinstance(formula, Not) and next(_in_text(formula.part, text, env, language), None) is None
    ):
        yield env


def _all_in_text(parts: list[Formula], text: str, env: Env, language: str) -> Iterator[Env]:
    if not parts:
        yield env
        return
    for found in _in_text(parts[0], text, env, language):
        yield from _all_in_text(parts[1:], text, found, language)


def _is_negative(formula: Formula) -> bool:
    return isinstance(formula, Not)
