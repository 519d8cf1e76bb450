"""The words that any match of a rule must hold, taken from the rule itself."""

from __future__ import annotations

from functools import lru_cache

from stuck_rules.checks.registry import find_check
from stuck_rules.model.rule import CheckCall, FilesCondition, Rule, TextCondition
from stuck_rules.model.words import ALWAYS, WordFormula
from stuck_rules.patterns.literals import words_of


@lru_cache(maxsize=10_000)
def words_of_rule(rule: Rule) -> WordFormula:
    """The formula of those words; ALWAYS where a rule may match without any."""
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
