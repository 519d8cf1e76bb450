"""A run over a project's files: which rules looked at what, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from stuck_rules.choice import ChosenRules, choose_rules_of, discovery_of
from stuck_rules.errors import Problem, UsageError
from stuck_rules.leftover import Leftover, find_leftover
from stuck_rules.model.rule import FilesCondition, Rule
from stuck_rules.model.violation import Violation
from stuck_rules.project import Project
from stuck_rules.scanner.checking import CheckSettings
from stuck_rules.scanner.discovery import Discovery, DiscoverySettings, discover
from stuck_rules.scanner.fixer import FileFixer, Sparing, both_judge
from stuck_rules.scanner.memory import Memory
from stuck_rules.scanner.rulesets import OwnRules
from stuck_rules.scanner.scan import Progress, Scan, Scanner
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.surroundings import Surroundings
from stuck_rules.suppressions.known import Judging, know_rules
from stuck_rules.values import dataclass, field, replace

if TYPE_CHECKING:
    from stuck_rules.changes import Narrowed
    from stuck_rules.model.result import FileResult


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What to scan and with which rules; empty fields leave it to the configuration.

    Without `fixes`, violations of patterns come without theirs, which takes less time. Without
    `baseline`, known violations are told as new ones are; with `ignore_suppressions`, those that
    a comment hides. `unsaved` holds contents by path, as it stands in `paths`, of files that are
    not read from disk and need not be there. `changed_since` is a branch, tag or commit: only
    what changed since then is looked at. More than one of `jobs` start processes where there is
    enough to do. With `check_syntax` a file that is no Python is a problem even where no rule
    could match.
    """

    paths: tuple[str, ...] = (".",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    show_suppressed: bool = False
    ignore_suppressions: bool = False
    fixes: bool = True
    baseline: bool = True
    changed_since: str | None = None
    jobs: int = 1
    check_syntax: bool = False
    unsaved: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What was looked for, found and checked; `files` are those that were checked.

    `around` knows what the project holds besides, and `changed` what of the files changed, where
    only that counts.
    """

    project: Project
    options: ScanOptions
    chosen: ChosenRules
    checking: CheckSettings
    found: Discovery
    files: tuple[DiscoveredFile, ...]
    around: Surroundings
    result: Scan
    leftover: Leftover
    changed: Narrowed | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of rulebooks that ran."""
        return self.chosen.rules

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be checked, sorted by place."""
        problems = (*self.found.problems, *self.result.problems, *self.leftover.problems)
        return tuple(sorted(problems, key=lambda p: (p.path, p.line or 0, p.kind.value, p.message)))


def _narrow(
    project: Project, options: ScanOptions, rules: Iterable[Rule], found: Discovery
) -> Narrowed | None:
    """What of the files changed, where only that counts."""
    if options.changed_since is None:
        return None
    from stuck_rules.changes import changes_since

    if options.unsaved:
        raise UsageError.at("--changed-since compares files on disk, not what is not saved yet")
    changes = changes_since(project.root, options.changed_since)
    counting = frozenset(r.id for r in rules if isinstance(r.condition, FilesCondition))
    return changes.narrow(found.files, counting)


def _refuse_unasked(options: ScanOptions) -> None:
    """Contents that no path asks for would be passed over without a word."""
    for name in options.unsaved:
        if name not in options.paths:
            raise UsageError.at(f"unsaved contents of {name!r}: name that path in `paths` too")


def _sparing_of(chosen: ChosenRules, changed: Narrowed | None) -> Sparing | None:
    """What takes the fixes from violations that are not asked for, where there may be such."""
    told = frozenset(rule.id for rule in chosen.told)
    touched = None if changed is None else changed.spare
    if told.issuperset(rule.id for rule in (*chosen.rules, *chosen.builtin.rules)):
        return touched

    def asked(text: str, result: FileResult) -> FileResult:
        del text
        kept = (v if v.rule in told else replace(v, fix=None) for v in result.violations)
        return replace(result, violations=tuple(kept))

    def spare(file: DiscoveredFile, text: str) -> Judging:
        return asked if touched is None else both_judge(touched(file, text), asked)

    return spare


def _look(
    project: Project, options: ScanOptions
) -> tuple[ChosenRules, DiscoverySettings, Discovery, Narrowed | None]:
    """The rules, how files are looked for, what was found, and what of it changed."""
    _refuse_unasked(options)
    chosen = choose_rules_of(project, options.select, options.ignore)
    settings = discovery_of(
        project, chosen.rule_sets, exclude=options.exclude, unsaved=options.unsaved
    )
    found = discover(options.paths, settings)
    return chosen, settings, found, _narrow(project, options, chosen.rules, found)


def find_files(project: Project, options: ScanOptions) -> Discovery:
    """The files that a scan would check, and what it would leave out, with the reasons."""
    _, _, found, changed = _look(project, options)
    return found if changed is None else replace(found, files=changed.files)


def start_run(
    project: Project,
    options: ScanOptions,
    fixer: FileFixer | None = None,
    progress: Progress | None = None,
) -> Run:
    """Find the files and check them.

    Raises UsageError for names that fit no rule, for contents whose path is not among the paths,
    and where git cannot tell what changed.
    """
    chosen, settings, found, changed = _look(project, options)
    rule_sets = chosen.rule_sets
    files = found.files if changed is None else changed.files
    around = Surroundings(settings, options.paths, files, narrowed=changed is not None)
    checking = CheckSettings(
        tuple(rule_sets),
        project.config.max_file_size,
        own_rules(project, chosen),
        fixes=options.fixes or fixer is not None,
        check_syntax=options.check_syntax,
        rule_timeout=project.config.rule_timeout,
    )
    if fixer is not None:
        fixer.sparing = _sparing_of(chosen, changed)
    scanner = Scanner(checking, fixer=fixer, memory=memory_of(project, checking), jobs=options.jobs)
    result = scanner.scan(files, progress, beside=around.counted(rule_sets))
    if fixer is not None and fixer.files and fixer.write:
        # The lines stand elsewhere now.
        changed = _narrow(project, options, chosen.rules, found)
    told = replace(result, violations=tuple(_told(result.violations, chosen, options)))
    looked = replace(found, files=files)
    leftover = find_leftover(project, options.paths if changed is None else (), looked)
    return Run(project, options, chosen, checking, found, files, around, told, leftover, changed)


def check_rest(run: Run, files: Sequence[DiscoveredFile]) -> Scan:
    """What the same check tells of some of the files that a run left out."""
    memory = memory_of(run.project, run.checking)
    scanner = Scanner(run.checking, memory=memory, jobs=run.options.jobs)
    checked = {file.location for file in files}
    others = (file for file in run.around.files if file.location not in checked)
    result = scanner.scan(files, beside=(*run.files, *others))
    told = _told(result.violations, run.chosen, run.options)
    return replace(result, violations=tuple(told))


def memory_of(project: Project, checking: CheckSettings) -> Memory | None:
    """What earlier runs tell of files checked so; None where nothing is remembered."""
    cache = project.cache
    return Memory(cache, checking, str(project.root)) if cache is not None else None


def own_rules(project: Project, chosen: ChosenRules) -> OwnRules:
    """The built-in rules with what they must know of the others."""
    return OwnRules(chosen.builtin, know_rules(project.rulebooks, set(chosen.rules)))


def _told(
    violations: Iterable[Violation], chosen: ChosenRules, options: ScanOptions
) -> Iterator[Violation]:
    """The violations of rules that were asked for, none hidden where comments do not count."""
    ids = {rule.id for rule in chosen.told}
    for violation in violations:
        if violation.rule in ids:
            yield replace(violation, suppressed=None) if options.ignore_suppressions else violation
