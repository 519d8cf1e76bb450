"""What is read off an entry's heading."""

from __future__ import annotations

import pytest

from stuck_rules.lessons.titles import find_date, read_title


@pytest.mark.parametrize(
    ("heading", "text", "number", "date", "explicit"),
    [
        pytest.param("Entry 2: T x - 2025-01-08", "T x", 2, "2025-01-08", None, id="all"),
        pytest.param("Entry 2: T \u2014 2025-01-08", "T", 2, "2025-01-08", None, id="long dash"),
        pytest.param("Lesson 3: T (2025-01-08)", "T", 3, "2025-01-08", None, id="parentheses"),
        pytest.param("Entry 2", "Entry 2", 2, None, None, id="number alone"),
        pytest.param("12. T", "T", 12, None, None, id="number with a dot"),
        pytest.param("#12 T", "T", 12, None, None, id="number sign"),
        pytest.param("Mistake #-1: T", "T", -1, None, None, id="below zero"),
        pytest.param("\N{FIRE} 4. T", "T", 4, None, None, id="emoji"),
        pytest.param("2026-05-04: T", "T", None, "2026-05-04", None, id="date first"),
        pytest.param("[2026-05-04] T", "T", None, "2026-05-04", None, id="date in brackets"),
        pytest.param("2026-05-04", "2026-05-04", None, "2026-05-04", None, id="date alone"),
        pytest.param("AP-007: T", "T", None, None, "AP-007", id="id"),
        pytest.param("BUG-01\uff5cT", "T", None, None, "BUG-01", id="id, wide bar"),
        pytest.param("L1: T", "T", None, None, "L1", id="short id"),
        pytest.param("T - 2025-02-30", "T - 2025-02-30", None, None, None, id="no such day"),
        pytest.param("Error 503 on start", "Error 503 on start", None, None, None, id="no number"),
        pytest.param("2 ways to fail", "2 ways to fail", None, None, None, id="count"),
        pytest.param("Use `a` - not b", "Use `a` - not b", None, None, None, id="plain"),
        pytest.param("", "untitled", None, None, None, id="empty"),
    ],
)
def test_heading_taken_apart(
    heading: str, text: str, number: int | None, date: str | None, explicit: str | None
) -> None:
    title = read_title(heading)

    assert (title.text, title.number, title.date, title.explicit) == (text, number, date, explicit)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("Entry N: [Title] - YYYY-MM-DD", True, id="template"),
        pytest.param("[Title]", True, id="brackets"),
        pytest.param("Entry 6: TBD", True, id="to be done"),
        pytest.param("[CRITICAL] T", False, id="tag"),
        pytest.param("[2026-05-04] T", False, id="date"),
    ],
)
def test_placeholders(heading: str, expected: bool) -> None:
    assert read_title(heading).is_placeholder is expected


def test_first_date_of_a_text() -> None:
    assert find_date("on 2025-01-08 and 2025-01-09") == "2025-01-08"
    assert find_date("yesterday") is None
