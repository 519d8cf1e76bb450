from __future__ import annotations

from dataclasses import replace

from stuck_rules.reporters.concise import render
from tests.reporters.reports import ONE_CALL, PLAIN, REPORT, hostile, suppressed, with_violations


def test_one_line_a_violation() -> None:
    assert render(REPORT, PLAIN) == (
        "test_a.py:2:11: magic-none MagicNone is not defined anywhere; "
        "use MagicMock from unittest.mock. [Unit Test Failures [part 1], docs/log.md:240, https://example.com/log.md#unit-tests]\n"
        "test_a.py:4:8: redis-localhost No fallback to localhost. Use the builder. "
        "[Redis Rules, /srv/team/log.md:7, log.md#redis; "
        "Unit Test Failures [part 1], docs/log.md:240, https://example.com/log.md#unit-tests]\n"
    )


def test_all_violations_of_a_rule_are_listed() -> None:
    assert render(with_violations(*[ONE_CALL] * 30), PLAIN).count("magic-none") == 30


def test_suppressed_violation_says_so() -> None:
    text = render(with_violations(suppressed(ONE_CALL)), PLAIN)
    assert text.endswith("#unit-tests] (suppressed inline)\n")


def test_names_from_files_are_escaped() -> None:
    assert render(hostile(), PLAIN) == (
        "./::error::a\\n::error::b\\x1b[31m,c:%d:1:1: magic-none a ::error::b\\x1b[31m,c:%d "
        "[a ::error::b\\x1b[31m,c:%d, a\\n::error::b\\x1b[31m,c:%d:1, "
        "https://a\\n::error::b\\x1b[31m,c:%d]\n"
    )


def test_violation_that_no_entry_taught() -> None:
    violation = replace(ONE_CALL, rule="hint", message="M")
    assert render(with_violations(violation), PLAIN) == "test_a.py:2:11: hint M\n"
