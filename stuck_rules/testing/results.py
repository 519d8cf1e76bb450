"""What comes of proving rules."""

from __future__ import annotations

from enum import Enum

from stuck_rules.errors import Problem
from stuck_rules.model.rule import Rule
from stuck_rules.values import dataclass


class FailureKind(str, Enum):
    """How a proof fails; the values are those of the JSON output."""

    MISSED = "missed"
    FALSE_ALARM = "false-alarm"
    WRONG_FIX = "wrong-fix"
    UNKNOWN_RULE = "unknown-rule"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Failure:
    """An example or annotation that does not hold.

    `line` is a line of `path`, and without a path of the rulebook. `rule` is None where several
    rules have part in it. `hint` says how far the rule got, or shows a difference.
    """

    rule: str | None
    kind: FailureKind
    line: int
    message: str
    path: str | None = None
    column: int | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class TargetResult:
    """What a target says of the rules.

    `annotated` are the ids of the rules that it tries, one for each annotation; `problems` are
    what could not be answered.
    """

    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    annotated: tuple[str, ...] = ()
    fixes: int = 0


@dataclass(frozen=True, slots=True)
class Tested:
    """A rulebook's proofs."""

    path: str
    rules: tuple[Rule, ...]
    unproven: tuple[Failure, ...]
    targets: tuple[TargetResult, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The examples and annotations that do not hold."""
        return (*self.unproven, *(f for target in self.targets for f in target.failures))

    @property
    def examples(self) -> int:
        """How many examples were tried."""
        return sum(len(rule.examples) for rule in self.rules)

    @property
    def annotated(self) -> tuple[str, ...]:
        """The id of the rule of each annotation that was tried."""
        return tuple(rule_id for target in self.targets for rule_id in target.annotated)

    @property
    def proofs(self) -> int:
        """How many examples, annotations and fixed files were tried."""
        fixes = sum(target.fixes for target in self.targets)
        return self.examples + len(self.annotated) + fixes

    @property
    def bare(self) -> tuple[Rule, ...]:
        """The rules that nothing tries."""
        tried = set(self.annotated)
        return tuple(r for r in self.rules if not len(r.examples) and r.id not in tried)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the targets have to tell beside failures."""
        return tuple(note for target in self.targets for note in target.notes)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be answered."""
        return tuple(problem for target in self.targets for problem in target.problems)
