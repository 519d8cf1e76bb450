"""Reads a probe's rule, a mapping in Semgrep's syntax, as a formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stuck_rules.model.formula import (
    All,
    Either,
    Focus,
    Formula,
    Inside,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    MetavariableType,
    Not,
    NotInside,
    Pattern,
    Regex,
)

Value = str | bool | int | list["Value"] | Mapping[str, "Value"]


def text(value: Value) -> str:
    assert isinstance(value, str)
    return value


def mapping(value: Value) -> Mapping[str, Value]:
    assert isinstance(value, Mapping)
    return value


def items(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def nested(value: Value) -> Formula:
    return Pattern(value) if isinstance(value, str) else formula(mapping(value))


def parts(value: Value) -> tuple[Formula, ...]:
    return tuple(formula(mapping(part)) for part in items(value))


def metavariable_regex(value: Value) -> Formula:
    fields = mapping(value)
    folded = fields.get("constant-propagation") is True
    return MetavariableRegex(text(fields["metavariable"]), text(fields["regex"]), folded)


def metavariable_pattern(value: Value) -> Formula:
    fields = mapping(value)
    language = fields.get("language")
    inner = {k: v for k, v in fields.items() if k not in {"metavariable", "language"}}
    return MetavariablePattern(
        text(fields["metavariable"]), formula(inner), None if language is None else text(language)
    )


def metavariable_comparison(value: Value) -> Formula:
    fields = mapping(value)
    name, strip = fields.get("metavariable"), fields.get("strip") is True
    return MetavariableComparison(
        text(fields["comparison"]), None if name is None else text(name), strip=strip
    )


def metavariable_type(value: Value) -> Formula:
    fields = mapping(value)
    return MetavariableType(text(fields["metavariable"]), (text(fields["type"]),))


OPERATORS: dict[str, Callable[[Value], Formula]] = {
    "pattern": nested,
    "patterns": lambda value: All(parts(value)),
    "pattern-either": lambda value: Either(parts(value)),
    "pattern-not": lambda value: Not(nested(value)),
    "pattern-inside": lambda value: Inside(nested(value)),
    "pattern-not-inside": lambda value: NotInside(nested(value)),
    "pattern-regex": lambda value: Regex(text(value)),
    "pattern-not-regex": lambda value: Not(Regex(text(value))),
    "metavariable-regex": metavariable_regex,
    "metavariable-pattern": metavariable_pattern,
    "metavariable-comparison": metavariable_comparison,
    "metavariable-type": metavariable_type,
    "focus-metavariable": lambda value: Focus(tuple(text(name) for name in items(value))),
}


def formula(rule: Mapping[str, Value]) -> Formula:
    """The condition of a rule or of one operator; other keys do not matter here."""
    found = [OPERATORS[key](value) for key, value in rule.items() if key in OPERATORS]
    assert len(found) == 1, rule
    return found[0]
