"""Small logs of many shapes: their entries, their lessons, and the rules that they give."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.generator.draft import draft
from stuck_rules.lessons.reader import parse_log
from stuck_rules.testing import prove

SHAPES = Path(__file__).parent / "shapes"
# The entries and lessons of each log, the rules that hold, and those that wait for a person.
WANTED: dict[str, tuple[int, int, set[str], set[str]]] = {
    "another_language": (2, 3, set(), set()),
    "bold_paragraphs": (3, 3, {"add-node", "pickle-loads"}, set()),
    "dated_bullets": (3, 3, {"client-fetch-one", "os-system"}, set()),
    "do_and_do_not_bullets": (3, 3, {"star-import", "type-ignore"}, set()),
    "emoji_before_fences": (1, 2, {"equals-none"}, set()),
    "headings_below_categories": (
        2,
        2,
        {"path-write-text", "requests-get-without-timeout"},
        set(),
    ),
    "numbered_headings": (1, 3, {"time-sleep"}, set()),
    "pair_in_one_fence": (1, 2, {"mutable-default"}, set()),
    "pair_of_fences": (1, 2, {"open-without-encoding"}, set()),
    "post_mortem": (1, 4, {"queue-drain-now"}, set()),
    "searches_to_run": (1, 2, {"print-call"}, {"grep-breakpoint"}),
    "setext_headings": (1, 2, {"store-save-all-outside-with-store-lock"}, set()),
    "table_of_pitfalls": (4, 12, {"datetime-utcnow"}, set()),
    "template_and_contents": (1, 2, set(), {"retry-forever"}),
}


def test_every_log_has_its_wanted_outcome() -> None:
    assert {path.stem for path in SHAPES.glob("*.md")} == set(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_a_shape_gives_its_rules(name: str) -> None:
    entries, lessons, enabled, disabled = WANTED[name]
    log = parse_log((SHAPES / f"{name}.md").read_text(encoding="utf-8"), path=f"{name}.md")
    drafted = draft(log)
    assert (len(log.entries), len(drafted.decisions)) == (entries, lessons)
    assert {rule.id for rule in drafted.rules if rule.enabled} == enabled
    assert {rule.id for rule in drafted.rules if not rule.enabled} == disabled
    for rule in drafted.rules:
        assert list(prove(rule)) == []
