"""A log that lives: entries come, go, move and are reworded, and the rulebook keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.program import Answer, run, write

FIRST = """\
## Entry 1: Shell calls - 2025-01-08

**Root Cause**: quoting went wrong.

**Prevention**:
- Never use `os.system()`.
- Read the output before trusting it.
"""
SECOND = """\
## Entry 2: Slow clients - 2025-02-01

**WRONG**:
```python
session.get_messages(user)
```

**CORRECT**:
```python
session.get_history(user)
```
"""
THIRD = """\
## Entry 2: Clocks - 2025-03-01

**Prevention**:
- Use `time.monotonic()` instead of `time.time()`.
- Never use `pickle.loads()`.
"""
NEW = """\
## Entry 2: Popen - 2025-02-15

**Prevention**:
- Never use `os.popen()`.
"""
HAND = "message: No shells here. Ever.\n    severity: error"


def log_of(*entries: str) -> str:
    return "# Log\n\n" + "\n".join(entries)


def edited(folder: Path) -> str:
    """The rulebook after a person has put a rule of their own and edits of a rule into it."""
    path = folder / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index('message: "Never use os.system()."')
    end = text.index("severity: warning", start) + len("severity: warning")
    text = text[:start] + HAND + text[end:]
    own = (
        "  # Ours, from before the log.\n  - id: own-rule\n    message: Own.\n"
        "    severity: info\n    pattern: own(...)\n\n"
    )
    text = text.replace("rules:\n", "rules:\n" + own, 1)
    path.write_text(text, encoding="utf-8")
    return text


def ids_in(text: str) -> list[str]:
    return [line.split()[-1] for line in text.splitlines() if line.startswith("  - id: ")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {"log.md": log_of(FIRST, SECOND, THIRD)})
    assert run(tmp_path, "generate", "log.md").code == 0
    edited(tmp_path)
    assert run(tmp_path, "generate").code == 0
    assert run(tmp_path, "generate", "--check").code == 0
    return tmp_path


IDS = ["own-rule", "time-time", "os-system", "pickle-loads", "session-get-messages"]


def check(folder: Path, *entries: str) -> Answer:
    """What `--check` says of the log with these entries, before a regenerate follows."""
    write(folder, {"log.md": log_of(*entries)})
    return run(folder, "generate", "--check")


def regenerated(folder: Path) -> str:
    """The rulebook after a regenerate, which leaves nothing to say; hand edits are in it."""
    assert run(folder, "generate").code == 0
    text = (folder / "rules.yaml").read_text(encoding="utf-8")
    assert HAND in text
    assert "# Ours, from before the log.\n  - id: own-rule" in text
    return text


def test_the_order_is_the_recipes_and_ones_own_rules_stay_where_they_are(folder: Path) -> None:
    assert ids_in((folder / "rules.yaml").read_text(encoding="utf-8")) == IDS


def test_an_entry_in_the_middle_is_new_and_moves_the_others(folder: Path) -> None:
    answer = check(folder, FIRST, NEW, SECOND, THIRD)
    assert answer.code == 1
    assert "new: os-popen" in answer.out
    for rule in ("session-get-messages", "time-time", "pickle-loads"):
        assert f"moved: {rule}: its lesson moved from line" in answer.out
    assert "os-system" not in answer.out
    assert "orphaned" not in answer.out
    assert ids_in(regenerated(folder)) == [*IDS, "os-popen"]
    assert run(folder, "generate", "--check").code == 0


def test_an_entry_inside_another_moves_what_stood_below_it(folder: Path) -> None:
    first, rest = FIRST.split("- Read the output")
    answer = check(folder, first, NEW, f"- Read the output{rest}", SECOND, THIRD)
    assert answer.code == 1
    assert "new: os-popen" in answer.out
    assert ids_in(regenerated(folder)) == [*IDS, "os-popen"]
    assert run(folder, "generate", "--check").code == 0


def test_a_lesson_under_another_entry_has_moved(folder: Path) -> None:
    line = "- Never use `os.system()`.\n"
    answer = check(folder, FIRST.replace(line, ""), SECOND, THIRD + line)
    assert "moved: os-system: its lesson moved from entry shell-calls to clocks" in answer.out
    assert ids_in(regenerated(folder)) == IDS
    assert run(folder, "generate", "--check").code == 0


def test_entries_in_another_order_keep_all_ids(folder: Path) -> None:
    answer = check(folder, THIRD, SECOND, FIRST)
    assert answer.code == 1
    assert answer.out.count("moved: ") == 4
    assert ids_in(regenerated(folder)) == IDS


def test_a_renamed_entry_moves_its_lessons(folder: Path) -> None:
    answer = check(folder, FIRST.replace("Shell calls", "Quoting"), SECOND, THIRD)
    assert "moved: os-system: its lesson moved from entry shell-calls to quoting" in answer.out
    text = regenerated(folder)
    assert ids_in(text) == IDS
    assert "quoting:\n    title: Quoting" in text


def test_a_deleted_entry_leaves_orphans_that_stay(folder: Path) -> None:
    answer = check(folder, FIRST, THIRD)
    assert "orphaned: session-get-messages: its lesson is gone" in answer.out
    assert ids_in(regenerated(folder)) == IDS
    again = run(folder, "generate", "--check")
    assert again.code == 1
    assert "orphaned: session-get-messages" in again.out


def test_reworded_lessons_are_changed_and_keep_what_a_person_wrote(folder: Path) -> None:
    words = "- Never call `os.system()` anywhere.\n"
    answer = check(folder, FIRST.replace("- Never use `os.system()`.\n", words), SECOND, THIRD)
    assert "changed: os-system: its lesson is worded differently now" in answer.out
    assert ids_in(regenerated(folder)) == IDS
    assert run(folder, "generate", "--check").code == 0


def test_other_wrong_code_is_another_rule(folder: Path) -> None:
    other = SECOND.replace("get_messages", "read_messages")
    answer = check(folder, FIRST, other, THIRD)
    assert "new: session-read-messages" in answer.out
    assert "orphaned: session-get-messages" in answer.out
    assert ids_in(regenerated(folder)) == [*IDS, "session-read-messages"]


def test_other_right_code_changes_the_fix_of_a_rule(folder: Path) -> None:
    answer = check(folder, FIRST, SECOND.replace("get_history", "get_past"), THIRD)
    assert "changed: session-get-messages: what the log gives for it is different" in answer.out
    assert "$OBJECT.get_past($...ARGUMENTS)" in regenerated(folder)
    assert run(folder, "generate", "--check").code == 0


def test_another_reminder_is_drift_that_is_told(folder: Path) -> None:
    answer = check(folder, FIRST + "- Ask before you delete.\n", SECOND, THIRD)
    assert answer.code == 1
    assert "changed" in answer.out or "moved" in answer.out
    lessons = THIRD + "- Ask before you delete.\n"
    regenerated(folder)
    answer = check(folder, FIRST + "- Ask before you delete.\n", SECOND, lessons)
    assert "its reminders or entries are not those of the log" in answer.out


def test_comments_in_front_of_rules_stay_and_those_of_generate_are_renewed(folder: Path) -> None:
    path = folder / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    for title in ("Shell calls", "Slow clients"):
        text = text.replace(f"  # {title}\n", f"  # Agreed in March.\n  # {title}\n")
    path.write_text(text, encoding="utf-8")
    check(folder, NEW, FIRST, SECOND, THIRD)
    text = regenerated(folder)
    for title, line in (("Shell calls", 13), ("Slow clients", 19)):
        told = f"  # Agreed in March.\n  # {title}\n  # "
        start = text.index(told) + len(told)
        assert f", line {line} of the log" in text[start : start + 60]
    assert text.count("Agreed in March") == 2


def test_a_lesson_put_in_front_of_an_equal_id_takes_a_number(folder: Path) -> None:
    front = '## Entry 0: Before - 2025-01-01\n\n**Prevention**:\n- Never use `os.system("rm")`.\n'
    check(folder, front, FIRST, SECOND, THIRD)
    text = regenerated(folder)
    assert set(IDS) < set(ids_in(text))
    scanned = "import os\n\nos.system(command)  # stuck-rules: ignore[os-system] -- known\n"
    write(folder, {"app.py": scanned})
    assert run(folder, "scan", "app.py").code == 0


def test_lessons_that_contradict_each_other_are_told_until_one_goes(folder: Path) -> None:
    contrary = "- Use `time.time()` instead of `time.monotonic()`.\n"
    answer = check(folder, FIRST, SECOND, THIRD + contrary)
    assert answer.code == 1
    assert "contradictory: contradicts line" in answer.out
    regenerated(folder)
    again = run(folder, "generate", "--check")
    assert again.code == 1
    assert "contradictory" in again.out


def test_a_repeated_number_is_told_and_is_no_drift(folder: Path) -> None:
    answer = run(folder, "generate", "--check")
    assert answer.code == 0
    assert "number 2 stands at line" in answer.err


def test_a_rule_whose_recipe_is_off_is_told_apart_from_a_lesson_that_is_gone(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"log.md": log_of(FIRST, THIRD)})
    assert run(tmp_path, "generate", "log.md").code == 0
    path = tmp_path / "rules.yaml"
    off = "log:\n  paths: [log.md]\n  recipes: {prohibition: off}\n"
    path.write_text(path.read_text("utf-8").replace("log: log.md\n", off, 1), encoding="utf-8")
    write(tmp_path, {"log.md": log_of(THIRD)})
    done = run(tmp_path, "generate", "--check")
    assert "orphaned: pickle-loads: its lesson gives no such rule now" in done.out
    assert "orphaned: os-system: its lesson is gone from the log" in done.out
