"""A run of all proofs: rules' own examples, and annotated files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stuck_rules.model.rule import Rule
from stuck_rules.testing.annotated import check_target, read_target
from stuck_rules.testing.examples import Failure, prove
from stuck_rules.testing.targets import Target


@dataclass(frozen=True, slots=True)
class Tested:
    """A rulebook's proofs; a rule is in `bare` where nothing tries it."""

    path: str
    rules: tuple[Rule, ...]
    examples: int
    annotations: int
    failures: tuple[Failure, ...]
    bare: tuple[Rule, ...]
    notes: tuple[str, ...]

    @property
    def proofs(self) -> int:
        """How many examples and annotations were tried."""
        return self.examples + self.annotations


def run_proofs(
    path: str, rules: Sequence[Rule], targets: Sequence[Target], shown: Callable[[Path], str]
) -> Tested:
    """Prove the rules of one rulebook. Raises UsageError where a target cannot be checked."""
    failures = [failure for rule in rules for failure in prove(rule, explain=True)]
    notes: list[str] = []
    annotations = 0
    for target in targets:
        name = shown(target.path)
        source = read_target(target.path, name)
        fixed = None if target.fixed is None else read_target(target.fixed, shown(target.fixed))
        found, told, count = check_target(source, name, rules, fixed)
        failures += found
        notes += told
        annotations += count
    bare = tuple(rule for rule in rules if not len(rule.examples) and not targets)
    examples = sum(len(rule.examples) for rule in rules)
    return Tested(path, tuple(rules), examples, annotations, tuple(failures), bare, tuple(notes))
