from __future__ import annotations

from collections.abc import Mapping

import pytest

from stuck_rules.cache import codec
from stuck_rules.model.formula import Pattern
from stuck_rules.model.pathrules import PathRules
from stuck_rules.model.rule import Example, Examples, PathFilter, Rule, Severity
from stuck_rules.scanner.checking import CheckSettings
from stuck_rules.scanner.memory import decisive
from stuck_rules.scanner.pathpolicy import PathPolicy
from stuck_rules.scanner.rulesets import OwnRules, RuleSet
from stuck_rules.suppressions.known import State
from stuck_rules.values import fields, replace

RULE = Rule("a", "no foo", Pattern("foo"), rulebook="rules.yaml", line=3)
RULES = RuleSet((RULE,))
SETTINGS = CheckSettings((RULES,), 100)
OWN = OwnRules(RuleSet((replace(RULE, id="own"),)), {"a": State.RUNS})
POLICY = PathPolicy((RULE,), frozenset({"a"}), (PathRules(("*.py",), without=frozenset({"a"})),))

OTHER_SETTINGS: Mapping[str, CheckSettings] = {
    "rule_sets": replace(SETTINGS, rule_sets=(RULES, RULES)),
    "max_file_size": replace(SETTINGS, max_file_size=99),
    "own": replace(SETTINGS, own=OWN),
    "fixes": replace(SETTINGS, fixes=False),
    "thorough": replace(SETTINGS, thorough=True),
    "check_syntax": replace(SETTINGS, check_syntax=True),
    "rule_timeout": replace(SETTINGS, rule_timeout=5),
}
OTHER_RULE_SETS: Mapping[str, RuleSet] = {
    "rules": RuleSet((replace(RULE, message="never foo"),)),
    "prefix": replace(RULES, prefix="sub/"),
    "policy": replace(RULES, policy=POLICY),
}


def way_of(settings: CheckSettings) -> bytes:
    return codec.dump(decisive(settings))


def test_every_setting_decides() -> None:
    assert set(OTHER_SETTINGS) == {field.name for field in fields(CheckSettings)}
    ways = [way_of(settings) for settings in OTHER_SETTINGS.values()]
    assert len({way_of(SETTINGS), *ways}) == len(ways) + 1


def test_everything_about_rules_of_a_rulebook_decides() -> None:
    assert set(OTHER_RULE_SETS) == {field.name for field in fields(RuleSet)}
    settings = [replace(SETTINGS, rule_sets=(rules,)) for rules in OTHER_RULE_SETS.values()]
    ways = {way_of(each) for each in (SETTINGS, *settings)}
    assert len(ways) == len(settings) + 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(RULE, message="m"), id="message"),
        pytest.param(replace(RULE, condition=Pattern("bar")), id="condition"),
        pytest.param(replace(RULE, severity=Severity.INFO), id="severity"),
        pytest.param(replace(RULE, fix="bar"), id="fix"),
        pytest.param(replace(RULE, fix_imports=("import bar",)), id="imports of the fix"),
        pytest.param(replace(RULE, paths=PathFilter(("*.py",))), id="paths"),
        pytest.param(replace(RULE, id="b"), id="id"),
    ],
)
def test_what_a_rule_looks_for_and_says_decides(other: Rule) -> None:
    changed = replace(SETTINGS, rule_sets=(RuleSet((other,)),))
    assert way_of(changed) != way_of(SETTINGS)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(RULE, rulebook="../rules.yaml"), id="where one stands"),
        pytest.param(replace(RULE, note="why"), id="a note"),
        pytest.param(replace(RULE, examples=Examples((Example("foo"),))), id="an example"),
    ],
)
def test_what_a_rule_only_tells_decides_nothing(other: Rule) -> None:
    same = replace(SETTINGS, rule_sets=(RuleSet((other,)),))
    assert way_of(same) == way_of(SETTINGS)


def test_what_another_way_of_per_path_says_decides() -> None:
    other = PathPolicy((RULE,), frozenset({"a"}), (PathRules(("*.pyi",)),))
    ways = {
        way_of(replace(SETTINGS, rule_sets=(replace(RULES, policy=policy),)))
        for policy in (None, POLICY, other)
    }
    assert len(ways) == 3
