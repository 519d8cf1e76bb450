"""What a person edited in a rulebook stays, and what the log changed is told."""

from __future__ import annotations

import pytest

from stuck_rules.generator.draft import draft
from stuck_rules.generator.merge import LogPaths, Merged, merge
from stuck_rules.lessons.reader import parse_log
from stuck_rules.rulebook.blocks import split_rulebook
from stuck_rules.rulebook.loader import parse_rulebook

FIRST = """\
## Entry 1: Wrong names

**Root Cause**: The tests wrote `FooBar` instead of `BazQux`, undefined FooBar

**Remediation**:
1. FooBar → BazQux Replacement
"""
SECOND = """\
## Entry 2: Imports

**Remediation**:
1. Turn relative imports into absolute imports
"""
INSERTED = """\
## Entry 3: Kafka Configuration

**Root Cause**: The Kafka client falls back to localhost
"""
LOG = f"# Log\n\n{FIRST}\n{SECOND}"


def run(log: str, old: str | None = None) -> Merged:
    drafted = draft(parse_log(log, path="log.md"))
    if old is None:
        return merge(drafted, LogPaths(("log.md",), str), None, None)
    return merge(
        drafted,
        LogPaths(("log.md",), str),
        parse_rulebook(old, shown="r"),
        split_rulebook(old, "r"),
    )


def changes(merged: Merged) -> list[tuple[str, str]]:
    return [(change.kind.value, change.rule) for change in merged.changes]


def ids(text: str) -> list[str]:
    return [rule.id for rule in parse_rulebook(text, shown="r").rules]


@pytest.fixture(scope="module")
def fresh() -> str:
    return run(LOG).text


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1
    return text.replace(old, new, 1)


def test_a_new_rulebook_tells_its_rules_as_new() -> None:
    assert changes(run(LOG)) == [("new", "foo-bar"), ("new", "relative-import")]


def test_generating_again_gives_the_same_bytes(fresh: str) -> None:
    again = run(LOG, fresh)
    assert again.text == fresh
    assert again.changes == ()


def test_a_rule_tells_where_it_comes_from(fresh: str) -> None:
    assert (
        "  # Wrong names\n  # root-cause, line 5 of the log, by recipe replaced-name\n"
        "  - id: foo-bar\n"
    ) in fresh


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("severity: error", "severity: info", id="severity"),
        pytest.param("severity: error", "severity: error\n    enabled: false", id="enabled"),
        pytest.param("FooBar is defined nowhere", "No FooBar", id="message"),
        pytest.param("    check:", "    # Why we want it.\n    check:", id="comment inside"),
        pytest.param("replacement: BazQux", "replacement: Quux", id="option"),
        pytest.param("service = FooBar\n", "service = [FooBar]\n", id="example"),
        pytest.param("  # Wrong names\n", "  # Names, see the wiki\n", id="comment, with an edit"),
    ],
)
def test_a_hand_edit_survives(fresh: str, old: str, new: str) -> None:
    by_hand = edited(fresh, old, new)
    if old.startswith("  #"):
        by_hand = edited(by_hand, "severity: error", "severity: info")
    again = run(LOG, by_hand)
    assert again.text == by_hand
    assert again.changes == ()


@pytest.mark.parametrize("key", ["log:", "rules:", "reminders:", "entries:"])
def test_a_comment_above_a_section_survives(key: str) -> None:
    log = f"{LOG}2. Think first\n"
    by_hand = edited(run(log).text, f"\n{key}", f"\n# Ours.\n{key}")
    assert run(log, by_hand).text == by_hand


def test_line_ends_of_windows_settle(fresh: str) -> None:
    once = run(LOG, edited(fresh, "severity: error", "severity: info").replace("\n", "\r\n"))
    assert "severity: info" in once.text
    assert run(LOG, once.text).text == once.text


def test_a_comment_at_the_top_survives(fresh: str) -> None:
    by_hand = "# Ours.\n\n" + fresh
    assert run(LOG, by_hand).text == by_hand


def test_the_order_of_a_person_stays(fresh: str) -> None:
    cut = split_rulebook(fresh, "r")
    one, two = (block.text for block in cut.blocks)
    turned = fresh.replace(f"{one}\n{two}", f"{two}\n{one}")
    assert ids(turned) == ["relative-import", "foo-bar"]
    assert run(LOG, turned).text == turned


BY_HAND = """\
  # Ours alone.
  - id: by-hand
    message:   spaces   stay
    pattern: print(...)   # here too
"""


@pytest.mark.parametrize(
    "before", [pytest.param("foo-bar", id="first"), pytest.param("relative-import", id="middle")]
)
def test_a_rule_without_origin_is_not_touched(fresh: str, before: str) -> None:
    block = next(b.text for b in split_rulebook(fresh, "r").blocks if b.id == before)
    mixed = fresh.replace(block, f"{BY_HAND}\n{block}")
    again = run(LOG, mixed)
    assert again.text == mixed
    assert again.changes == ()


def test_a_rule_without_origin_stays_when_the_log_gives_one_of_its_name() -> None:
    own = "rules:\n  - id: foo-bar\n    message: ours\n    pattern: FooBar\n"
    again = run(LOG, own)
    assert "    message: ours\n" in again.text
    assert ids(again.text) == ["foo-bar", "relative-import"]
    assert changes(again) == [("new", "relative-import")]


def test_a_new_lesson_adds_its_rule_behind_the_others(fresh: str) -> None:
    again = run(f"{LOG}\n{INSERTED}", fresh)
    assert changes(again) == [("new", "kafka-localhost-fallback")]
    assert ids(again.text) == ["foo-bar", "relative-import", "kafka-localhost-fallback"]
    assert run(f"{LOG}\n{INSERTED}", again.text).text == again.text


def test_a_lesson_in_other_words_is_told_as_changed(fresh: str) -> None:
    log = LOG.replace("The tests wrote", "All the tests wrote")
    again = run(log, fresh)
    assert changes(again) == [("changed", "foo-bar")]
    assert run(log, again.text).changes == ()


def test_an_entry_in_the_middle_moves_lines_and_keeps_edits(fresh: str) -> None:
    by_hand = edited(fresh, "A relative import; name", "Dots; name")
    log = f"# Log\n\n{FIRST}\n{INSERTED}\n{SECOND}"
    again = run(log, by_hand)
    assert changes(again) == [("moved", "relative-import"), ("new", "kafka-localhost-fallback")]
    rulebook = parse_rulebook(again.text, shown="r")
    rules = {rule.id: rule for rule in rulebook.rules}
    moved = rules["relative-import"]
    assert moved.message.startswith("Dots; name")
    assert moved.origin is not None
    line = log.splitlines().index("1. Turn relative imports into absolute imports") + 1
    assert moved.origin.lines == (line, line)
    assert rulebook.entry("imports") is not None
    settled = run(log, again.text)
    assert (settled.text, settled.changes) == (again.text, ())


def test_a_moved_rule_that_nobody_edited_gets_its_new_comment(fresh: str) -> None:
    log = f"# Log\n\n{INSERTED}\n{FIRST}\n{SECOND}"
    again = run(log, fresh)
    assert "  # root-cause, line 9 of the log, by recipe replaced-name\n" in again.text
    assert "line 5 of the log, by recipe replaced-name" not in again.text


def test_a_rule_whose_lesson_is_gone_is_told_and_kept(fresh: str) -> None:
    again = run(f"# Log\n\n{SECOND}", fresh)
    assert ("orphaned", "foo-bar") in changes(again)
    assert ids(again.text) == ["foo-bar", "relative-import"]
    block = split_rulebook(fresh, "r").blocks[0].text
    assert block in again.text


def test_reminders_and_entries_are_written_anew(fresh: str) -> None:
    log = f"{LOG}2. Think first\n"
    again = parse_rulebook(run(log, fresh).text, shown="r")
    assert [reminder.text for reminder in again.reminders or ()] == ["Think first"]
    assert [entry.id for entry in again.entries] == ["wrong-names", "imports"]


def test_an_old_rulebook_without_entries_gets_them() -> None:
    again = run(LOG, "log: other.md\nrules: []\n")
    rulebook = parse_rulebook(again.text, shown="r")
    assert rulebook.log == "other.md"
    assert ids(again.text) == ["foo-bar", "relative-import"]
    assert run(LOG, again.text).text == again.text
