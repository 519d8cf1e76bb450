"""Our matches beside Semgrep's, case by case, on recorded rules and code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from stuck_rules.cst.source import parse
from stuck_rules.errors import PatternError
from stuck_rules.patterns.compile import compile_formula
from stuck_rules.patterns.evaluate import find_matches, interpolate
from tests.patterns.rules import Value, formula, mapping, text

PROBES = Path(__file__).parent / "probes.jsonl"

# Where we report something else than Semgrep does, and why.
DIFFERS = {
    "import-from-then": "a final `...` takes the whole rest of the block, in one match",
    "import-pattern-from": "an import is reported whole, with its closing parenthesis",
    "stmts-implicit-deep": "the match ends with the line that matched last, Semgrep's one later",
}

Hit = tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Probe:
    id: str
    rule: Mapping[str, Value]
    code: str
    hits: tuple[Hit, ...]
    is_refused: bool

    @property
    def message(self) -> str:
        return text(self.rule["message"])

    @property
    def options(self) -> dict[str, str | bool]:
        options = mapping(self.rule.get("options", {}))
        return {name: value for name, value in options.items() if isinstance(value, (str, bool))}


def read_probes() -> list[Probe]:
    cases = [json.loads(line) for line in PROBES.read_text(encoding="utf-8").splitlines()]
    return [
        Probe(
            case["id"],
            case["rule"],
            case["code"],
            tuple(sorted({(a, b, c, d, message) for a, b, c, d, message, *_ in case["semgrep"]})),
            "errors" in case,
        )
        for case in cases
        if case["rule"].get("mode") != "taint" and "quirk" not in case
    ]


def hits_of(probe: Probe) -> tuple[Hit, ...] | None:
    try:
        compiled = compile_formula(formula(probe.rule), probe.options)
    except PatternError:
        return None
    found = find_matches(compiled, parse(probe.code), path="probe.py")
    return tuple(
        sorted(
            {
                (
                    match.span.start.line,
                    match.span.start.column,
                    match.span.end.line,
                    match.span.end.column,
                    interpolate(probe.message, match),
                )
                for match in found
            }
        )
    )


@pytest.mark.parametrize("probe", [pytest.param(probe, id=probe.id) for probe in read_probes()])
def test_matches_are_those_of_semgrep(probe: Probe) -> None:
    hits = hits_of(probe)
    agrees = hits is None if probe.is_refused else hits == probe.hits
    if probe.id in DIFFERS:
        assert not agrees, f"{probe.id} agrees by now: take it off the list"
    else:
        assert agrees, (hits, probe.hits)


def test_all_that_differs_is_a_case() -> None:
    assert set(DIFFERS) <= {probe.id for probe in read_probes()}
