"""Words that name a fault without a code span: a closed list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stuck_rules.generator.faults.code import RELATIVE_IMPORT
from stuck_rules.generator.proposal import Draft, Proposal, check, propose, sources
from stuck_rules.model.lesson import Log, Role
from stuck_rules.model.rule import Example, PathFilter

_ROLES = (Role.REMEDIATION, Role.PREVENTION, Role.WRONG)
_TEST_MODULES = (
    *("**/tests/**/test_*.py", "**/tests/**/*_test.py"),
    *("**/test/**/test_*.py", "**/test/**/*_test.py"),
)
_RELATIVE_IMPORT = re.compile(
    r"\brelative imports?\b.*\b(?:eliminat|convert|conversion|absolute|replac)", re.IGNORECASE
)
_NO_TESTS = re.compile(
    r"\btest\W+(?:files?|modules?)\b.*\b(?:no|without)\b.*\btest functions?\b", re.IGNORECASE
)


def _test_module_without_tests() -> Draft:
    path = "tests/test_orders.py"
    return Draft(
        id="test-module-without-tests",
        message="pytest would collect nothing in this test module.",
        condition=check("test-module"),
        paths=PathFilter(include=_TEST_MODULES),
        bad=(
            Example("import pytest\n\n\ndef helper():\n    return 1\n", path),
            Example("# def test_total():\n#     assert total() == 1\n", path),
        ),
        good=(
            Example("def test_total():\n    assert total() == 1\n", path),
            Example("from tests.orders.test_base import TestTotal\n", path),
        ),
    )


_VOCABULARY: tuple[tuple[re.Pattern[str], Callable[[], Draft]], ...] = (
    (_RELATIVE_IMPORT, lambda: RELATIVE_IMPORT),
    (_NO_TESTS, _test_module_without_tests),
)


def vocabulary(log: Log) -> Iterator[Proposal]:
    """The faults of the list that a lesson names, each once for all lessons that name it."""
    for regex, draft in _VOCABULARY:
        named = [s for s in sources(log, *_ROLES) if regex.search(s.lesson.text)]
        if named:
            yield propose(draft(), "vocabulary", *named)
