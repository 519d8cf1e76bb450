"""What a run chooses from a project: which rules, and which files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stuck_rules.config.finding import OWN_FILE, SHARED_FILE
from stuck_rules.errors import UsageError
from stuck_rules.model.rule import Rule
from stuck_rules.project import Project
from stuck_rules.rulebook.locate import NAME as RULEBOOK
from stuck_rules.scanner.discovery import DiscoverySettings
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.selection import select_rules
from stuck_rules.suppressions.builtin import UNUSED
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class ChosenRules:
    """The rules of a run by rulebook, the built-in ones apart; `told` are those to report."""

    rule_sets: tuple[RuleSet, ...]
    builtin: RuleSet
    told: frozenset[Rule]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all rulebooks that run."""
        return tuple(rule for rules in self.rule_sets for rule in rules.rules)


def choose_rules_of(
    project: Project, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> ChosenRules:
    """The rules that run; where no names are given, those of the settings.

    Where only built-in rules were asked for, the others run to know what suppressions hide, and
    are not reported. Raises UsageError or ConfigError for names that fit no rule.
    """
    config = project.config
    ignored = (*(ignore or config.ignore), *config.extend_ignore)
    every = [rule for rulebook in project.all_rulebooks for rule in rulebook.rules]
    named = select or config.select
    try:
        selected = select_rules(every, named, ignored, also=config.extend_select)
    except UsageError as error:
        from stuck_rules.rulechanges import unknown_names

        raise unknown_names(config, every) or error from None
    own = {rule.id for rule in project.builtin.rules}
    asked = {rule.id for rule in selected}
    alone = UNUSED.id in asked and own.issuperset(r.id for r in select_rules(every, named, ignored))
    if alone:
        usual = [rule for rule in select_rules(every, (), ignored) if rule.id not in asked]
        selected = (*usual, *selected)
    sets = _by_path if config.per_path else _everywhere
    *books, builtin = sets(project, selected, every, ignored)
    running = [rule for rules in (*books, builtin) for rule in rules.rules]
    told = (rule for rule in running if not alone or rule.id in asked)
    return ChosenRules(tuple(books), builtin, frozenset(told))


def _everywhere(
    project: Project, selected: Sequence[Rule], every: Sequence[Rule], ignored: Sequence[str]
) -> list[RuleSet]:
    """The rules by rulebook where all paths are alike."""
    del every, ignored
    running = set(selected)
    return [
        RuleSet(tuple(r for r in rulebook.rules if r in running), project.prefix(rulebook))
        for rulebook in project.all_rulebooks
    ]


def _by_path(
    project: Project, selected: Sequence[Rule], every: Sequence[Rule], ignored: Sequence[str]
) -> list[RuleSet]:
    """The rules that run anywhere, by rulebook, with the policy that says where."""
    from stuck_rules.perpath import read_path_rules
    from stuck_rules.scanner.pathpolicy import PathPolicy

    tables = read_path_rules(project.config.per_path, every, ignored, to_root=project.globs)
    usual = frozenset(rule.id for rule in selected)
    anywhere = usual.union(*(table.also | (table.only or frozenset()) for table in tables))
    sets = []
    for rulebook in project.all_rulebooks:
        rules = tuple(rule for rule in rulebook.rules if rule.id in anywhere)
        policy = PathPolicy(rules, usual, tables)
        sets.append(RuleSet(rules, project.prefix(rulebook), policy))
    return sets


def discovery_of(
    project: Project,
    rule_sets: Sequence[RuleSet],
    *,
    exclude: Sequence[str] = (),
    unsaved: Mapping[str, bytes],
) -> DiscoverySettings:
    """How to look for the files; `exclude`, relative to the root, replaces the settings'."""
    config = project.config
    return DiscoverySettings(
        root=project.root,
        cwd=project.cwd,
        exclude=(
            *(exclude or project.globs(config.exclude)),
            *project.globs(config.extend_exclude),
        ),
        wanted=lambda relative: any(rules.wants(relative) for rules in rule_sets),
        unsaved=unsaved,
        watched=frozenset({OWN_FILE, SHARED_FILE, RULEBOOK}),
    )
