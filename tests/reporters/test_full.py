from __future__ import annotations

from dataclasses import replace

import pytest

from stuck_rules.model.result import EntryLink, Report, RuleInfo
from stuck_rules.model.rule import Example, Examples
from stuck_rules.model.source import Span
from stuck_rules.reporters.base import Style
from stuck_rules.reporters.full import render
from tests.reporters.reports import (
    MAGIC_NONE,
    MOCKS,
    ONE_CALL,
    PLAIN,
    REDIS,
    REPORT,
    TWO_LINES,
    hostile,
    on_line,
    suppressed,
    with_violations,
)


def test_violations() -> None:
    assert (
        render(REPORT, PLAIN)
        == """\
test_a.py:2:11: error magic-none: MagicNone is not defined anywhere; use MagicMock from \
unittest.mock.
  2 |     x = 値 or MagicNone  # why
    |               ^^^^^^^^^
  learned in: Unit Test Failures [part 1]  docs/log.md:240
              https://example.com/log.md#unit-tests
  instead: service = MagicMock()

test_a.py:4:8: warning redis-localhost: No fallback to localhost. Use the builder.
  4 | host = (env("HOST")
    |        ^^^^^^^^^^^^
  5 |     or "localhost")
    |     ^^^^^^^^^^^^^^^
  learned in: Redis Rules  /srv/team/log.md:7
              log.md#redis
  learned in: Unit Test Failures [part 1]  docs/log.md:240
              https://example.com/log.md#unit-tests
  instead:
    | def host():
    |     return builder()
"""
    )


def test_hostile_texts_are_escaped() -> None:
    assert (
        render(hostile(), PLAIN)
        == r"""./::error::a\n::error::b\x1b[31m,c:%d:1:1: error magic-none: """
        r"""a ::error::b\x1b[31m,c:%d
  1 | a\r::error::b\x1b[31m,c:%d
    | ^
  learned in: a ::error::b\x1b[31m,c:%d  a\n::error::b\x1b[31m,c:%d:1
              https://a\n::error::b\x1b[31m,c:%d
  instead:
    | a
    | ::error::b\x1b[31m,c:%d
"""
    )


def frame(lines: dict[int, str], span: Span, width: int = 100) -> str:
    """The code frame of a violation of a rule that has nothing else to show."""
    report = replace(
        with_violations(replace(ONE_CALL, rule="hint", span=span)),
        lines={("test_a.py", number): line for number, line in lines.items()},
    )
    return render(report, Style(width=width)).partition("\n")[2]


@pytest.mark.parametrize(
    ("line", "columns", "expected"),
    [
        pytest.param("ab = cd", (6, 8), "  1 | ab = cd\n    |      ^^\n", id="letters"),
        pytest.param("\tab\tc", (4, 6), "  1 |     ab  c\n    |       ^^^\n", id="tabs"),
        pytest.param("値 = 値段", (5, 7), "  1 | 値 = 値段\n    |      ^^^^\n", id="wide"),
        pytest.param(
            "e\u0301 = e\u0301x", (6, 9), "  1 | e\u0301 = e\u0301x\n    |     ^^\n", id="combining"
        ),
        pytest.param("\x1b[0m ab", (6, 8), "  1 | \\x1b[0m ab\n    |         ^^\n", id="escaped"),
        pytest.param("ab\x0c", (1, 3), "  1 | ab\n    | ^^\n", id="form feed at the end"),
        pytest.param("ab", (2, 2), "  1 | ab\n    |  ^\n", id="empty span"),
        pytest.param("ab", (1, 99), "  1 | ab\n    | ^^\n", id="span beyond the line"),
        pytest.param("", (1, 1), "  1 |\n    | ^\n", id="empty line"),
    ],
)
def test_carets(line: str, columns: tuple[int, int], expected: str) -> None:
    assert frame({1: line}, Span.of(1, columns[0], 1, columns[1])) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "",
            "b" * 200,
            "  1 | HIT" + "b" * 45 + "...\n    | ^^^\n",
            id="at the start",
        ),
        pytest.param(
            "a" * 200,
            "",
            "  1 | ..." + "a" * 16 + "HIT\n    | " + " " * 19 + "^^^\n",
            id="at the end",
        ),
        pytest.param(
            "a" * 200,
            "b" * 200,
            "  1 | ..." + "a" * 16 + "HIT" + "b" * 29 + "...\n    | " + " " * 19 + "^^^\n",
            id="in the middle",
        ),
    ],
)
def test_long_line_is_cut_around_the_span(before: str, after: str, expected: str) -> None:
    start = len(before) + 1
    line = f"{before}HIT{after}"
    assert frame({1: line}, Span.of(1, start, 1, start + 3), width=60) == expected


@pytest.mark.parametrize("width", [0, 20, 60, 99])
def test_no_line_of_code_is_wider_than_the_terminal(width: int) -> None:
    text = frame({1: "値" * 300}, Span.of(1, 150, 1, 200), width)
    assert all(len(line) + line.count("値") <= max(width, 46) for line in text.splitlines())


def test_long_span_shows_four_lines() -> None:
    lines = {number: f"    line_{number}" for number in range(1, 13)}
    lines[10] = ""
    assert (
        frame(lines, Span.of(8, 5, 13, 1))
        == """\
  8 |     line_8
    |     ^^^^^^
  9 |     line_9
    |     ^^^^^^
 10 |
 11 |     line_11
    |     ^^^^^^^
    | ... and 1 more line
"""
    )


def test_long_span_tells_how_many_lines_follow() -> None:
    assert frame({}, Span.of(1, 1, 9, 2)) == "    | ... and 5 more lines\n"


@pytest.mark.parametrize("lines", [None, {}], ids=["no lines", "not this line"])
def test_without_source_there_is_no_frame(lines: dict[tuple[str, int], str] | None) -> None:
    report = replace(with_violations(replace(ONE_CALL, rule="hint", message="M")), lines=lines)
    assert render(report, PLAIN) == "test_a.py:2:11: error hint: M\n"


def with_good(code: str) -> Report:
    rule = replace(MAGIC_NONE, examples=Examples(good=(Example(code), Example("other"))))
    report = replace(with_violations(ONE_CALL), lines=None)
    return replace(report, rules={"magic-none": RuleInfo(rule, ())})


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("\n \n", "", id="blank"),
        pytest.param("m = Mock()\n", "  instead: m = Mock()\n", id="one line"),
        pytest.param("# MagicNone\n", "  instead: other\n", id="no comment alone"),
        pytest.param("  a\n\n    b\n", "  instead:\n    | a\n    |   b\n", id="indented lines"),
        pytest.param(
            "a\nb\nc\nd\ne",
            "  instead:\n    | a\n    | b\n    | c\n    | d\n    | ...\n",
            id="long",
        ),
        pytest.param(
            "::error::x\ny", "  instead:\n    | ::error::x\n    | y\n", id="begins no command"
        ),
    ],
)
def test_right_form(code: str, expected: str) -> None:
    assert render(with_good(code), PLAIN).partition("\n")[2] == expected


def test_rule_without_a_right_form_shows_none() -> None:
    rule = replace(MAGIC_NONE, examples=Examples(bad=(Example("MagicNone"),)))
    report = replace(with_violations(ONE_CALL), rules={"magic-none": RuleInfo(rule, (REDIS,))})
    assert render(report, PLAIN).splitlines()[-1] == "              log.md#redis"


def test_rule_that_comes_too_often_ends_in_one_line() -> None:
    other_file = replace(ONE_CALL, path=replace(ONE_CALL.path, shown="test_b.py"))
    violations = [on_line(ONE_CALL, line) for line in range(1, 8)]
    violations.insert(3, on_line(TWO_LINES, 3))
    text = render(with_violations(*violations, other_file), PLAIN)
    headings = [line for line in text.splitlines() if line.startswith(("test_", "..."))]
    assert [heading.partition(" ")[0] for heading in headings] == [
        "test_a.py:1:11:",
        "test_a.py:2:11:",
        "test_a.py:3:11:",
        "test_a.py:3:8:",
        "test_a.py:4:11:",
        "test_a.py:5:11:",
        "...",
        "test_b.py:2:11:",
    ]
    assert headings[6] == "... and 2 more of magic-none in this file: lines 6, 7"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([1] * 5, None, id="five are shown"),
        pytest.param([1] * 6, "... and 1 more of magic-none in this file: line 1", id="one"),
        pytest.param([1] * 7, "... and 2 more of magic-none in this file: line 1", id="same line"),
        pytest.param(
            range(1, 20),
            "... and 14 more of magic-none in this file: "
            "lines 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, ...",
            id="many lines",
        ),
    ],
)
def test_line_for_the_rest(lines: list[int], expected: str | None) -> None:
    text = render(with_violations(*(on_line(ONE_CALL, line) for line in lines)), PLAIN)
    last = text.splitlines()[-1]
    assert (last if last.startswith("...") else None) == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        pytest.param("old\x1b", " M (suppressed inline: old\\x1b)", id="with reason"),
        pytest.param("", " M (suppressed inline)", id="without"),
    ],
)
def test_suppressed_violation_says_so(reason: str, expected: str) -> None:
    violation = suppressed(replace(ONE_CALL, message="M"), reason)
    heading = render(with_violations(violation), PLAIN).splitlines()[0]
    assert heading == f"test_a.py:2:11: error magic-none:{expected}"


def learned_in(entry: EntryLink, style: Style) -> list[str]:
    report = replace(
        with_violations(ONE_CALL), rules={"magic-none": RuleInfo(MAGIC_NONE, (entry,))}
    )
    return render(report, style).splitlines()[3:-1]


LINKS = Style(links=True)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(
            MOCKS,
            [
                (
                    "  learned in: \x1b]8;;https://example.com/log.md#unit-tests\x1b\\"
                    "Unit Test Failures [part 1]\x1b]8;;\x1b\\  docs/log.md:240"
                )
            ],
            id="web address",
        ),
        pytest.param(
            REDIS,
            ["  learned in: Redis Rules  /srv/team/log.md:7", "              log.md#redis"],
            id="a path is no address for a click",
        ),
        pytest.param(
            replace(REDIS, url=""), ["  learned in: Redis Rules  /srv/team/log.md:7"], id="none"
        ),
        pytest.param(
            replace(REDIS, url="https://e.org/é\x1b\\\udce9"),
            [
                (
                    "  learned in: \x1b]8;;https://e.org/%C3%A9%1B%5C%E9\x1b\\"
                    "Redis Rules\x1b]8;;\x1b\\  /srv/team/log.md:7"
                )
            ],
            id="an address cannot end the link",
        ),
    ],
)
def test_links(entry: EntryLink, expected: list[str]) -> None:
    assert learned_in(entry, LINKS) == expected


def test_colour() -> None:
    assert render(with_violations(replace(ONE_CALL, rule="hint")), Style(colour=True)) == (
        "\x1b[1mtest_a.py:2:11:\x1b[0m \x1b[31merror\x1b[0m \x1b[1mhint\x1b[0m: "
        "MagicNone is not defined anywhere; use MagicMock from unittest.mock.\n"
        "\x1b[2m  2 |\x1b[0m     x = 値 or MagicNone  # why\n"
        "\x1b[2m    |\x1b[0m \x1b[31m              ^^^^^^^^^\x1b[0m\n"
    )
