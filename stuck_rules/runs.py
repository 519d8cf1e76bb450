"""A run over a project's files: which rules looked at what, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stuck_rules.errors import Problem, UsageError
from stuck_rules.model.rule import Rule
from stuck_rules.project import Project
from stuck_rules.scanner.discovery import Discovery, DiscoverySettings, discover
from stuck_rules.scanner.fixer import FileFixer
from stuck_rules.scanner.scan import Progress, RuleSet, Scan, Scanner
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.surroundings import Surroundings
from stuck_rules.selection import select_rules
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What to scan and with which rules; empty fields leave it to the configuration.

    Without `fixes`, violations of patterns come without theirs, which takes less time. Without
    `baseline`, known violations are told as new ones are. `unsaved` holds contents by path, of
    files among `paths` that are not read from disk and need not be there.
    """

    paths: tuple[str, ...] = (".",)
    rulebooks: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    show_suppressed: bool = False
    fixes: bool = True
    baseline: bool = True
    unsaved: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What was looked for, found and checked; `files` are those that were checked.

    `around` knows what the project holds besides.
    """

    project: Project
    rule_sets: tuple[RuleSet, ...]
    found: Discovery
    files: tuple[DiscoveredFile, ...]
    around: Surroundings
    result: Scan

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that ran."""
        return tuple(rule for rule_set in self.rule_sets for rule in rule_set.rules)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be checked, sorted by place."""
        problems = (*self.found.problems, *self.result.problems)
        return tuple(sorted(problems, key=lambda p: (p.path, p.line or 0, p.kind.value, p.message)))


def _excludes(project: Project, options: ScanOptions) -> tuple[str, ...]:
    config = project.config
    exclude = options.exclude or project.globs(config.exclude)
    return (*exclude, *project.globs(config.extend_exclude))


def _rule_sets_by_path(
    project: Project, every: Sequence[Rule], selected: Sequence[Rule], ignored: Sequence[str]
) -> list[RuleSet]:
    """The rules that run anywhere, by rulebook, with the policy that says where."""
    from stuck_rules.perpath import read_path_rules
    from stuck_rules.scanner.pathpolicy import PathPolicy

    tables = read_path_rules(project.config.per_path, every, ignored, to_root=project.globs)
    usual = frozenset(rule.id for rule in selected)
    anywhere = usual.union(*(table.also | (table.only or frozenset()) for table in tables))
    sets = []
    for rulebook in project.rulebooks:
        rules = tuple(rule for rule in rulebook.rules if rule.id in anywhere)
        policy = PathPolicy(rules, usual, tables)
        sets.append(RuleSet(rules, project.prefix(rulebook), policy))
    return sets


def _rule_sets(project: Project, options: ScanOptions) -> list[RuleSet]:
    """The rules that run, by rulebook."""
    config = project.config
    ignored = (*(options.ignore or config.ignore), *config.extend_ignore)
    every = [rule for rulebook in project.rulebooks for rule in rulebook.rules]
    try:
        selected = select_rules(
            every, options.select or config.select, ignored, also=config.extend_select
        )
    except UsageError as error:
        from stuck_rules.rulechanges import unknown_names

        raise unknown_names(config, every) or error from None
    if config.per_path:
        return _rule_sets_by_path(project, every, selected, ignored)
    running = set(selected)
    return [
        RuleSet(tuple(r for r in rulebook.rules if r in running), project.prefix(rulebook))
        for rulebook in project.rulebooks
    ]


def start_run(
    project: Project,
    options: ScanOptions,
    fixer: FileFixer | None = None,
    progress: Progress | None = None,
) -> Run:
    """Find the files and check them; raises UsageError for names that fit no rule."""
    rule_sets = _rule_sets(project, options)
    settings = DiscoverySettings(
        root=project.root,
        cwd=project.cwd,
        exclude=_excludes(project, options),
        wanted=lambda relative: any(rules.wants(relative) for rules in rule_sets),
        unsaved=options.unsaved,
    )
    found = discover(options.paths, settings)
    around = Surroundings(settings, options.paths, found.files)
    size = project.config.max_file_size
    scanner = Scanner(rule_sets, size, fixes=options.fixes, fixer=fixer)
    result = scanner.scan(found.files, progress, beside=around.counted(rule_sets))
    return Run(project, tuple(rule_sets), found, found.files, around, result)
