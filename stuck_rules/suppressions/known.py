"""What a run knows of the rules that a suppression may name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum

from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import FilesCondition, Rule
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.values import dataclass

# Adds what is to be said of a text's suppressions to what its rules say of it.
Judging = Callable[[str, FileResult], FileResult]


class State(Enum):
    """What a run does with a rule."""

    RUNS = "it runs on each file that its paths want"
    COUNTS = "it looks at many files together"
    DISABLED = "the rulebook switches it off"
    LEFT_OUT = "it was not asked for"
    FOREIGN = "it is for another language"


@dataclass(frozen=True, slots=True)
class KnownRules:
    """What is known of all rules, by id, where one file is looked at.

    `looking` are those that look at the file, `away` those that never do; what a run that asked
    for other rules leaves out is neither.
    """

    states: Mapping[str, State]
    looking: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()


def know_rules(rulebooks: Iterable[Rulebook], running: Collection[Rule]) -> dict[str, State]:
    """The state of each rule, by id, where some run."""
    states: dict[str, State] = {}
    for rulebook in rulebooks:
        states.update((skipped.id, State.FOREIGN) for skipped in rulebook.skipped)
        states.update((rule.id, _state(rule, running)) for rule in rulebook.rules)
    return states


def _state(rule: Rule, running: Collection[Rule]) -> State:
    if rule in running:
        return State.COUNTS if isinstance(rule.condition, FilesCondition) else State.RUNS
    return State.LEFT_OUT if rule.enabled else State.DISABLED
