"""From a log's text to entries and lessons, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import LogError
from stuck_rules.lessons.reader import parse_log, read_log
from stuck_rules.model.lesson import Code, Lesson, Role


def lessons_of(body: str) -> tuple[Lesson, ...]:
    """The lessons of one entry whose body starts in line 3."""
    (entry,) = parse_log(f"## Entry 1: Title\n\n{body}", path="log.md").entries
    return entry.lessons


LESSONS = [
    pytest.param("**Root Cause**: why\n", [("root-cause", "why")], id="colon after the bold"),
    pytest.param("**Root Cause:** why\n", [("root-cause", "why")], id="colon in the bold"),
    pytest.param("**Root Cause** (really): why\n", [("root-cause", "why")], id="remark"),
    pytest.param("**根因**\uff1awhy\n", [("root-cause", "why")], id="full-width colon"),
    pytest.param("\N{FIRE} **Root Cause**: why\n", [("root-cause", "why")], id="emoji before"),
    pytest.param("**1. Root Cause**: why\n", [("root-cause", "why")], id="numbered"),
    pytest.param("**Root Cause** - why\n", [("root-cause", "why")], id="known label with dash"),
    pytest.param("Root cause: why\n", [("root-cause", "why")], id="plain"),
    pytest.param("### Root Cause\n\nwhy\n", [("root-cause", "why")], id="heading"),
    pytest.param("### **Root Cause**: why\n", [("root-cause", "why")], id="heading with text"),
    pytest.param("### 2. \N{BUG} Root Cause\nwhy\n", [("root-cause", "why")], id="heading, number"),
    pytest.param("> **Root Cause**: why\n", [("root-cause", "why")], id="in a quote"),
    pytest.param("- **Root Cause:** why\n", [("root-cause", "why")], id="as a bullet"),
    pytest.param(
        "**Prevention**:\n- one\n- two\n",
        [("prevention", "one"), ("prevention", "two")],
        id="list",
    ),
    pytest.param(
        "**Prevention**: If it comes back:\n1. one\n",
        [("prevention", "one")],
        id="text that ends in a colon leads up to the list",
    ),
    pytest.param(
        "**Prevention**: Take care:\n\ndo it\n",
        [("prevention", "Take care:"), ("prevention", "do it")],
        id="but not where no list follows",
    ),
    pytest.param(
        "**Fix**: first\n- second\n",
        [("remediation", "first"), ("remediation", "second")],
        id="text and list",
    ),
    pytest.param(
        "**Root Cause**: of two:\n- WRONG: `a`\n- **CORRECT**: `b`\n- other\n",
        [("wrong", "`a`"), ("correct", "`b`"), ("root-cause", "other")],
        id="wrong and correct items",
    ),
    pytest.param(
        "**What Worked Well**:\n- Fix: was quick\n",
        [("evidence", "Fix: was quick")],
        id="no label inside evidence",
    ),
    pytest.param(
        "**Causes**:\n1. **Primary**: one\n", [("root-cause", "Primary: one")], id="bold lead"
    ),
    pytest.param(
        "**Fix**:\n- one\n  - deep\n    - deeper\n- two\n",
        [("remediation", "one - deep - deeper"), ("remediation", "two")],
        id="nested items belong to their parent",
    ),
    pytest.param(
        "**Fix**:\n- these:\n  - deep\n  - other\n",
        [("remediation", "deep"), ("remediation", "other")],
        id="unless it only leads up to them",
    ),
    pytest.param(
        "- title\n  - Cause: why\n  - more\n",
        [("note", "title - more"), ("root-cause", "why")],
        id="nested items with a label stand for themselves",
    ),
    pytest.param(
        "**Success Factors**:\n✅ **One** - a\n✅ two\n   wrapped\n",
        [("evidence", "One - a"), ("evidence", "two wrapped")],
        id="marked lines",
    ),
    pytest.param(
        "**Status**: open\n**Severity**: high\n",
        [("metadata", "open"), ("metadata", "high")],
        id="labels in one paragraph",
    ),
    pytest.param(
        "**Keywords**:\n`a, b`, c,\n`d`\n",
        [("keyword", "`a, b`"), ("keyword", "c"), ("keyword", "`d`")],
        id="keywords",
    ),
    pytest.param(
        "**Keywords**:\n- `a`, `b`\n", [("keyword", "`a`"), ("keyword", "`b`")], id="keyword list"
    ),
    pytest.param(
        "**Reminders for Us**:\n- a\n", [("note", "a")], id="unknown label: a free section"
    ),
    pytest.param(
        "### Prevention\n\n**In tests:**\n- a\n",
        [("prevention", "a")],
        id="unknown label under a known heading",
    ),
    pytest.param(
        "### Issue Pattern: x\n\n**Tracks**:\n- a\n",
        [("symptom", "x"), ("note", "a")],
        id="unknown label under a heading with a text",
    ),
    pytest.param(
        "### Prevention\n- a\n\n### Background\n- b\n",
        [("prevention", "a"), ("note", "b")],
        id="a heading ends the one before",
    ),
    pytest.param(
        "**Table**:\n\n| Pitfall | Where | Correct Pattern |\n|---|---|---|\n| `a` | x | `b` |\n",
        [("symptom", "`a`"), ("correct", "`b`"), ("note", "x")],
        id="table with known columns",
    ),
    pytest.param("**Never use eval.**\n", [("note", "Never use eval.")], id="bold sentence"),
    pytest.param("<!-- **Fix**: no -->\n\ntext\n", [("note", "text")], id="comment"),
    pytest.param("---\n*Next entry: TBD*\n", [], id="footer"),
    pytest.param("text\n\n---\n\nmore\n", [("note", "text"), ("note", "more")], id="no footer"),
    pytest.param("- \n- ✅\n- ![](x.png)\n", [], id="nothing to read"),
]


@pytest.mark.parametrize(("body", "expected"), LESSONS)
def test_lessons_of_a_body(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(lesson.role.value, lesson.text) for lesson in lessons_of(body)] == expected


def test_wrapped_item_has_all_its_lines_and_code_its_own() -> None:
    (lesson,) = lessons_of("**Fix**:\n1. use `a` in\n   all `b\n   c` and\n   `d`\n")

    assert lesson.text == "use `a` in all `b c` and `d`"
    assert lesson.lines == (4, 7)
    assert lesson.code == (Code("a", (4, 4)), Code("b c", (5, 6)), Code("d", (7, 7)))


def test_fence_alone_is_a_lesson_named_by_its_label() -> None:
    (lesson,) = lessons_of("**Technical Implementation**:\n```python\na = 1\n\nb = 2\n```\n")

    assert (lesson.role, lesson.text, lesson.lines) == (
        Role.IMPLEMENTATION,
        "Technical Implementation",
        (4, 8),
    )
    assert lesson.code == (Code("a = 1\n\nb = 2", (5, 7), fenced=True, language="python"),)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("**Fix**: so:\n```\na\n```\n", id="after a label's text"),
        pytest.param("**Fix**:\n- so:\n  ```\n  a\n  ```\n", id="in an item"),
        pytest.param("**Fix**:\n- so:\n\n      a\n", id="indented code in an item"),
    ],
)
def test_fence_belongs_to_the_statement_before(body: str) -> None:
    (lesson,) = lessons_of(body)

    assert lesson.text == "so:"
    assert [(code.text, code.fenced) for code in lesson.code] == [("a", True)]


def test_heading_level_is_not_fixed() -> None:
    log = parse_log("# Log\n\n## Area\n\n### 1. A\n\nx\n\n### 2. B\n\ny\n", path="log.md")

    assert [(e.number, e.title, e.line) for e in log.entries] == [(1, "A", 5), (2, "B", 9)]


def test_what_a_date_line_tells_counts_where_the_heading_has_none() -> None:
    text = "## Entry 1: A\n\n**Date**: 2025-02-03\n\n## Entry 2: B - 2025-02-04\n\n**Date**: x\n"

    assert [e.date for e in parse_log(text, path="log.md").entries] == ["2025-02-03", "2025-02-04"]


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    text = "# L\n\n## Entry 1: A\n\n**Fix**: use `a`\n"

    assert parse_log("\ufeff" + text.replace("\n", "\r\n"), path="p") == parse_log(text, path="p")


REFUSED = [
    pytest.param("", "log.md: is empty", id="empty"),
    pytest.param(" \n\t\n", "log.md: is empty", id="blank"),
    pytest.param("a\nb\0", "log.md:2: holds a NUL byte", id="NUL"),
    pytest.param("text\n", "log.md: has no entries", id="no heading"),
    pytest.param("# Readme\n\n## Usage\n\ntext\n", "log.md: has no entries", id="no log"),
    pytest.param("```\n## Entry 1: A\n```\n", "log.md: has no entries", id="in a fence"),
    pytest.param("<!--\n## Entry 1: A\n-->\n", "log.md: has no entries", id="in a comment"),
    pytest.param(
        "## Entry 1: A\n\n" + "".join("  " * n + "- a\n" for n in range(120)),
        "log.md:101: nests too deeply",
        id="nested lists",
    ),
    pytest.param(
        "## Entry 1: A\n\n" + ">" * 5000 + " a\n", "log.md:3: nests too deeply", id="nested quotes"
    ),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_is_no_log_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(LogError) as caught:
        parse_log(text, path="log.md")

    assert str(caught.value).startswith(message)


def test_nesting_that_the_parser_carries_is_read() -> None:
    (lesson,) = lessons_of("".join("  " * n + f"- a{n}\n" for n in range(50)))

    assert lesson.text.endswith("- a49")
    assert lesson.lines == (3, 52)


def test_file_is_read_under_the_name_shown(tmp_path: Path) -> None:
    path = tmp_path / "log.md"
    path.write_text("## Entry 1: Ä\n\nx\n", encoding="utf-8")

    log = read_log(path, shown="docs/log.md")

    assert (log.path, log.entries[0].path, log.entries[0].id) == ("docs/log.md", "docs/log.md", "ä")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"a\nb \xff\n", "x.md:2: is not UTF-8 (byte 4)", id="no UTF-8"),
        pytest.param("## Entry 1".encode("utf-16"), "x.md:1: is not UTF-8 (byte 0)", id="UTF-16"),
        pytest.param(b"", "x.md: is empty", id="empty"),
    ],
)
def test_unreadable_content_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "log.md"
    path.write_bytes(content)

    with pytest.raises(LogError) as caught:
        read_log(path, shown="x.md")

    assert str(caught.value).startswith(message)


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"x\.md: does not exist"):
        read_log(tmp_path / "none.md", shown="x.md")
    with pytest.raises(LogError, match="x: is a folder"):
        read_log(tmp_path, shown="x")


def test_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")

    with pytest.raises(LogError, match=r"^x: cannot be read|^x: does not exist"):
        read_log(tmp_path / "a" / "log.md", shown="x")
