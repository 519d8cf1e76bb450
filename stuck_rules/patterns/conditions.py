"""Conditions on what a metavariable is bound to; each yields the bindings that remain."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    MetavariableComparison,
    MetavariableRegex,
    MetavariableType,
    Not,
    Pattern,
    Regex,
)
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.comparisons import Operand, Value, holds, parse_comparison
from stuck_rules.patterns.matchers.declared import has_type
from stuck_rules.patterns.matches import text_of
from stuck_rules.patterns.regexes import compile_regex
from stuck_rules.patterns.scene import Scene


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


def _with_groups(groups: dict[str, str | None], env: Env) -> Iterator[Env]:
    found: Env | None = env
    for name, text in groups.items():
        if found is not None and text is not None:
            found = found.bind(f"${name}", Bound(text=text))
    if found is not None:
        yield found


def meets_comparison(condition: MetavariableComparison, env: Env) -> Iterator[Env]:
    """Compute the expression over the values of its metavariables."""
    comparison = parse_comparison(condition.comparison, line=condition.line)
    names = {node.id for node in ast.walk(comparison) if isinstance(node, ast.Name)}
    operands: dict[str, Operand] = {}
    for name, bound in env.bound:
        operand = Operand(_value_of(bound, env.scene), text_of(bound, env.scene))
        operands[name] = _stripped(operand, condition)
    if names and holds(comparison, operands):
        yield env


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
        values = [_value_of_node(element.value, scene) for element in node.elements]
        return [value for value in values if value is not None]
    known = scene.constant(node)
    return None if known is None else known.value


def meets_type(condition: MetavariableType, env: Env) -> Iterator[Env]:
    """Look at the declared type of what is bound."""
    bound = env.get(condition.metavariable)
    if bound is not None and bound.node is not None:
        types = tuple("".join(name.split()) for name in condition.types)
        if has_type(bound.node, types, env.scene):
            yield env


def text_holds(formula: Formula, text: str) -> bool:
    """Whether a formula of regular expressions holds for a text."""
    if isinstance(formula, (Regex, Pattern)):
        return compile_regex(formula.text, line=formula.line).search(text) is not None
    if isinstance(formula, All):
        return all(text_holds(part, text) for part in formula.parts)
    if isinstance(formula, Either):
        return any(text_holds(part, text) for part in formula.parts)
    return isinstance(formula, Not) and not text_holds(formula.part, text)
