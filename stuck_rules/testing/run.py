"""A run of all proofs of a rulebook: its rules' own examples, and annotated files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from stuck_rules.errors import SourceError
from stuck_rules.model.rule import Rule
from stuck_rules.testing.annotated import check_target, read_target
from stuck_rules.testing.examples import prove
from stuck_rules.testing.results import TargetResult, Tested
from stuck_rules.testing.targets import Target


def run_proofs(
    path: str,
    rules: Sequence[Rule],
    targets: Sequence[Target],
    *,
    shown: Callable[[Path], str],
    others: Iterable[str] = (),
) -> Tested:
    """Prove the rules of one rulebook; `others` are ids of its rules that are not tried."""
    failures = tuple(failure for rule in rules for failure in prove(rule, explain=True))
    results = tuple(_run_target(target, rules, shown, frozenset(others)) for target in targets)
    return Tested(path, tuple(rules), failures, results)


def _run_target(
    target: Target, rules: Sequence[Rule], shown: Callable[[Path], str], others: frozenset[str]
) -> TargetResult:
    try:
        source = read_target(target.path, shown(target.path))
        fixed = None
        if target.fixed is not None:
            fixed = (shown(target.fixed), read_target(target.fixed, shown(target.fixed)))
    except SourceError as error:
        return TargetResult(problems=error.problems)
    return check_target(
        source, shown(target.path), rules, inner=target.inner, fixed=fixed, others=others
    )
