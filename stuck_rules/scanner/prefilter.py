"""Which rules can match in a file, decided from its text without parsing it."""

from __future__ import annotations

from functools import lru_cache

from stuck_rules.checks.registry import find_check
from stuck_rules.model.rule import CheckCall, FilesCondition, Rule, TextCondition
from stuck_rules.model.words import ALWAYS, Haystack, WordFormula
from stuck_rules.patterns.literals import words_of


@lru_cache(maxsize=10_000)
def words_of_rule(rule: Rule) -> WordFormula:
    """The words that any match of a rule must hold, taken from the rule itself."""
    condition = rule.condition
    if isinstance(condition, CheckCall):
        spec = find_check(condition.name)
        if spec is None:
            return ALWAYS
        given = {option.name: option.value for option in condition.options}
        return spec.words(spec.with_defaults(given))
    if isinstance(condition, (TextCondition, FilesCondition)):
        return ALWAYS
    return words_of(condition)


def admitted(text: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules whose words stand in a file's text; without any, no match is possible."""
    haystack = Haystack(text)
    return tuple(rule for rule in rules if haystack.admits(words_of_rule(rule)))
