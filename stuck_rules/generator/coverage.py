"""What became of each lesson of a log, by the rulebook that stands."""

from __future__ import annotations

from collections import Counter

from stuck_rules.generator.draft import Decision, Outcome, draft
from stuck_rules.generator.ids import keep_ids
from stuck_rules.generator.logsettings import settings_for
from stuck_rules.model.lesson import Log, Role
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.values import dataclass, replace

# Roles whose lessons ask for something.
ASKING = (Role.PREVENTION, Role.WRONG, Role.CORRECT)
OUTCOMES = (Outcome.RULE, Outcome.DISABLED, Outcome.REMINDER)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The decisions on all lessons, in file order."""

    decisions: tuple[Decision, ...]

    def count(self, outcome: Outcome, role: Role | None = None) -> int:
        """How many lessons, of a role or of all, ended so."""
        counts = Counter(d.outcome for d in self.decisions if role is None or d.lesson.role is role)
        return counts[outcome]

    @property
    def share(self) -> float:
        """How many of the lessons that tell what to do or not to do enabled rules hold, in percent.

        A log without such lessons is held whole.
        """
        asked = [d for d in self.decisions if d.lesson.role in ASKING]
        held = sum(d.outcome is Outcome.RULE for d in asked)
        return 100 * held / len(asked) if asked else 100.0

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that occur, in the order of their definition."""
        present = {decision.lesson.role for decision in self.decisions}
        return tuple(role for role in Role if role in present)


def cover(log: Log, rulebook: Rulebook, configured: LogSettings | None = None) -> Coverage:
    """Account for every lesson; whether a rule is enabled, the rulebook says.

    The log is understood as the rulebook says, or else as `configured`.
    """
    standing = {rule.id: rule for rule in rulebook.rules}
    drafted = draft(log, settings_for(rulebook, configured))
    named = keep_ids(drafted.rules, standing)
    ids = {rule.id: kept.id for rule, kept in zip(drafted.rules, named, strict=True)}
    decisions = []
    for told in drafted.decisions:
        decision = replace(told, rule=ids.get(told.rule or ""))
        rule = standing.get(decision.rule or "")
        if decision.rule is None or rule is None:
            reason = decision.reason
            if decision.rule is not None:
                reason = f"rule {decision.rule} is not in the rulebook: run stuck-rules generate"
            decisions.append(
                Decision(decision.entry, decision.lesson, Outcome.REMINDER, None, reason)
            )
            continue
        outcome = Outcome.RULE if rule.enabled else Outcome.DISABLED
        note = "" if rule.enabled else rule.note or ""
        decisions.append(Decision(decision.entry, decision.lesson, outcome, rule.id, note))
    return Coverage(tuple(decisions))
