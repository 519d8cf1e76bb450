"""Formulas written as YAML in Semgrep's operators."""

from __future__ import annotations

from collections.abc import Iterator

from stuck_rules.model import formula as f
from stuck_rules.rulebook.scalars import flow, scalar, text_lines

_WRAPPED = {f.Not: "pattern-not", f.Inside: "pattern-inside", f.NotInside: "pattern-not-inside"}
_DEEPER = "    "


def formula_lines(formula: f.Formula | f.Taint, indent: str) -> Iterator[str]:
    """An operator as a key with its value."""
    if isinstance(formula, f.Taint):
        yield from _taint_lines(formula, indent)
    elif isinstance(formula, f.Pattern):
        yield from text_lines("pattern:", formula.text, indent)
    elif isinstance(formula, f.Regex):
        yield from text_lines("pattern-regex:", formula.text, indent)
    elif isinstance(formula, (f.All, f.Either)):
        yield f"{indent}{'patterns' if isinstance(formula, f.All) else 'pattern-either'}:"
        for part in formula.parts:
            yield from _item(formula_lines(part, indent + _DEEPER), indent)
    elif isinstance(formula, (f.Not, f.Inside, f.NotInside)):
        yield from _wrapped_lines(formula, indent)
    else:
        yield from _condition_lines(formula, indent)


def _item(lines: Iterator[str], indent: str) -> Iterator[str]:
    """Lines as an item of a list."""
    first, *rest = lines
    yield f"{indent}  - {first.strip()}"
    yield from rest


def _wrapped_lines(formula: f.Not | f.Inside | f.NotInside, indent: str) -> Iterator[str]:
    part = formula.part
    if isinstance(part, f.Pattern):
        yield from text_lines(f"{_WRAPPED[type(formula)]}:", part.text, indent)
    elif isinstance(formula, f.Not) and isinstance(part, f.Regex):
        yield from text_lines("pattern-not-regex:", part.text, indent)
    else:
        yield f"{indent}{_WRAPPED[type(formula)]}:"
        yield from formula_lines(part, indent + "  ")


def _condition_lines(
    formula: f.MetavariableRegex
    | f.MetavariablePattern
    | f.MetavariableComparison
    | f.MetavariableType
    | f.Focus,
    indent: str,
) -> Iterator[str]:
    inner = indent + "  "
    if isinstance(formula, f.Focus):
        yield f"{indent}focus-metavariable: {flow(formula.metavariables)}"
        return
    if isinstance(formula, f.MetavariableComparison):
        yield f"{indent}metavariable-comparison:"
        if formula.metavariable is not None:
            yield f"{inner}metavariable: {scalar(formula.metavariable)}"
        yield f"{inner}comparison: {scalar(formula.comparison)}"
        if formula.base is not None:
            yield f"{inner}base: {formula.base}"
        if formula.strip:
            yield f"{inner}strip: true"
        return
    kind = {
        f.MetavariableRegex: "regex",
        f.MetavariablePattern: "pattern",
        f.MetavariableType: "type",
    }[type(formula)]
    yield f"{indent}metavariable-{kind}:"
    yield f"{inner}metavariable: {scalar(formula.metavariable)}"
    if isinstance(formula, f.MetavariableRegex):
        yield f"{inner}regex: {scalar(formula.regex)}"
        if formula.constant_propagation:
            yield f"{inner}constant-propagation: true"
    elif isinstance(formula, f.MetavariableType):
        yield f"{inner}types: {flow(formula.types)}"
    else:
        if formula.language is not None:
            yield f"{inner}language: {scalar(formula.language)}"
        yield from formula_lines(formula.part, inner)


def _taint_lines(taint: f.Taint, indent: str) -> Iterator[str]:
    yield f"{indent}mode: taint"
    for key, parts in (
        ("pattern-sources", taint.sources),
        ("pattern-sinks", taint.sinks),
        ("pattern-sanitizers", taint.sanitizers),
        ("pattern-propagators", taint.propagators),
    ):
        if parts:
            yield f"{indent}{key}:"
        for part in parts:
            lines = [*formula_lines(part.part, indent + _DEEPER)]
            lines += [f"{indent}{_DEEPER}{extra}" for extra in _extras(part)]
            yield from _item(iter(lines), indent)


def _extras(
    part: f.TaintSource | f.TaintSink | f.TaintSanitizer | f.TaintPropagator,
) -> Iterator[str]:
    """What a part of a taint rule says beside its formula, where it is not the default."""
    if isinstance(part, f.TaintPropagator):
        yield f"from: {scalar(part.source)}"
        yield f"to: {scalar(part.target)}"
        if not part.by_side_effect:
            yield "by-side-effect: false"
        return
    if part.exact is not isinstance(part, f.TaintSink):
        yield f"exact: {str(part.exact).lower()}"
    if isinstance(part, f.TaintSink):
        if part.requires:
            yield f"requires: {scalar(part.requires)}"
        return
    if part.by_side_effect:
        yield "by-side-effect: true"
    if isinstance(part, f.TaintSource) and part.label:
        yield f"label: {scalar(part.label)}"
