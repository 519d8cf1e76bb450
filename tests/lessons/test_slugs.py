"""Anchors as GitHub makes them, and ids that survive what people do to a log."""

from __future__ import annotations

import pytest

from stuck_rules.lessons.blocks import Heading
from stuck_rules.lessons.markdown import read_blocks
from stuck_rules.lessons.slugs import anchors, entry_ids, slug
from stuck_rules.lessons.titles import read_title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Entry 2: A - 2025-01-08", "entry-2-a---2025-01-08", id="nothing folded"),
        pytest.param("Use `a_b.c()`!", "use-a_bc", id="code"),
        pytest.param("\N{FIRE} Hot", "-hot", id="leading emoji leaves a dash"),
        pytest.param("Ärger & 教训", "ärger--教训", id="letters of any script"),
        pytest.param("A/B (c)", "ab-c", id="punctuation"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_repeats_are_counted() -> None:
    assert anchors(["A", "a", "A-1", "A"]) == ("a", "a-1", "a-1-1", "a-2")


def test_all_headings_of_a_file_count_but_those_in_fences_and_comments() -> None:
    text = "# A\n\n> # A\n\n```\n# A\n```\n\n<!--\n# A\n-->\n\nA\n---\n\n- # A\n\n## A\n"

    document = read_blocks(text, path="log.md")

    found = [block.anchor for block in document.blocks if isinstance(block, Heading)]
    assert found == ["a", "a-2", "a-4"]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        pytest.param(
            ["Entry 1: A b - 2025-01-08", "Entry 1: C"], ["a-b", "c"], id="numbers never count"
        ),
        pytest.param(["Use `a` - not (b)!"], ["use-a-not-b"], id="dashes folded"),
        pytest.param(["AP-007: A", "AP-008: A"], ["AP-007", "AP-008"], id="ids of the log"),
        pytest.param(
            ["A - 2025-01-08", "A - 2025-01-09", "A - 2025-01-09"],
            ["a", "a-2025-01-09", "a-2025-01-09-2"],
            id="date, then a count",
        ),
        pytest.param(["A", "A", "A"], ["a", "a-2", "a-3"], id="no dates"),
        pytest.param(["Entry 1: ???"], ["entry"], id="no words"),
        pytest.param(
            ["A " + "b" * 90 + " " + "c" * 90 + " " + "d" * 90],
            ["a-" + "b" * 90 + "-" + "c" * 90],
            id="cut behind a word",
        ),
        pytest.param(["x" * 3000] * 2, ["x" * 200, "x" * 200 + "-2"], id="one word without end"),
        pytest.param(["A\x1b[31m B\u2028C"], ["a-31m-b-c"], id="what commands a terminal"),
    ],
)
def test_entry_ids(headings: list[str], expected: list[str]) -> None:
    assert list(entry_ids([read_title(heading) for heading in headings])) == expected


def test_an_entry_put_in_between_changes_no_id() -> None:
    before = ["Entry 1: A", "Entry 2: B - 2025-01-08", "Entry 2: C"]
    after = ["Entry 1: A", "Entry 2: New - 2025-09-09", *before[1:]]

    old = entry_ids([read_title(heading) for heading in before])
    new = entry_ids([read_title(heading) for heading in after])

    assert [name for name in new if name != "new"] == list(old)
