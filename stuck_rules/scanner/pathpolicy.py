"""The rules that look at a file where the settings tell paths apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stuck_rules.globs import Globs
from stuck_rules.model.pathrules import PathRules
from stuck_rules.model.rule import Rule
from stuck_rules.values import replace


class PathPolicy:
    """Which of some rules look at a file: all tables that match it add up.

    `usual` are the ids of the rules that run where no table says otherwise.
    """

    def __init__(
        self, rules: Sequence[Rule], usual: frozenset[str], tables: Sequence[PathRules]
    ) -> None:
        self._rules = tuple(rules)
        self._usual = usual
        self._tables = tuple((table, Globs(table.globs)) for table in tables)
        self._variants: dict[tuple[PathRules, ...], Mapping[str, Rule]] = {}
        self._last: tuple[str, Mapping[str, Rule]] = ("", {})

    @property
    def decisive(self) -> tuple[object, ...]:
        """All that decides which rules look at a file."""
        return self._usual, tuple(table for table, _ in self._tables)

    def at(self, rule: Rule, relative: str) -> Rule | None:
        """A rule as it looks at a file, by the file's path from the root; None where it does not.

        It has the severity that holds there.
        """
        if self._last[0] != relative:
            self._last = (relative, self._rules_for(relative))
        return self._last[1].get(rule.id)

    def _rules_for(self, relative: str) -> Mapping[str, Rule]:
        matching = tuple(table for table, globs in self._tables if globs.matches(relative))
        known = self._variants.get(matching)
        if known is None:
            known = self._variants[matching] = self._variant(matching)
        return known

    def _variant(self, tables: Sequence[PathRules]) -> dict[str, Rule]:
        limits = [table.only for table in tables if table.only is not None]
        wanted = self._usual if not limits else frozenset().union(*limits)
        wanted = wanted.union(*(table.also for table in tables))
        wanted = wanted.difference(*(table.without for table in tables))
        levels = dict(pair for table in tables for pair in table.severities)
        return {
            rule.id: replace(rule, severity=levels[rule.id]) if rule.id in levels else rule
            for rule in self._rules
            if rule.id in wanted
        }
