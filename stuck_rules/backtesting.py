"""Rules tried on code before any rulebook holds them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stuck_rules.config.settings import Config
from stuck_rules.errors import Problem
from stuck_rules.model.rule import Rule
from stuck_rules.scanner.checking import CheckSettings
from stuck_rules.scanner.discovery import DiscoverySettings, discover
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.scanner.scan import Scanner
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Backtested:
    """Where rules fire in code, by rule: the path and line of each place, and what went wrong."""

    places: dict[str, list[tuple[str, int]]]
    problems: tuple[Problem, ...] = ()


def backtest(cwd: Path, paths: Sequence[str], rules: Sequence[Rule]) -> Backtested:
    """Run rules that no rulebook holds yet, disabled ones too; every rule has an answer."""
    rule_set = RuleSet(tuple(rules))
    settings = DiscoverySettings(root=cwd, cwd=cwd, wanted=rule_set.wants)
    found = discover(paths, settings)
    usual = Config(None, cwd)
    checking = CheckSettings(
        (rule_set,), usual.max_file_size, fixes=False, rule_timeout=usual.rule_timeout
    )
    checked = Scanner(checking).scan(found.files)
    places: dict[str, list[tuple[str, int]]] = {rule.id: [] for rule in rules}
    for violation in checked.violations:
        if violation.suppressed is None:
            places[violation.rule].append((violation.path.shown, violation.span.start.line))
    return Backtested(places, (*found.problems, *checked.problems))
