"""The generator against logs that a person has labelled: what it makes, what it leaves alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from stuck_rules.generator.syntax import parse_code
from stuck_rules.model.lesson import Role
from stuck_rules.model.rule import Example
from stuck_rules.testing import prove, run_example
from tests.generator.labels import (
    ASIDE,
    LABELLED,
    NAMES,
    Score,
    draft_of,
    read_labels,
    score,
    table,
)

# How many of the rules that a person would make of these logs must be there, by recipe; those
# that wait for a person, whatever their recipe, are counted apart.
LEAST = {
    "code-pair": 0.9,
    "named-fault": 0.8,
    "prohibition": 0.9,
    "replacement": 0.9,
    "required-keyword": 0.9,
    "table-pair": 0.8,
    "waiting": 0.8,
    "wrap": 0.8,
}


@cache
def _score() -> Score:
    return score(NAMES)


def test_the_logs_are_as_many_as_they_must_be() -> None:
    assert len(NAMES) >= 12
    assert len(_score().right) >= 50


@pytest.mark.parametrize("name", NAMES)
def test_entries_and_lessons_are_all_there(name: str) -> None:
    labels, drafted = read_labels(name), draft_of(name)
    assert len(drafted.log.entries) == labels.entries
    assert len(drafted.decisions) == labels.lessons
    assert drafted.log.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_is_proven_by_its_examples(name: str) -> None:
    for rule in draft_of(name).rules:
        assert rule.examples.bad, rule.id
        assert list(prove(rule)) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_enabled_rule_flags_code_that_the_log_calls_right(name: str) -> None:
    drafted = draft_of(name)
    lessons = (lesson for entry in drafted.log.entries for lesson in entry.lessons)
    right = [c.text for le in lessons if le.role is Role.CORRECT for c in le.code if c.fenced]
    codes = [f"{text}\n" for text in right if parse_code(text) is not None]
    for rule in (rule for rule in drafted.rules if rule.enabled):
        for code in codes:
            assert not run_example(rule, Example(code)).violations, (rule.id, code)


def test_nearly_all_enabled_rules_are_what_a_person_wants() -> None:
    assert _score().precision >= 0.95, _score().wrong


@pytest.mark.parametrize("recipe", LEAST)
def test_the_rules_that_a_person_would_make_are_found(recipe: str) -> None:
    missed = [place for each, place in _score().missed if each == recipe]
    assert _score().recall(recipe) >= LEAST[recipe], missed


def test_every_recipe_has_its_bound() -> None:
    assert _score().recipes == sorted(LEAST)


def test_what_must_stay_a_reminder_is_held_by_no_enabled_rule() -> None:
    assert _score().broken == []
    assert len(_score().kept) >= 30


def test_logs_that_were_kept_aside_are_no_worse_in_precision() -> None:
    aside = Score()
    for name in ASIDE:
        aside.add(name, LABELLED / "aside")
    assert len(ASIDE) == 4
    assert aside.precision >= 0.95, aside.wrong
    assert len(aside.found) / len(aside.found + aside.missed) >= 0.75, aside.missed
    assert aside.broken == []


@pytest.mark.parametrize("name", ASIDE)
def test_entries_and_lessons_of_logs_kept_aside_are_all_there(name: str) -> None:
    labels, drafted = read_labels(name, LABELLED / "aside"), draft_of(name, LABELLED / "aside")
    assert len(drafted.log.entries) == labels.entries
    assert len(drafted.decisions) == labels.lessons


LOG = """\
# Log

## Entry 1: Names - 2026-01-01

**Prevention**:
- Never use `os.system()`.
- Never use `os.popen()`.
"""
LABELS = """\
entries: 1
lessons: 2
rules:
  - at: "os.system"
    recipe: prohibition
    bad: ["os.system(command)"]
    good: ["subprocess.run(command)"]
  - at: "os.system"
    recipe: wrap
    bad: ["os.spawn(command)"]
    good: []
reminders: ["os.popen"]
"""


def test_the_score_tells_what_is_wrong_and_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "log.md").write_text(LOG, encoding="utf-8")
    (tmp_path / "log.yaml").write_text(LABELS, encoding="utf-8")
    found = Score()
    found.add("log", tmp_path)
    assert (found.right, found.wrong) == (["log: os-system"], ["log: os-popen"])
    assert (found.precision, found.recall("prohibition"), found.recall("wrap")) == (0.5, 1, 0)
    assert found.broken == ["log:7 os-popen"]
    assert table(found) == (
        "| recipe | wanted | found | share |\n|---|---:|---:|---:|\n"
        "| prohibition | 1 | 1 | 100 % |\n| wrap | 1 | 0 | 0 % |\n\n"
        "1 of 2 enabled rules are wanted."
    )
