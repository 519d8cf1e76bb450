"""However code is laid out, a rule matches the same of it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from black.parsing import InvalidInput
from hypothesis import given, settings
from hypothesis import strategies as st

from stuck_rules.cst.source import parse
from stuck_rules.errors import SourceError
from stuck_rules.model.formula import (
    Formula,
    MetavariablePattern,
    MetavariableRegex,
    Pattern,
    Regex,
)
from stuck_rules.patterns.compile import CompiledFormula, compile_formula
from stuck_rules.patterns.evaluate import find_matches
from stuck_rules.patterns.syntax import parts_of
from tests.patterns.probes import Probe, read_probes
from tests.properties.reformatting import WAYS, normal, same_meaning

# The first parse raises the recursion limit, which no single example may do.
parse("")

Way = Callable[[str, Random], str]


def sees_text(formula: Formula) -> bool:
    """Whether a condition looks at text as it is written, which layout is part of."""
    if isinstance(formula, (Regex, MetavariableRegex)):
        return True
    if isinstance(formula, MetavariablePattern) and formula.language not in {None, "python"}:
        return True
    if isinstance(formula, Pattern) and "=~" in formula.text:
        return True
    return any(sees_text(part) for part in parts_of(formula))


PROBES = [probe for probe in read_probes() if not probe.is_refused and not sees_text(probe.formula)]


def compiled(probe: Probe) -> CompiledFormula:
    options = {option.name: option.value for option in probe.rule.options}
    return compile_formula(
        probe.formula, {k: v for k, v in options.items() if isinstance(v, (str, bool))}
    )


def matched(formula: CompiledFormula, code: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is matched and what is bound, without layout.

    Matches of one span with equal texts are one, and `1` and `(1)` are only equal here.
    """
    tree = parse(code)
    found = {
        (match.span, tuple(sorted((name, normal(text)) for name, text in match.bindings.items())))
        for match in find_matches(formula, tree, path="example.py")
    }
    return sorted((normal(tree.text(span)), list(bindings)) for span, bindings in found)


def reformatted(code: str, way: Way, random: Random) -> str | None:
    """The code in another way, None where the way has nothing to say of it."""
    try:
        changed = way(code, random)
    except (InvalidInput, SourceError):
        return None
    return changed if same_meaning(code, changed) else None


@pytest.mark.parametrize("way", [pytest.param(way, id=way.__name__) for way in WAYS])
def test_layout_does_not_change_what_a_rule_matches(way: Way) -> None:
    differing: list[str] = []
    for probe in PROBES:
        changed = reformatted(probe.code, way, Random(0))
        if changed is None or changed == probe.code:
            continue
        formula = compiled(probe)
        before, after = matched(formula, probe.code), matched(formula, changed)
        if before != after:
            differing.append(f"{probe.id}:\n{changed}\n{before}\n{after}")
    assert not differing, "\n".join(differing)


@given(st.sampled_from(PROBES), st.lists(st.sampled_from(WAYS), min_size=1), st.integers(0, 10_000))
@settings(max_examples=200, deadline=None)
def test_nor_does_any_layout_on_top_of_another(probe: Probe, ways: list[Way], seed: int) -> None:
    code = probe.code
    for way in ways[:3]:
        code = reformatted(code, way, Random(seed)) or code
    formula = compiled(probe)
    assert matched(formula, code) == matched(formula, probe.code), code
