"""A new entry has the shape of the log's last one."""

from __future__ import annotations

import pytest

from stuck_rules.lessons.reader import parse_log
from stuck_rules.lessons.template import NewEntry, add_entry

ENTRY = NewEntry(
    title="Old client hangs",
    date="2026-11-24",
    wrong="old_client(1)",
    correct="new_client(1 | 2)",
    prevention=("Never call `old_client()`.",),
)
BULLETS = "# Log\n\n- 2026-01-01: a\n- 2026-01-02: b\n  goes on\n- 2026-01-03: c\n"
ROWS = (
    "# Log\n\n| # | Pitfall | Correct |\n|---|---|---|\n| 1 | `a()` | `b()` |\n| 2 | x | y |\n"
    "| 3 | x | y |\n"
)


@pytest.mark.parametrize(
    ("log", "line"),
    [
        pytest.param(BULLETS, "- 2026-11-24: Old client hangs", id="a dated item"),
        pytest.param(
            "# Log\n\n* Never a.\n* Never b.\n* Never c.\n",
            "* Old client hangs",
            id="an item without a date",
        ),
        pytest.param(
            "# Log\n\n1. Never a.\n2. Never b.\n3. Never c.\n", "4. Old client hangs", id="numbered"
        ),
        pytest.param(ROWS, "| 4 | `old_client(1)` | `new_client(1 \\| 2)` |", id="a row"),
        pytest.param(
            "**L-30: A.** x\n\n**L-31: B.** x\n\n**L-32: C.** x\n",
            "**L-33: Old client hangs**",
            id="a paragraph",
        ),
        pytest.param(
            "# Log\n\n## P\n\n### 1. A\n\nFix: x\n\n### 2. B\n\nFix: x\n",
            "### 3. Old client hangs",
            id="a number first",
        ),
        pytest.param(
            "## AP-009: A\n\nFix: x\n\n## AP-010: B\n\nFix: x\n",
            "## AP-011: Old client hangs",
            id="id",
        ),
        pytest.param(
            "## [2026-01-02] A\n\nFix: x\n", "## [2026-11-24] Old client hangs", id="a date first"
        ),
        pytest.param(
            "## Mistake #4: A (2026-02-03)\n\nFix: x\n",
            "## Mistake #5: Old client hangs (2026-11-24)",
            id="a noun, a number, a date",
        ),
        pytest.param(
            "## Entry 1: A - 2026-01-01\n\nFix: x\n\n## Prevention strategies\n\n- y\n",
            "## Entry 2: Old client hangs - 2026-11-24",
            id="a list of the file is no last entry",
        ),
        pytest.param("", "## Old client hangs - 2026-11-24", id="the first"),
    ],
)
def test_an_entry_has_the_shape_of_the_last(log: str, line: str) -> None:
    before = parse_log(log, path="log.md") if log else None
    added = add_entry(log, ENTRY, before)
    assert added.text.splitlines()[added.line - 1] == line
    after = parse_log(added.text, path="log.md")
    (entry,) = (entry for entry in after.entries if entry.line == added.line)
    assert "old_client(1)" in {code.text for lesson in entry.lessons for code in lesson.code}
    assert len(after.entries) == (len(before.entries) if before else 0) + 1


@pytest.mark.parametrize("log", [BULLETS, ROWS])
def test_an_item_stands_below_the_last_one_whatever_follows(log: str) -> None:
    text = (log + "\nThe end.").replace("\n", "\r\n")
    added = add_entry(text, ENTRY, parse_log(text, path="log.md"))
    assert added.text.replace(added.markdown.replace("\n", "\r\n"), "").rstrip() == text
    assert "The end." in added.text.splitlines()[-1]
