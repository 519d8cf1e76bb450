"""Taint rules as Semgrep reports them, through the rulebook and the engine's own parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stuck_rules.cst.source import parse
from stuck_rules.model.formula import Taint
from stuck_rules.patterns.matches import interpolate
from stuck_rules.patterns.taint.find import find_taints
from stuck_rules.patterns.taint.sites import compile_taint
from stuck_rules.rulebook.loader import parse_rulebook

PROBES = Path(__file__).parent / "probes.jsonl"
CASES = [
    case
    for case in map(json.loads, PROBES.read_text(encoding="utf-8").splitlines())
    if case["rule"].get("mode") == "taint"
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_taint_is_that_of_semgrep(case: dict[str, object]) -> None:
    code, hits = case["code"], case["semgrep"]
    assert isinstance(code, str)
    assert isinstance(hits, list)
    rule = parse_rulebook(json.dumps({"rules": [case["rule"]]}), shown="r.yaml").rules[0]
    assert isinstance(rule.condition, Taint)
    found = find_taints(compile_taint(rule.condition, {}), parse(code))
    told = {
        (
            *(m.span.start.line, m.span.start.column, m.span.end.line, m.span.end.column),
            interpolate(rule.message, m),
        )
        for m in found
    }
    assert told == {tuple(hit[:5]) for hit in hits}


def test_there_are_cases() -> None:
    assert len(CASES) >= 7
