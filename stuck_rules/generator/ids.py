"""Ids of rules that stay the same when the log is edited around their lessons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from stuck_rules.model.rule import Rule
from stuck_rules.values import replace


def _key(rule: Rule) -> tuple[str, str] | None:
    """The recipe and the lesson's words, which outlive lines and entries."""
    return (rule.origin.recipe, rule.origin.digest) if rule.origin is not None else None


def _alone(rules: Iterable[Rule]) -> dict[tuple[str, str], Rule]:
    """The rules by recipe and lesson, where one lesson gave just one."""
    keyed = [(key, rule) for rule in rules if (key := _key(rule)) is not None]
    counts = Counter(key for key, _ in keyed)
    return {key: rule for key, rule in keyed if counts[key] == 1}


def keep_ids(rules: tuple[Rule, ...], standing: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """The rules with the ids that their lessons have in the rulebook that stands.

    A lesson that is put in front of another may claim its id; the one that has it keeps it, and
    the newcomer gets a number.
    """
    before, now = _alone(standing.values()), _alone(rules)
    kept = {now[key].id: before[key].id for key in now.keys() & before.keys()}
    taken = set(kept.values())
    named: list[Rule] = []
    for rule in rules:
        rule_id = kept.get(rule.id)
        if rule_id is None:
            rule_id = _free(rule.id, taken)
            taken.add(rule_id)
        named.append(replace(rule, id=rule_id) if rule_id != rule.id else rule)
    return tuple(named)


def _free(rule_id: str, taken: set[str]) -> str:
    free, number = rule_id, 1
    while free in taken:
        number += 1
        free = f"{rule_id}-{number}"
    return free
