"""What a log's reader warns of, with its line."""

from __future__ import annotations

import pytest

from stuck_rules.lessons.reader import parse_log


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "## Entry 1: A\nx\n## Entry 1: B\nx\n## Entry 1: C\nx\n",
            [("repeated-number", 3), ("repeated-number", 5)],
            id="number twice",
        ),
        pytest.param(
            "## Entry 1: A\nx\n## Entry 2: a\nx\n", [("repeated-title", 3)], id="title twice"
        ),
        pytest.param("## Entry 1: A\n## Entry 2: B\nx\n", [("empty-entry", 1)], id="empty entry"),
        pytest.param("## Entry 1: A\nx\n```\ny\n", [("unclosed-fence", 3)], id="unclosed fence"),
        pytest.param(
            "## Entry 1: A\n**Prevnet Repetition**:\n- x\n", [("label-typo", 2)], id="typo"
        ),
        pytest.param(
            "## Entry 1: A\n### Reflection\nx\n### Reflection\ny\n",
            [("repeated-label", 4)],
            id="heading twice",
        ),
        pytest.param(
            "## Entry 1: A\n**Root Cause**: x\n\n**Root Cause**: y\n",
            [("repeated-label", 4)],
            id="label twice",
        ),
    ],
)
def test_slips_are_told(text: str, expected: list[tuple[str, int]]) -> None:
    warnings = parse_log(text, path="log.md").warnings

    assert [(warning.kind, warning.line) for warning in warnings] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## Entry 1: A\nx\n## Entry 2: B\ny\n", id="plain"),
        pytest.param("## Entry 1: A\n**Fix**: x\n## Entry 2: B\n**Fix**: y\n", id="two entries"),
        pytest.param("## Entry 1: A\n**Fix** (a): x\n\n**Fix** (b): y\n", id="two remarks"),
        pytest.param("## Entry 1: A\nBad: x\n\nGood: y\n\nBad: z\n", id="several pairs"),
        pytest.param("## Entry 1: A\n- Fix: x\n- Fix: y\n", id="labels of items"),
        pytest.param(
            "## Entry 1: A\n### Cause\n**Impact**: x\n### Fix\n**Impact**: y\n",
            id="under two headings",
        ),
        pytest.param("## Entry 1: A\n### Fix\nx\n\n---\n\ny\n", id="divider in a section"),
        pytest.param("## Entry 1: A\n- a\n  ````\n  ```\n  ````\n> ~~~\n> x\n> ~~~\n", id="closed"),
        pytest.param("## Entry 1: A\n**Migration Tracks**:\n- x\n", id="unknown label"),
    ],
)
def test_sound_logs_have_no_warnings(text: str) -> None:
    assert parse_log(text, path="log.md").warnings == ()
