"""Which rules look at a file, where tables of paths say so."""

from __future__ import annotations

import pytest

from stuck_rules.model.formula import Pattern
from stuck_rules.model.pathrules import PathRules
from stuck_rules.model.rule import Rule, Severity
from stuck_rules.scanner.pathpolicy import PathPolicy

RULES = tuple(Rule(name, "m", Pattern("x")) for name in ("a", "b", "c"))
USUAL = frozenset({"a", "b"})


def seen(tables: list[PathRules], path: str) -> dict[str, Severity]:
    policy = PathPolicy(RULES, USUAL, tables)
    ats = [policy.at(rule, path) for rule in RULES]
    return {rule.id: rule.severity for rule in ats if rule is not None}


def table(*globs: str, only: str | None = None, also: str = "", without: str = "") -> PathRules:
    limit = None if only is None else frozenset(only)
    return PathRules(globs, limit, frozenset(also), frozenset(without))


@pytest.mark.parametrize(
    ("tables", "ids"),
    [
        pytest.param([], "ab", id="no table"),
        pytest.param([table("other/", without="a")], "ab", id="no table for it"),
        pytest.param([table("t/", without="a")], "b", id="without"),
        pytest.param([table("t/", only="a")], "a", id="only"),
        pytest.param([table("t/", only="c")], "c", id="only one that is off elsewhere"),
        pytest.param([table("t/", also="c")], "abc", id="also"),
        pytest.param([table("t/", only="a"), table("*.py", only="c")], "ac", id="either's only"),
        pytest.param([table("t/", only="a"), table("*.py", also="c")], "ac", id="only and also"),
        pytest.param([table("t/", also="c"), table("*.py", without="c")], "ab", id="without wins"),
        pytest.param([table("*.py", without="c"), table("t/", also="c")], "ab", id="in any order"),
        pytest.param([table("t/*", "!t/x.py", without="a")], "ab", id="but for"),
    ],
)
def test_the_tables_of_a_file_add_up(tables: list[PathRules], ids: str) -> None:
    assert "".join(seen(tables, "t/x.py")) == ids


def test_the_last_severity_counts() -> None:
    tables = [
        PathRules(("t/",), severities=(("a", Severity.INFO), ("b", Severity.INFO))),
        PathRules(("*.py",), severities=(("b", Severity.ERROR),)),
    ]
    assert seen(tables, "t/x.py") == {"a": Severity.INFO, "b": Severity.ERROR}
    assert seen(tables, "t/x.pyi") == {"a": Severity.INFO, "b": Severity.INFO}
    assert seen(tables, "x.pyi") == {"a": Severity.WARNING, "b": Severity.WARNING}


def test_answers_for_one_file_do_not_leak_into_another() -> None:
    policy = PathPolicy(RULES, USUAL, [table("t/", without="a")])
    paths = ["t/x.py", "x.py", "t/x.py", "t/y.py"]
    assert [policy.at(RULES[0], path) is None for path in paths] == [True, False, True, True]
