"""Recorded rules with their code, and what Semgrep reports for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stuck_rules.cst.source import parse
from stuck_rules.errors import PatternError, RulebookError
from stuck_rules.model.formula import Formula, Taint
from stuck_rules.model.rule import CheckCall, FilesCondition, Rule, TextCondition
from stuck_rules.patterns.compile import CompiledFormula, compile_formula
from stuck_rules.patterns.evaluate import find_matches, interpolate
from stuck_rules.rulebook.loader import parse_rulebook

PROBES = Path(__file__).parent / "probes.jsonl"

# First line and column, last line and column behind the end, message.
Hit = tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Probe:
    """One rule with code; `rulebook` is its text."""

    id: str
    rulebook: str
    code: str
    hits: tuple[Hit, ...]
    is_refused: bool
    is_quirk: bool

    @property
    def rule(self) -> Rule:
        """The rule as the rulebook's loader reads it."""
        return _rule_of(self.rulebook)

    @property
    def formula(self) -> Formula:
        """The rule's condition."""
        condition = self.rule.condition
        assert not isinstance(condition, (Taint, CheckCall, TextCondition, FilesCondition))
        return condition


@cache
def _rule_of(rulebook: str) -> Rule:
    return parse_rulebook(rulebook, shown="rules.yaml").rules[0]


def read_probes(*, quirks: bool = False) -> list[Probe]:
    """The probes that search, either those without a quirk of Semgrep's or those with one."""
    cases = [json.loads(line) for line in PROBES.read_text(encoding="utf-8").splitlines()]
    return [
        Probe(
            case["id"],
            json.dumps({"rules": [case["rule"]]}),
            case["code"],
            tuple(sorted({(a, b, c, d, message) for a, b, c, d, message, *_ in case["semgrep"]})),
            "errors" in case,
            "quirk" in case,
        )
        for case in cases
        if case["rule"].get("mode") != "taint" and ("quirk" in case) is quirks
    ]


def _compiled(probe: Probe) -> CompiledFormula:
    options = {option.name: option.value for option in probe.rule.options}
    return compile_formula(
        probe.formula, {k: v for k, v in options.items() if isinstance(v, (str, bool))}
    )


def hits_of(probe: Probe) -> tuple[Hit, ...] | None:
    """What we report, None where we refuse the rule."""
    try:
        compiled = _compiled(probe)
    except (PatternError, RulebookError):
        return None
    return tuple(
        sorted(
            {
                (
                    *(match.span.start.line, match.span.start.column),
                    *(match.span.end.line, match.span.end.column),
                    interpolate(probe.rule.message, match),
                )
                for match in find_matches(compiled, parse(probe.code), path="probe.py")
            }
        )
    )
