"""Our fixes beside Semgrep's, on recorded rules and code."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

import pytest

from stuck_rules.engine import check_source
from stuck_rules.fixes import apply_fixes
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.rule import Rule
from stuck_rules.model.source import Span
from stuck_rules.rulebook.loader import parse_rulebook
from tests.patterns.probes import PROBES

# What we make of it instead, by the line of the match, and why.
BETTER: dict[tuple[str, int], str] = {
    ("fix-simple", 2): "no parentheses around an argument, its spaces stay",
    ("fix-simple", 5): "the comma stays",
    ("fix-simple", 6): "the comment stays",
    ("fix-text-kept", 1): "no parentheses around an argument",
    ("fix-text-kept", 3): "parentheses as they are written",
    ("fix-ellipsis-args", 3): "no positional argument behind **b, which Python refuses",
    ("fix-delete", 1): "the line goes too",
    ("fix-def-body", 7): "a nested body is indented once",
    ("fix-unbound", 1): "no fix where nothing binds a metavariable",
    ("fix-operator-prec", 1): "no parentheses around a statement",
    ("fix-parens", 1): "no parentheses around a statement",
    ("fix-parens", 2): "no parentheses around a statement",
    ("fix-regex-group", 4): "no comma without an argument before it",
    ("fix-comment-inside", 1): "the comment stays",
    ("fix-overlap", 1): "no parentheses around a statement",
    ("fix-decorated-def", 1): "the decorator stays",
}


def cases() -> Iterator[tuple[str, Rule, str, dict[Span, str]]]:
    for line in PROBES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        theirs = {Span.of(*hit[:4]): hit[5]["fix"] for hit in case["semgrep"] if len(hit) > 5}
        if theirs:
            rules = parse_rulebook(json.dumps({"rules": [case["rule"]]}), shown="rules.yaml").rules
            yield case["id"], rules[0], case["code"], theirs


@pytest.mark.parametrize(
    ("name", "rule", "code", "theirs"), [pytest.param(*case, id=case[0]) for case in cases()]
)
def test_fixes_are_those_of_semgrep_or_better(
    name: str, rule: Rule, code: str, theirs: dict[Span, str]
) -> None:
    for violation in check_source(code, "a.py", [rule]).violations:
        expected = apply_fixes(code, [Fix((Edit(violation.span, theirs[violation.span]),))])
        own = apply_fixes(code, [violation.fix] if violation.fix is not None else [])
        ast.parse(own)
        is_better = (name, violation.span.start.line) in BETTER
        assert own == expected or is_better, (own, expected)
