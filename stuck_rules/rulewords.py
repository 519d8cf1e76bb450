"""The words that any match of a rule must hold, taken from the rule itself."""

from __future__ import annotations

from functools import lru_cache

from stuck_rules.model.rule import CheckCall, Condition, FilesCondition, Option, Rule, TextCondition
from stuck_rules.model.words import ALWAYS, WordFormula

_remembered: dict[tuple[Condition, tuple[Option, ...]], WordFormula] = {}


def remember_words(rule: Rule, words: WordFormula) -> None:
    """Take the words of a rule's condition from an earlier run."""
    _remembered[rule.condition, rule.options] = words


@lru_cache(maxsize=10_000)
def words_of_rule(rule: Rule) -> WordFormula:
    """The formula of those words; ALWAYS where a rule may match without any."""
    known = _remembered.get((rule.condition, rule.options))
    return _words_of(rule.condition, rule.options) if known is None else known


def _words_of(condition: Condition, options: tuple[Option, ...]) -> WordFormula:
    if isinstance(condition, CheckCall):
        return _words_of_check(condition)
    if isinstance(condition, (TextCondition, FilesCondition)):
        return ALWAYS
    from stuck_rules.patterns.literals import words_of

    return words_of(condition, options)


def _words_of_check(call: CheckCall) -> WordFormula:
    from stuck_rules.checks.registry import find_check

    spec = find_check(call.name)
    if spec is None:
        return ALWAYS
    return spec.words(spec.for_call(call))
