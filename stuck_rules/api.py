"""What the program can do, for its command line and for other programs."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stuck_rules import __version__
from stuck_rules.config.settings import Config
from stuck_rules.errors import BaselineError, Problem, UsageError
from stuck_rules.git import changed_files
from stuck_rules.links import LinkBase, blob_url_of, link_rule, shown_path
from stuck_rules.model.lesson import Log
from stuck_rules.model.result import Report, RuleInfo
from stuck_rules.model.rule import Rule
from stuck_rules.model.rulebook import EntryRef, Rulebook
from stuck_rules.project import Project, open_project
from stuck_rules.runs import ScanOptions, find_files, start_run
from stuck_rules.scanner.discovery import DiscoverySettings, discover
from stuck_rules.scanner.fixer import FileFixer
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.scanner.scan import Progress, Scanner
from stuck_rules.scanner.search import NAMELESS
from stuck_rules.values import dataclass, replace

if TYPE_CHECKING:
    from stuck_rules.baselining import Baseline, Held
    from stuck_rules.reminders import Reminded


def _baseline(project: Project) -> Baseline:
    from stuck_rules.baselining import read_baseline

    return read_baseline(project)


def scan(
    project: Project,
    options: ScanOptions,
    *,
    fixer: FileFixer | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check files against the project's rules; suppressed violations only when asked for.

    With a fixer, files are fixed and the report tells what remains; the fixer knows what was
    done, and the baseline follows the statements that fixes changed. `progress` is told, file by
    file, how many of all are done. Whatever could not be checked is among the report's problems.
    Raises UsageError for names that fit no rule, and BaselineError for a baseline that is none.
    """
    baseline = _baseline(project) if options.baseline and project.has_baseline else None
    run = start_run(project, options, fixer, progress)
    violations, notes = run.result.violations, (*run.found.notes, *_skipped(project.rulebooks))
    if baseline is not None:
        from stuck_rules.baselining import hold_to_baseline

        held = hold_to_baseline(run, baseline, fixer)
        violations, notes = held.violations, (*notes, *held.notes)
    if run.changed is not None:
        violations = tuple(filter(run.changed.touches, violations))
        notes = (*notes, *run.changed.notes)
    return Report(
        version=__version__,
        rulebooks=project.rulebooks,
        rules=_linked(project, run.chosen.told, {}),
        files=len(run.files),
        violations=tuple(v for v in violations if options.show_suppressed or v.suppressed is None),
        problems=run.problems,
        notes=(
            *notes,
            *_without_rules(run.rules),
            *run.leftover.notes,
        ),
        lines=run.result.lines,
    )


def hold(project: Project, options: ScanOptions, *, afresh: bool = False) -> Held:
    """Compare the project with its baseline, or `afresh` with one that is still to be made.

    Raises BaselineError where there is none, or one already, and where some file cannot be
    checked.
    """
    from stuck_rules.baselining import Baseline, baseline_file, hold_to_baseline

    if afresh:
        baseline = Baseline(baseline_file(project), {})
        baseline.file.refuse_existing()
    else:
        baseline = _baseline(project)
    run = start_run(project, options)
    if run.problems:
        message = "was left alone, since not everything could be checked"
        told = Problem(BaselineError.kind, message, baseline.file.shown)
        raise BaselineError(*run.problems, told)
    return hold_to_baseline(run, baseline)


def link_report(project: Project, report: Report, environment: Mapping[str, str]) -> Report:
    """The report with its entries linked to where a run of CI says that the files are hosted."""
    running = frozenset(info.rule for info in report.rules.values())
    return replace(report, rules=_linked(project, running, environment))


def _linked(
    project: Project, running: Collection[Rule], environment: Mapping[str, str]
) -> dict[str, RuleInfo]:
    base = link_base(project, environment)
    return {
        rule.id: link_rule(rule, rulebook, base)
        for rulebook in project.all_rulebooks
        for rule in rulebook.rules
        if rule in running
    }


def _skipped(rulebooks: Sequence[Rulebook]) -> list[str]:
    return [
        f"rule {rule.id} of {rulebook.path} is for {', '.join(rule.languages)}: skipped"
        for rulebook in rulebooks
        for rule in rulebook.skipped
    ]


def _without_rules(selected: Sequence[Rule]) -> list[str]:
    return [] if selected else ["no rule is enabled, so nothing was looked for"]


def link_base(project: Project, environment: Mapping[str, str]) -> LinkBase:
    """What links of this project are made of."""
    return LinkBase(project.root, project.cwd, project.config.log_url, blob_url_of(environment))


def read_log_of(rulebook: Rulebook, project: Project) -> Log:
    """The logs that a rulebook comes from. Raises UsageError where it names none, LogError else."""
    from stuck_rules.lessons.files import LogSource, named_logs
    from stuck_rules.lessons.reader import read_logs

    settings = rulebook.log_settings
    if settings is None or not settings.paths:
        raise UsageError.at("the rulebook names no log; add 'log: PATH' to it", rulebook.path)
    sources = []
    for source in named_logs(Path(rulebook.folder), settings.paths):
        path = Path(os.path.abspath(source.path))
        sources.append(LogSource(path, shown_path(path, project.cwd, project.root)))
    return read_logs(sources, settings=settings)


@dataclass(frozen=True, slots=True)
class Backtested:
    """Where rules fire in code, by rule: the path and line of each place, and what went wrong."""

    places: dict[str, list[tuple[str, int]]]
    problems: tuple[Problem, ...] = ()


def backtest(cwd: Path, paths: Sequence[str], rules: Sequence[Rule]) -> Backtested:
    """Run rules that no rulebook holds yet, disabled ones too; every rule has an answer."""
    rule_set = RuleSet(tuple(rules))
    settings = DiscoverySettings(root=cwd, cwd=cwd, wanted=rule_set.wants)
    found = discover(paths, settings)
    checked = Scanner([rule_set], Config(None, cwd).max_file_size, fixes=False).scan(found.files)
    places: dict[str, list[tuple[str, int]]] = {rule.id: [] for rule in rules}
    for violation in checked.violations:
        if violation.suppressed is None:
            places[violation.rule].append((violation.path.shown, violation.span.start.line))
    return Backtested(places, (*found.problems, *checked.problems))


def remind(project: Project, paths: Sequence[str] = ()) -> list[tuple[Reminded, EntryRef | None]]:
    """The lessons that no rule holds and that speak of the files, with their entries.

    Without paths, of the files that git says changed. Files that are no text are passed over.
    """
    from stuck_rules.reminders import MOST, choose_reminders

    if not paths:
        changed = changed_files(project.root) or ()
        files = {name: project.root / name for name in changed}
    else:
        named = [Path(os.path.abspath(project.cwd / path)) for path in paths]
        files = {_relative(path, project.root): path for path in named}
    texts = {name: _text_of(path) for name, path in files.items()}
    found: list[tuple[Reminded, EntryRef | None]] = []
    for book in project.rulebooks:
        chosen = choose_reminders(book.reminders, texts)
        found.extend((one, book.entry(one.reminder.entry)) for one in chosen)
    return sorted(found, key=lambda pair: -pair[0].score)[:MOST]


def _relative(path: Path, root: Path) -> str:
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    return inside.as_posix()


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""


__all__ = [
    "NAMELESS",
    "Backtested",
    "FileFixer",
    "Project",
    "Report",
    "ScanOptions",
    "backtest",
    "find_files",
    "link_base",
    "link_report",
    "open_project",
    "read_log_of",
    "remind",
    "scan",
]
