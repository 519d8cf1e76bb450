"""How often proposed rules fire in a project, and which are held back for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stuck_rules.generator.draft import Drafted, Outcome
from stuck_rules.generator.recipes import GENERAL
from stuck_rules.model.rule import Rule
from stuck_rules.values import dataclass, replace

# A learnt rule that fires more often than this waits for a person.
MOST = 20
_MARK = "Fires "


@dataclass(frozen=True, slots=True)
class Fired:
    """Where a rule fires in a project: the path and the line of each place, in order."""

    places: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """How often it fires."""
        return len(self.places)

    def __str__(self) -> str:
        if not self.places:
            return "never"
        files = len({path for path, _ in self.places})
        path, line = self.places[0]
        times = "once" if self.count == 1 else f"{self.count} times in {files} file(s)"
        return f"{times}, first at {path}:{line}"


Backtest = Callable[[tuple[Rule, ...]], Mapping[str, Fired]]


def hold_back(drafted: Drafted, fired: Mapping[str, Fired]) -> Drafted:
    """The draft with the learnt rules that fire often disabled, and a note that says how often."""
    rules = tuple(_held(rule, fired.get(rule.id)) for rule in drafted.rules)
    notes = {new.id: new.note for new, old in zip(rules, drafted.rules, strict=True) if new != old}
    decisions = tuple(
        replace(decision, outcome=Outcome.DISABLED, reason=notes[decision.rule] or "")
        if decision.rule in notes
        else decision
        for decision in drafted.decisions
    )
    return replace(drafted, rules=rules, decisions=decisions)


def _held(rule: Rule, fired: Fired | None) -> Rule:
    is_learnt = rule.origin is not None and rule.origin.recipe in GENERAL
    if fired is None or fired.count <= MOST or not rule.enabled or not is_learnt:
        return rule
    note = f"{_MARK}{fired}: code that nobody called wrong yet. Enable it if it is."
    return replace(rule, enabled=False, note=note)


def still_held(rule: Rule, standing: Rule | None) -> Rule:
    """The rule as an earlier backtest left it, which a run without one does not undo."""
    if standing is None or standing.enabled or not (standing.note or "").startswith(_MARK):
        return rule
    return replace(rule, enabled=False, note=standing.note) if rule.enabled else rule
