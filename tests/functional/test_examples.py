"""The examples break every rule where they say so, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.project import open_project
from tests.functional.program import run

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
FILES = sorted(path.relative_to(ROOT).as_posix() for path in EXAMPLES.rglob("*.py"))
WRONG = [name for name in FILES if "wrong" in Path(name).name]
RIGHT = [name for name in FILES if "wrong" not in Path(name).name]


def reported() -> list[tuple[str, str]]:
    """The path and rule of each violation in the examples."""
    answer = run(ROOT, "scan", "examples", "--rulebook", "rules.yaml", "--output-format", "json")
    assert answer.code == 1
    return [(str(v["path"]), str(v["rule"])) for v in answer.objects("violations")]


def test_there_are_examples_of_both_kinds() -> None:
    assert WRONG
    assert [name for name in RIGHT if "right" in name]


def test_every_wrong_example_is_reported_and_no_other_file() -> None:
    assert sorted({path for path, _ in reported()}) == WRONG


def test_every_enabled_rule_is_broken_somewhere() -> None:
    project = open_project(ROOT, (".",), ("rules.yaml",))
    enabled = {rule.id for book in project.rulebooks for rule in book.rules if rule.enabled}
    assert {rule for _, rule in reported()} == enabled


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_example_says_where_it_was_learned(name: str) -> None:
    answer = run(ROOT, "scan", name, "--rulebook", "rules.yaml")
    assert answer.code == 1
    assert "learned in: " in answer.out
    assert "docs/getting_stuck_log.md:" in answer.out


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_example_passes(name: str) -> None:
    answer = run(ROOT, "scan", name, "--rulebook", "rules.yaml")
    assert (answer.code, answer.out) == (0, "")


def test_the_pattern_examples_hold() -> None:
    answer = run(ROOT, "test", "examples/patterns")
    assert (answer.code, answer.out) == (0, "")
    assert "0 failures" in answer.err
