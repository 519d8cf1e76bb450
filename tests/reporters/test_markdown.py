from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.result import Report, RuleInfo
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import FilePath
from stuck_rules.reporters.markdown import render
from tests.reporters.reports import (
    CLEAN,
    HOSTILE,
    MAGIC_NONE,
    MOCKS,
    ONE_CALL,
    PLAIN,
    REPORT,
    hostile,
    nasty,
    on_line,
    suppressed,
    with_violations,
)

MIB = 1024 * 1024


def tokens(report: Report) -> list[Token]:
    """What a reader of Markdown with tables takes the page for, inner tokens behind their own."""
    read = MarkdownIt("commonmark").enable("table").parse(render(report, PLAIN))
    return [inner for token in read for inner in (token, *(token.children or ()))]


def cells(report: Report) -> list[list[str]]:
    """The text of each cell of each row, as a reader sees it; heads of tables too."""
    rows: list[list[str]] = []
    read = MarkdownIt("commonmark").enable("table").parse(render(report, PLAIN))
    inside = False
    for token in read:
        if token.type == "tr_open":
            rows.append([])
        inside = inside or token.type in {"td_open", "th_open"}
        if token.type in {"td_close", "th_close"}:
            inside = False
        if inside and token.type == "inline":
            shown = (t.content for t in token.children or () if t.type in {"text", "text_special"})
            rows[-1].append("".join(shown))
    return rows


def test_page() -> None:
    assert (
        render(REPORT, PLAIN)
        == """\
## stuck-rules

**2 violations (1 error, 1 warning, 0 infos) in 4 files**

**2 problems: not everything was checked.**

- 2 rules are for other languages

| Place | Not checked |
| --- | --- |
| <code>bad.py:3:5</code> | syntax: syntax error: '(' was never closed |
| <code>slow.py</code> | timeout: magic-none: took more than 5 s |

| Severity | Place | Rule | Message | Learned in |
| --- | --- | --- | --- | --- |
| error | <code>tests/test\\_a.py:2:11</code> | <code>magic-none</code> | MagicNone is not defined \
anywhere; use MagicMock from unittest.mock. | [Unit Test Failures \\[part 1\\]]\
(<https://example.com/log.md#unit-tests>) (docs/log.md:240) |
| warning | <code>tests/test\\_a.py:4:8</code> | <code>redis-localhost</code> | No fallback to \
localhost. Use the builder. | Redis Rules (/srv/team/log.md:7), [Unit Test Failures \
\\[part 1\\]](<https://example.com/log.md#unit-tests>) (docs/log.md:240) |
"""
    )


def test_clean_page() -> None:
    assert render(CLEAN, PLAIN) == "## stuck-rules\n\n**no violations in 4 files**\n"


def test_nothing_was_looked_at() -> None:
    report = replace(CLEAN, files=0)
    assert "**no violations - no files checked**" in render(report, PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a | b \\| c \\\\| d", id="pipes"),
        pytest.param("`a` ``b`` ```", id="backticks"),
        pytest.param("<b>x</b> <!-- --> <script>", id="HTML"),
        pytest.param("&amp; &#124; &lt;", id="entities"),
        pytest.param("![a](https://e.org/a.png) [b](javascript:c) [d][e]", id="links and images"),
        pytest.param("*a* __b__ ~~c~~ # d - e 1. f > g", id="emphasis and blocks"),
        pytest.param("https://e.org www.e.org WWW.E.ORG ftp://e", id="addresses"),
        pytest.param("$x$ :tada: #12 a/b#3", id="what sites make of text"),
        pytest.param("end\\", id="a backslash at the end"),
        pytest.param("::error::x ##[error]y %0A", id="commands"),
    ],
)
def test_text_from_files_stays_text(text: str) -> None:
    violation = replace(ONE_CALL, message=text, path=FilePath(text, text))
    report = replace(with_violations(violation), rules={})
    assert cells(report)[1] == ["error", f"{text}:2:11", "magic-none", text, ""]
    kinds = {token.type for token in tokens(report)}
    assert not kinds & {"link_open", "image", "code_inline", "em_open", "html_block", "fence"}
    page = render(report, PLAIN)
    assert [word for word in ("://", "www.", "##[") if word in page.lower()] == []


def test_nobody_is_called() -> None:
    report = with_violations(replace(ONE_CALL, message="ask @team"))
    assert "@&#8203;team" in render(report, PLAIN)
    assert "@team" not in render(report, PLAIN)


@pytest.mark.parametrize("report", [hostile(), nasty()], ids=["hostile", "nasty"])
def test_hostile_texts_make_no_markup_but_the_tables(report: Report) -> None:
    html = {token.content for token in tokens(report) if token.type == "html_inline"}
    assert html <= {"<code>", "</code>"}
    assert [len(row) for row in cells(report)] == [2, 2, 5, 5]
    assert HOSTILE not in render(report, PLAIN)
    page = render(report, PLAIN)
    page.encode()
    assert not [line for line in page.splitlines() if line.startswith("::")]


def test_an_address_cannot_end_its_link() -> None:
    entry = replace(MOCKS, url="https://e.org/a>|b) c", title="t](x)")
    report = replace(
        with_violations(ONE_CALL), rules={"magic-none": RuleInfo(MAGIC_NONE, (entry,))}
    )
    links = [token for token in tokens(report) if token.type == "link_open"]
    assert [link.attrs["href"] for link in links] == ["https://e.org/a%3E%7Cb)%20c"]


def test_the_severe_come_first() -> None:
    info = replace(ONE_CALL, severity=Severity.INFO)
    rows = cells(with_violations(info, on_line(ONE_CALL, 9)))
    assert [row[0] for row in rows] == ["Severity", "error", "info"]


def test_a_suppressed_violation_says_so() -> None:
    assert "(suppressed inline)" in render(with_violations(suppressed(ONE_CALL)), PLAIN)


def test_a_page_of_too_many_violations_says_how_many_are_missing() -> None:
    many = [on_line(ONE_CALL, line) for line in range(1, 8001)]
    page = render(with_violations(*many), PLAIN)
    assert len(page.encode()) <= MIB
    shown = page.count("| error |")
    assert 0 < shown < 8000
    assert page.endswith(f"\n{8000 - shown} more violations left out: a summary takes 1 MiB.\n")


def test_too_many_problems_are_counted_too() -> None:
    problems = tuple(
        Problem(ProblemKind.CRASH, "値" * 300, f"{number}.py") for number in range(3000)
    )
    page = render(replace(with_violations(ONE_CALL), problems=problems), PLAIN)
    assert len(page.encode()) <= MIB
    assert "more problems left out" in page
    assert "3000 problems: not everything was checked" in page
    shown = page.count("crash:")
    assert f"\n{3000 - shown} more problems left out" in page


def test_one_long_message_takes_no_place_from_others() -> None:
    long = replace(ONE_CALL, message="x" * 2 * MIB)
    page = render(with_violations(long, on_line(ONE_CALL, 7)), PLAIN)
    assert f"{'x' * 997}... |" in page
    assert "test\\_a.py:7:11" in page


def test_many_notes_are_counted() -> None:
    page = render(replace(CLEAN, notes=tuple(map(str, range(60)))), PLAIN)
    assert page.endswith("- 49\n- 10 more notes\n")
