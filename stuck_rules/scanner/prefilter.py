"""Which rules can match in a file, decided from its text without parsing it."""

from __future__ import annotations

from stuck_rules.model.rule import Rule
from stuck_rules.model.words import Haystack
from stuck_rules.rulewords import words_of_rule


def admitted(text: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules whose words stand in a file's text; without any, no match is possible."""
    haystack = Haystack(text)
    return tuple(rule for rule in rules if haystack.admits(words_of_rule(rule)))
