"""What the program can do, for its command line and for other programs.

The names in `__all__` stay as they are within a major version; `docs/api.md` shows them at work.
All others serve the command line alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stuck_rules import __version__
from stuck_rules.errors import BaselineError, Problem, ProblemKind, StuckRulesError, UsageError
from stuck_rules.links import LinkBase, blob_url_of, link_rule
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.result import EntryLink, Report, RuleInfo
from stuck_rules.model.rule import Rule, Severity
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.model.source import FilePath, Position, Span
from stuck_rules.model.unfollowed import unfollowed
from stuck_rules.model.violation import Suppression, Violation
from stuck_rules.project import Project, open_project
from stuck_rules.runs import Run, ScanOptions, start_run
from stuck_rules.scanner.fixer import FileFixer
from stuck_rules.scanner.reading import bytes_of
from stuck_rules.scanner.scan import Progress
from stuck_rules.values import dataclass, replace

_AS_CONFIGURED = ScanOptions()
# A rule on text may see something in the comments that are written.
_ROUNDS = 3

if TYPE_CHECKING:
    from stuck_rules.baselining import Baseline, Held
    from stuck_rules.scanner.adding import Added


__all__ = [
    "Edit",
    "EntryLink",
    "FileFixer",
    "FilePath",
    "Fix",
    "FixedText",
    "Position",
    "Problem",
    "ProblemKind",
    "Project",
    "Report",
    "ScanOptions",
    "Severity",
    "Span",
    "StuckRulesError",
    "Suppression",
    "Violation",
    "as_data",
    "check_text",
    "fix_text",
    "load_plugins",
    "open_project",
    "render",
    "scan",
]


def _baseline(project: Project) -> Baseline:
    from stuck_rules.baselining import read_baseline

    return read_baseline(project)


def _wanted_baseline(project: Project, options: ScanOptions) -> Baseline | None:
    return _baseline(project) if options.baseline and project.has_baseline else None


def scan(
    project: Project,
    options: ScanOptions = _AS_CONFIGURED,
    *,
    fixer: FileFixer | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check files against the project's rules; suppressed violations only when asked for.

    Without options, all files of the folder where the project was opened. With a fixer, files
    are fixed and the report tells what remains; the fixer knows what was done, and the baseline
    follows the statements that fixes changed. `progress` is told, file by file, how many of all
    are done. Whatever could not be checked is among the report's problems. Raises UsageError for
    names that fit no rule, and BaselineError for a baseline that is none.
    """
    baseline = _wanted_baseline(project, options)
    return _report(start_run(project, options, fixer, progress), options, baseline, fixer)


def add_suppressions(
    project: Project, options: ScanOptions, reason: str, *, progress: Progress | None = None
) -> tuple[Report, Added]:
    """Write a suppression for each violation that `scan` would tell of; what remains is told.

    Raises UsageError for a reason that no comment can hold, and whatever `scan` raises.
    """
    from stuck_rules.scanner.adding import add_up, write_suppressions
    from stuck_rules.suppressions.addition import check_reason

    reason = check_reason(reason)
    baseline = _wanted_baseline(project, options)
    rounds: list[Added] = []
    while True:
        run = start_run(project, options, progress=progress)
        report = _report(run, options, baseline)
        if len(rounds) < _ROUNDS:
            shown = [violation for violation in report.violations if violation.suppressed is None]
            files = {file.path: file for file in run.files}
            rounds.append(write_suppressions(shown, files, run.result.lines, reason))
            if rounds[-1].files:
                continue
        problems = (*report.problems, *rounds[-1].problems)
        return replace(report, problems=problems), add_up(rounds)


def _report(
    run: Run, options: ScanOptions, baseline: Baseline | None, fixer: FileFixer | None = None
) -> Report:
    """What is to be told of a run."""
    project = run.project
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
            *_without_rules(run),
            *unfollowed(run.rules),
            *run.leftover.notes,
        ),
        lines=run.result.lines,
    )


def check_text(
    project: Project, text: str | bytes, path: str, options: ScanOptions = _AS_CONFIGURED
) -> Report:
    """Check a text as if it were the content of the file of that path, which need not be there.

    Excludes, settings and the paths of rules hold as for that file; the paths of the options do
    not count. Bytes are taken as a file's, with their encoding.
    """
    return scan(project, _for_text(options, text, path))


@dataclass(frozen=True, slots=True)
class FixedText:
    """A text with its fixes; `report` is of what remains, `fixed` how many violations went."""

    text: str
    report: Report
    fixed: int


def fix_text(
    project: Project,
    text: str,
    path: str,
    options: ScanOptions = _AS_CONFIGURED,
    *,
    unsafe: bool = False,
) -> FixedText:
    """Fix a text as `check_text` checks it; no file is written.

    `unsafe` takes in fixes that may change what the code means or lose a comment.
    """
    fixer = FileFixer(write=False, unsafe=unsafe)
    report = scan(project, _for_text(options, text, path), fixer=fixer)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    for file in fixer.files:
        return FixedText(mark + file.after, report, len(file.applied))
    return FixedText(text, report, 0)


def as_data(report: Report) -> dict[str, object]:
    """The report as plain data: the document of the format `json`, whose keys are a contract."""
    from stuck_rules.reporters.json import document

    return document(report)


def render(report: Report, form: str = "full") -> str:
    """The report as text, in one of the formats of the command line.

    Raises UsageError for a format that there is not.
    """
    from stuck_rules.reporters import FORMATS
    from stuck_rules.reporters.base import Style

    if form not in FORMATS:
        raise UsageError.at(f"no format {form!r}; there are {', '.join(FORMATS)}")
    return FORMATS[form].render(report, Style())


def load_plugins(
    modules: Sequence[str] = (), *, installed: bool = False, root: Path | None = None
) -> tuple[str, ...]:
    """Load checks of one's own, before a project with rules that need them is opened.

    `modules` are Python modules, looked for in `root` too; with `installed` the checks of
    installed packages are loaded. Returns the names of the checks, and raises UsageError where
    one cannot be loaded. This runs code, so nothing loads it but a call.
    """
    from stuck_rules.plugins import load_plugins as load

    return load(modules, installed=installed, root=root)


def _for_text(options: ScanOptions, text: str | bytes, path: str) -> ScanOptions:
    data = text if isinstance(text, bytes) else bytes_of(text)
    return replace(options, paths=(path,), unsaved={path: data})


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


def _without_rules(run: Run) -> list[str]:
    """That nothing was looked for; built-in rules count where they were asked for by name."""
    named = run.options.select or run.project.config.select
    if run.rules or (named and run.chosen.builtin.rules):
        return []
    return ["no rule is enabled, so nothing was looked for"]


def link_base(project: Project, environment: Mapping[str, str]) -> LinkBase:
    """What links of this project are made of."""
    return LinkBase(project.root, project.cwd, project.config.log_url, blob_url_of(environment))
