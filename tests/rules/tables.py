"""Code with the spans that a rule of the bundled rulebook must report marked in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from stuck_rules.engine import check_source
from stuck_rules.globs import applies
from stuck_rules.model.rule import Rule
from stuck_rules.model.source import Span
from stuck_rules.rulebook.loader import load_rulebook

ROOT = Path(__file__).parents[2]


@cache
def bundled_rule(rule_id: str) -> Rule:
    rulebook = load_rulebook(ROOT / "rules.yaml", shown="rules.yaml")
    return next(rule for rule in rulebook.rules if rule.id == rule_id)


def read_marks(marked: str) -> tuple[str, list[Span]]:
    """Split marked code into the code and the spans between « and »."""
    code: list[str] = []
    starts: list[tuple[int, int]] = []
    spans: list[Span] = []
    line = column = 1
    for character in marked:
        if character == "«":
            starts.append((line, column))
        elif character == "»":
            spans.append(Span.of(*starts.pop(), line, column))
        else:
            code.append(character)
            line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
    return "".join(code), sorted(spans)


def assert_marked(rule_id: str, marked: str, path: str = "app/config.py") -> None:
    """Assert that the rule reports exactly the marked spans, and none where its paths say no."""
    code, expected = read_marks(marked)
    rule = bundled_rule(rule_id)
    result = check_source(code, path, [rule] if applies(rule.paths, path) else [])
    assert result.problems == ()
    assert sorted(violation.span for violation in result.violations) == expected
