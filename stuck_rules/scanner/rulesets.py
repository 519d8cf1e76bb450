"""The rules of a run by rulebook, and which of them look at a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from stuck_rules.globs import Globs, applies
from stuck_rules.model.rule import FilesCondition, Rule, TextCondition
from stuck_rules.model.source import FilePath
from stuck_rules.model.violation import Violation
from stuck_rules.scanner.comments import CommentJudge
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.suppressions.known import KnownRules, State
from stuck_rules.values import dataclass, replace

if TYPE_CHECKING:
    from stuck_rules.scanner.pathpolicy import PathPolicy


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one rulebook that run; `prefix` leads from the root to its folder.

    With a policy, only some of the rules look at a file.
    """

    rules: tuple[Rule, ...]
    prefix: str = ""
    policy: PathPolicy | None = None

    def for_path(self, relative: str) -> tuple[Rule, ...]:
        """The rules that look at a file, by its path from the root."""
        held = (self.at(rule, relative) for rule in self.rules)
        return tuple(rule for rule in held if rule is not None)

    def at(self, rule: Rule, relative: str) -> Rule | None:
        """One of the rules as it looks at a file; None where it does not."""
        if not applies(rule.paths, relative.removeprefix(self.prefix)):
            return None
        return rule if self.policy is None else self.policy.at(rule, relative)

    def count_files(
        self,
        paths: Iterable[FilePath],
        rule: Rule,
        condition: FilesCondition,
        *,
        looked_at: frozenset[FilePath],
    ) -> Iterator[Violation]:
        """The violations of a rule on files, counted are those that it looks at.

        It tells only of those in which a file that the run looks at has a part.
        """
        from stuck_rules.filecounts import FileCount, check_files

        ats = ((path, self.at(rule, path.relative)) for path in paths)
        held = {path: at for path, at in ats if at is not None}
        counted = FileCount(tuple(held), looked_at)
        for violation in check_files(counted, rule, condition, self.prefix):
            yield replace(violation, severity=held[violation.path].severity)

    def away(self, file: DiscoveredFile) -> Iterator[str]:
        """The ids of the rules that never look at a file, whatever the settings say."""
        inner = file.relative.removeprefix(self.prefix)
        for rule in self.rules:
            is_text = isinstance(rule.condition, TextCondition)
            if is_text is file.python or not applies(rule.paths, inner):
                yield rule.id

    @property
    def code_rules(self) -> tuple[Rule, ...]:
        """The rules that look at Python's syntax."""
        others = (TextCondition, FilesCondition)
        return tuple(rule for rule in self.rules if not isinstance(rule.condition, others))

    def wants(self, relative: str) -> bool:
        """Whether some rule looks at a file though it is no Python."""
        inner = relative.removeprefix(self.prefix)
        for rule in self.rules:
            condition = rule.condition
            if isinstance(condition, TextCondition) and applies(rule.paths, inner):
                return True
            if isinstance(condition, FilesCondition) and Globs([condition.glob]).matches(inner):
                return True
        return False

    def counts(self, relative: str) -> bool:
        """Whether some rule on which files there are counts a file."""
        inner = relative.removeprefix(self.prefix)
        return any(
            Globs([rule.condition.glob]).matches(inner) and self.at(rule, relative) is not None
            for rule in self.rules
            if isinstance(rule.condition, FilesCondition)
        )


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The built-in rules, and what the run does with the others."""

    rules: RuleSet
    states: Mapping[str, State]

    def judge(self, file: DiscoveredFile, rule_sets: Sequence[RuleSet]) -> CommentJudge | None:
        """What judges the suppressions of a file; None where no built-in rule looks at it."""
        relative = file.relative
        own = {rule.id: rule for rule in self.rules.for_path(relative)}
        if not own:
            return None
        known = KnownRules(
            states=self.states,
            looking=frozenset(rule.id for rules in rule_sets for rule in rules.for_path(relative)),
            away=frozenset(rule for rules in rule_sets for rule in rules.away(file)),
        )
        return CommentJudge(own, known, file)
