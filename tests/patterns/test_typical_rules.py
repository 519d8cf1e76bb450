"""Rules such as people write, each with code that it must flag and code that only looks alike.

In the rulebooks of the folder `typical`, « and » mark in a bad example what is reported.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.engine import check_source
from stuck_rules.model.rule import Example, Rule
from stuck_rules.rulebook.loader import load_rulebook
from stuck_rules.validation import validate
from tests.rules.tables import read_marks

RULEBOOKS = [
    load_rulebook(path, shown=path.name)
    for path in sorted((Path(__file__).parent / "typical").glob("*.yaml"))
]
RULES = [rule for rulebook in RULEBOOKS for rule in rulebook.rules]
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{kind}-{number}")
    for rule in RULES
    for kind, examples in (("bad", rule.examples.bad), ("good", rule.examples.good))
    for number, example in enumerate(examples, start=1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_exactly_what_is_marked_is_reported(rule: Rule, example: Example) -> None:
    code, expected = read_marks(example.code)
    assert bool(expected) is (example in rule.examples.bad)
    result = check_source(code, "app.py", [rule])
    assert result.problems == ()
    assert sorted(violation.span for violation in result.violations) == expected


def test_all_rules_are_valid() -> None:
    validate(RULES)


def test_each_rule_has_code_of_both_kinds() -> None:
    assert len(RULES) >= 60
    assert [rule.id for rule in RULES if not rule.examples.bad or not rule.examples.good] == []
