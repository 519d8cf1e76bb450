"""Which headings are entries."""

from __future__ import annotations

import pytest

from stuck_rules.lessons.markdown import read_blocks
from stuck_rules.lessons.outline import entry_sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## Entry 1: A\nx\n## Entry 2: B\nx\n", ["A", "B"], id="numbers"),
        pytest.param("# L - 2025-01-01\n## 1. A\nx\n## 2. B\nx\n", ["A", "B"], id="dated file"),
        pytest.param(
            "## C\n### AP-1: A\nx\n### AP-2: B\nx\n## D\nx\n", ["A", "B"], id="below areas"
        ),
        pytest.param("A\n---\nProblem: x\n\nB\n---\nFix: y\n", ["A", "B"], id="setext, labels"),
        pytest.param("# A\n## Root Cause\nx\n## Fix\ny\n", ["A"], id="one entry a file"),
        pytest.param(
            "## Entry 1: A\n### Root Cause\nx\n#### 1. Detail\nx\n## Entry 2: B\n### Fix\nx\n",
            ["A", "B"],
            id="labels and details below are none",
        ),
        pytest.param(
            "## Entry 1: A\n### Root Cause\n**Impact**: x\n### Fix\n**Impact**: x\n",
            ["A"],
            id="label headings with labels inside",
        ),
        pytest.param(
            "## Table of Contents\n- x\n## 1. A\nx\n## 2. B\nx\n## Entry N: [Title]\nx\n",
            ["A", "B"],
            id="contents and template left out",
        ),
        pytest.param(
            "## Entry 1: A\nx\n## Oddity\nx\n## Entry 2: B\n", ["A", "Oddity", "B"], id="odd one"
        ),
        pytest.param("## Entry 1: A\nx\n## Links\nx\n", ["A", "Links"], id="half of them"),
        pytest.param("## A\nx\n## B\nx\n## 1. C\nx\n", [], id="fewer than half"),
        pytest.param("# Readme\n## Usage\n**Status**: x\n", [], id="no log"),
        pytest.param("", [], id="nothing"),
        pytest.param(
            "## 1.0 (2026-01-01)\n### 1. A\nx\n### 2. B\nx\n## 1.1 (2026-02-01)\n### 3. C\nx\n",
            ["A", "B", "C"],
            id="numbers that run on over dated parts",
        ),
        pytest.param(
            "## 2026-01-01: A\n### 1. x\n### 2. y\n## 2026-02-01: B\n### 1. x\n### 2. y\n",
            ["A", "B"],
            id="numbers that start anew in each entry",
        ),
        pytest.param(
            "## Style\n- Use `a`.\n- Plain words.\n- Short lines.\n- Early returns.\n- Never `b`.\n"
            "- Small parts.\n- Avoid `c`.\n## Lint\n```\nmake\n```\n## Types\n```\nmake\n```\n",
            [
                "Use `a`.",
                "Plain words.",
                "Short lines.",
                "Early returns.",
                "Never `b`.",
                "Small parts.",
                "Avoid `c`.",
            ],
            id="some advice among other lists",
        ),
    ],
)
def test_entries_by_score(text: str, expected: list[str]) -> None:
    sections = entry_sections(read_blocks(text, path="log.md").blocks)

    assert [section.title.text for section in sections] == expected
