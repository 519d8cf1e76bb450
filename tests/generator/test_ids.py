"""Ids that survive edits of the log around their lessons."""

from __future__ import annotations

from dataclasses import replace

from stuck_rules.generator.draft import draft
from stuck_rules.generator.ids import keep_ids
from stuck_rules.model.rule import Rule
from tests.generator.logs import log_of

FIRST = "- Never use `run_job()` in tests.\n"
SECOND = "- Never use `run_job()`.\n"


def rules_of(*lines: str) -> tuple[Rule, ...]:
    return draft(log_of("**Prevention**:\n" + "".join(lines))).rules


def ids_by_lesson(rules: tuple[Rule, ...]) -> dict[str, str]:
    return {rule.message: rule.id for rule in rules}


def test_a_lesson_in_front_takes_no_id_from_one_that_has_it() -> None:
    (standing,) = rules_of(SECOND)
    rules = keep_ids(rules_of(FIRST, SECOND), {standing.id: standing})
    assert ids_by_lesson(rules) == {
        "Never use run_job() in tests.": "run-job-2",
        "Never use run_job().": "run-job",
    }


def test_an_id_that_was_changed_by_hand_stays() -> None:
    (drafted,) = rules_of(SECOND)
    standing = replace(drafted, id="no-jobs")
    assert [rule.id for rule in keep_ids((drafted,), {"no-jobs": standing})] == ["no-jobs"]


def test_a_rule_without_origin_keeps_nothing() -> None:
    (drafted,) = rules_of(SECOND)
    standing = replace(drafted, id="own", origin=None)
    assert [rule.id for rule in keep_ids((drafted,), {"own": standing})] == ["run-job"]


def test_a_lesson_of_several_rules_keeps_their_ids() -> None:
    rules = rules_of("- Never use `run_job()`, `stop_job()`.\n")
    assert len(rules) == 2
    assert keep_ids(rules, {rule.id: rule for rule in rules}) == rules
