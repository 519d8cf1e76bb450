"""What a violation's name survives, and what it does not."""

from __future__ import annotations

import pytest

from stuck_rules.engine import check_source
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Rule, Severity
from stuck_rules.model.violation import Violation

RULE = Rule(id="old-call", message="old", severity=Severity.ERROR, condition=Pattern("old(...)"))

CODE = """\
import os


def helper(a):
    return a


class Service:
    def run(self):
        return old("x", os.name)


first = old(1); second = old(1)
"""


def found(code: str, path: str = "a.py") -> list[Violation]:
    result = check_source(code, path, [RULE])
    assert result.problems == ()
    return list(result.violations)


def fingerprints(code: str, path: str = "a.py") -> list[str]:
    return [violation.fingerprint for violation in found(code, path)]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param("'''Words.'''\n\n# more\n\n" + CODE, id="a shift of lines"),
        pytest.param(CODE.replace("helper", "assistant"), id="another function's name"),
        pytest.param(CODE.replace("run", "walk"), id="the name of the function around"),
        pytest.param(CODE.replace("Service", "Server"), id="the name of the class around"),
        pytest.param(CODE.replace('"x"', "'x'"), id="other quotes"),
        pytest.param(CODE.replace("; ", "\n"), id="a line a statement"),
        pytest.param(CODE.replace("old(1)", "(old)(\n    1,  # one\n)"), id="another layout"),
        pytest.param(CODE.replace("    ", "\t"), id="another indent"),
        pytest.param(CODE.replace("\n", "\r\n"), id="other line ends"),
    ],
)
def test_what_a_fingerprint_survives(changed: str) -> None:
    assert changed != CODE
    assert fingerprints(changed) == fingerprints(CODE)


def test_every_violation_has_a_name_of_its_own() -> None:
    assert len(set(fingerprints(CODE))) == 3
    assert len(set(fingerprints("old(1)\nold(1)\nold(1)\n"))) == 3


def test_another_file_or_another_statement_is_another_name() -> None:
    assert not set(fingerprints(CODE)) & set(fingerprints(CODE, "b.py"))
    assert fingerprints("old(1)") != fingerprints("old(2)")


def test_the_statement_is_known_whatever_file_it_stands_in() -> None:
    here, there = found("x = old(1)\n"), found("def f():\n    x = old( 1, )\n", "b.py")
    assert here[0].statement == there[0].statement != ""
    assert here[0].statement != found("y = old(1)\n")[0].statement
