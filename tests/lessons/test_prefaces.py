"""What teams write for editors: lists before all headings, strewn advice, loose front matter."""

from __future__ import annotations

import pytest

from stuck_rules.errors import LogError
from stuck_rules.lessons.reader import parse_log


def test_a_list_before_all_headings_is_an_entry_of_its_own() -> None:
    text = (
        "You write code for us.\n\n- Never use `a()`.\n- Avoid `b()`.\n- Use `c()`.\n\n"
        "## Entry 1: Tests\n\ntext\n\n- Always use `d()`.\n\n"
        "## Entry 2: Style\n\ntext\n\n- Never use `e()`.\n"
    )
    log = parse_log(text, path="log.md")
    assert [(e.id, e.line, len(e.lessons)) for e in log.entries] == [
        ("you-write-code-for-us", 1, 4),
        ("tests", 7, 2),
        ("style", 13, 2),
    ]


def test_advice_that_is_strewn_over_a_text_belongs_to_its_sections() -> None:
    text = (
        "# Guide\n\n## Setup\n\ntext\n\n## Names\n\nNever use `a()`.\n\n## More\n\ntext\n\n"
        "## Calls\n\nAvoid `b()`.\n\n## End\n\ntext\n"
    )
    log = parse_log(text, path="log.md")
    assert [entry.title for entry in log.entries] == ["Setup", "Names", "More", "Calls", "End"]


@pytest.mark.parametrize(
    "front",
    [
        pytest.param("description: Rules: ours\nglobs: *.py\n", id="a glob"),
        pytest.param("globs: **/*.{py}\n", id="a brace"),
        pytest.param("globs: **/*.py, src/**\nalwaysApply: false\n", id="globs"),
        pytest.param("about: 'half\n", id="half a quote"),
    ],
)
def test_front_matter_of_an_editor_need_not_be_yaml(front: str) -> None:
    log = parse_log(f"---\n{front}---\n\n## Entry 1: A\n\n- Never use `a()`.\n", path="log.md")
    assert [entry.title for entry in log.entries] == ["A"]


@pytest.mark.parametrize("front", ["a: [\n", "a: *b\n  - c\n", "a: {b: *c\n"])
def test_front_matter_that_nobody_can_read_is_an_error(front: str) -> None:
    with pytest.raises(LogError, match="front matter is not valid YAML"):
        parse_log(f"---\n{front}---\n\n## Entry 1: A\n\n- x\n", path="log.md")


def test_marked_code_behind_a_list_belongs_to_its_last_item() -> None:
    items = "- Never use `a()`.\n- Avoid `b()`.\n- Use `c()`.\n"
    code = "```python\n# BAD\nx = 1\n```\n\n```python\n# GOOD\nx = 2\n```\n"
    log = parse_log(f"## Calls\n\n{items}\n{code}\n## Other\n\n{code}", path="log.md")
    assert [(e.line, len(e.lessons)) for e in log.entries] == [(3, 1), (4, 1), (5, 3), (17, 2)]


@pytest.mark.parametrize(
    ("front", "scope"),
    [
        pytest.param('applyTo: "tests/**"', ("tests/**",), id="one glob"),
        pytest.param("globs: src/**/*.py, tools/*.py", ("src/**/*.py", "tools/*.py"), id="commas"),
        pytest.param("paths:\n  - app/**\n  - '*.md'", ("app/**",), id="a list, not all Python"),
        pytest.param("applyTo: 'app/{api,core}/**'", ("app/api/**", "app/core/**"), id="braces"),
        pytest.param('applyTo: "**/*.py"', (), id="all Python files"),
        pytest.param("globs: app/**, **/*", (), id="all files beside some"),
        pytest.param("paths: [app/core.py]", (), id="where it happened"),
        pytest.param("globs: '*.ts'", (), id="another language"),
        pytest.param("title: x", (), id="nothing"),
    ],
)
def test_the_globs_of_a_file_for_editors_are_its_scope(front: str, scope: tuple[str, ...]) -> None:
    log = parse_log(f"---\n{front}\n---\n\n## Entry 1: A\n\n- Never use `a()`.\n", path="log.md")
    assert log.files[0].scope == scope


def test_labels_in_several_sections_make_entries_of_them() -> None:
    named = "".join(f"## {name}\n\nRule: Never use `{name}_it()`.\n\n" for name in "abc")
    plain = "".join(f"## {name}\n\nSome text.\n\n" for name in "defghijk")
    log = parse_log(f"# Notes\n\n{named}{plain}", path="log.md")
    assert [entry.title for entry in log.entries] == [*"abcdefghijk"]


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param("**Bad:**\n```python\na()\n```\n", id="a label"),
        pytest.param("```python\n# WRONG\na()\n```\n", id="a comment"),
    ],
)
def test_a_section_beside_the_entries_that_shows_wrong_code_is_one(shown: str) -> None:
    entries = "## Area\n\n### 1. One\n\nx\n\n### 2. Two\n\nx\n\n"
    log = parse_log(f"# Log\n\n{entries}## Three\n\n{shown}\n## Four\n\nx\n", path="log.md")
    assert [entry.title for entry in log.entries] == ["One", "Two", "Three"]


def test_pitfalls_beside_the_entries_are_an_entry() -> None:
    entries = "## Network\n\n### 1. One\n\nFix: x\n\n### 2. Two\n\nFix: x\n\n"
    text = (
        f"# Log\n\n{entries}## Forbidden patterns\n\n- Never use `a()`.\n\n## The team\n\n- here\n"
    )
    log = parse_log(text, path="log.md")
    assert [entry.title for entry in log.entries] == ["One", "Two", "Forbidden patterns"]
