"""Whatever a rule of this repository flags, its fix leaves code on which the rule is silent."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from stuck_rules.engine import check_source
from stuck_rules.model.rule import CheckCall, FilesCondition, Rule, TextCondition
from stuck_rules.repairs import fix_source
from stuck_rules.rulebook.loader import load_rulebook
from tests.rules.tables import ROOT, bundled_rule, read_marks

PATH = "app/config.py"


def rules() -> list[Rule]:
    loaded = load_rulebook(ROOT / "rules.yaml", shown="rules.yaml").rules
    return [
        rule for rule in loaded if not isinstance(rule.condition, (TextCondition, FilesCondition))
    ]


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Rule, code, path and name of every bad example and every flagged shape of the tables."""
    for rule in rules():
        for number, example in enumerate(rule.examples.bad):
            yield rule.id, example.code, example.path or PATH, f"{rule.id}-example-{number}"
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f"tests.rules.{file.stem}")
        rule_id = getattr(module, "RULE", None)
        for name, value in vars(module).items():
            if not isinstance(rule_id, str) or not isinstance(value, list):
                continue
            for number, case in enumerate(value):
                values = getattr(case, "values", ())
                if values and isinstance(values[0], str):
                    code, spans = read_marks(values[0])
                    if spans:
                        yield rule_id, code, PATH, f"{rule_id}-{name}-{number}"


@pytest.mark.parametrize(
    ("rule_id", "code", "path"), [pytest.param(*case[:3], id=case[3]) for case in cases()]
)
@pytest.mark.parametrize("package", [None, "app.settings"], ids=["no package", "package"])
def test_the_fix_leaves_code_that_the_rule_does_not_flag(
    rule_id: str, code: str, path: str, package: str | None
) -> None:
    rule = bundled_rule(rule_id)
    before = check_source(code, path, [rule], package=package)
    fixable = [v for v in before.violations if v.fix is not None and v.suppressed is None]
    fixed = fix_source(code, path, [rule], package=package, unsafe=True)
    assert fixed.problems == ()
    assert fixed.result.problems == ()
    ast.parse(fixed.source)
    left = [v for v in fixed.result.violations if v.suppressed is None]
    assert [v for v in left if v.fix is not None] == []
    assert len(left) == len(before.violations) - len(fixable)


def test_some_rules_have_fixes() -> None:
    fixing = {
        rule_id
        for rule_id, code, path, _ in cases()
        for v in check_source(code, path, [bundled_rule(rule_id)], package="app.a").violations
        if v.fix is not None
    }
    assert {"magic-none", "mock-not-imported", "relative-import"} <= fixing


def test_checks_and_patterns_are_both_looked_at() -> None:
    assert {isinstance(rule.condition, CheckCall) for rule in rules()} == {True, False}
