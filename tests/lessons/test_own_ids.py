"""Ids that comments give, words of the front matter, lists of the file, levels left out."""

from __future__ import annotations

import pytest

from stuck_rules.lessons.reader import parse_log
from stuck_rules.model.lesson import Role

IDS = [
    pytest.param(
        "# A\n\n<!-- rule:12 -->\n- Use `a()`.\n<!-- rule:7 -->\n- Use `b()`.\n"
        "<!-- rule:9 -->\n- Use `c()`.\n",
        ["rule-12", "rule-7", "rule-9"],
        id="above each bullet",
    ),
    pytest.param(
        "# A\n\n## One\n<!-- id: cache-keys -->\n\n**Fix**: x\n\n## Two\n\n**Fix**: y\n",
        ["cache-keys", "two"],
        id="below a heading",
    ),
    pytest.param(
        "# A\n\n<!-- id: first -->\n## One\n\n**Fix**: x\n\n## Two\n\n**Fix**: y\n",
        ["first", "two"],
        id="above a heading",
    ),
    pytest.param(
        "# A\n\n## One <!-- id: inside -->\n\n**Fix**: x\n", ["inside"], id="in the heading's line"
    ),
    pytest.param(
        "# A\n\n- 2025-01-01: Use `a()`. <!-- entry: aa -->\n- 2025-01-02: Use `b()`.\n"
        "- 2025-01-03: Use `c()`.\n",
        ["entry-aa", "use-b", "use-c"],
        id="in a bullet's line",
    ),
    pytest.param(
        "# A\n\n## One\n\n<!-- a remark: no id -->\n\n**Fix**: x\n", ["one"], id="a mere remark"
    ),
]


@pytest.mark.parametrize(("text", "ids"), IDS)
def test_a_comment_gives_an_entry_its_id(text: str, ids: list[str]) -> None:
    assert [entry.id for entry in parse_log(text, path="log.md").entries] == ids


def test_the_front_matter_gives_an_entry_keywords_and_files() -> None:
    text = (
        "---\ntitle: Stale cache\nmatch:\n  keywords: [cache, `ttl`]\n  paths: [app/cache.py]\n"
        "tags: redis, cache\n---\n\n# X\n\n**Fix**: x\n"
    ).replace("`", "'")
    (entry,) = parse_log(text, path="log.md").entries
    told = [(le.role, le.text, le.lines) for le in entry.lessons]
    assert told == [
        (Role.KEYWORD, "cache", (4, 4)),
        (Role.KEYWORD, "ttl", (4, 4)),
        (Role.KEYWORD, "redis", (6, 6)),
        (Role.FILES, "`app/cache.py`", (5, 5)),
        (Role.REMEDIATION, "x", (11, 11)),
    ]


LISTS = [
    pytest.param(
        "# A\n\n## Bugs\n\n### Entry 1: X\n\n**Fix**: x\n\n### Entry 2: Y\n\n**Fix**: y\n\n"
        "## Prevention\n\n- Never use `f()`.\n",
        ["x", "y", "prevention"],
        id="above the entries' level",
    ),
    pytest.param(
        "# A\n\n## Entry 1: X\n\n**Fix**: x\n\n## Entry 2: Y\n\n**Fix**: y\n\n"
        "## Prevention\n\n- Never use `f()`.\n",
        ["x", "y", "prevention"],
        id="at the entries' level",
    ),
]


@pytest.mark.parametrize(("text", "ids"), LISTS)
def test_a_list_of_the_file_is_an_entry_of_its_own(text: str, ids: list[str]) -> None:
    entries = parse_log(text, path="log.md").entries
    assert [entry.id for entry in entries] == ids
    assert [(le.role, le.text) for le in entries[-1].lessons] == [
        (Role.PREVENTION, "Never use `f()`.")
    ]
    assert entries[-1].anchor == "prevention"


def test_a_list_of_rules_below_no_entry_is_read() -> None:
    text = (
        "# A\n\n## 1.0 (2026-01-01)\n\n- Ship it.\n\n### 1. X\n\n**Fix**: x\n\n"
        "### 2. Y\n\n**Fix**: y\n\n"
        "### 3. Z\n\n**Fix**: z\n\n## Standing rules from above\n\n- Never use `f()`.\n\n"
        "## Links\n\n- a\n"
    )
    entries = parse_log(text, path="log.md").entries
    assert [entry.id for entry in entries] == ["10", "x", "y", "z", "standing-rules-from-above"]
    assert [lesson.text for lesson in entries[-1].lessons] == ["Never use `f()`."]


def test_a_category_without_a_list_is_no_entry() -> None:
    text = "# A\n\n## Fixes\n\nAll of them.\n\n### Entry 1: X\n\n**Fix**: x\n"
    assert [entry.id for entry in parse_log(text, path="log.md").entries] == ["x"]


def test_a_level_left_out_is_told() -> None:
    text = "# A\n\n## Entry 1: X\n\n#### Fix\n\nx\n\n## Entry 2: Y\n\n### Fix\n\ny\n"
    (warning,) = parse_log(text, path="log.md").warnings
    assert (warning.kind, warning.line) == ("heading-jump", 5)
    assert "write ###" in warning.message
