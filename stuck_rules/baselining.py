"""A run held against its project's baseline."""

from __future__ import annotations

import os
from collections.abc import Callable, Container
from pathlib import Path

from stuck_rules.baseline.comparison import Comparison, Looked, Rest, compare
from stuck_rules.baseline.known import Known
from stuck_rules.baseline.renewal import follow
from stuck_rules.baseline.storage import BaselineFile
from stuck_rules.links import shown_path
from stuck_rules.model.source import FilePath
from stuck_rules.model.violation import SuppressionKind, Violation
from stuck_rules.project import Project
from stuck_rules.runs import Run, check_rest
from stuck_rules.scanner.arguments import is_inside, resolve
from stuck_rules.scanner.fixer import FileFixer
from stuck_rules.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline's file and what it knows."""

    file: BaselineFile
    known: Known


@dataclass(frozen=True, slots=True)
class Held:
    """A baseline, and how a run compares with it.

    `violations` are all of the run, those that the baseline knows marked.
    """

    baseline: Baseline
    comparison: Comparison
    violations: tuple[Violation, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a scan says of the baseline: how much it hides, and what is stale in it."""
        shown = self.baseline.file.shown
        hidden = sum(
            v.suppressed is not None and v.suppressed.kind is SuppressionKind.BASELINE
            for v in self.violations
        )
        stale = sum(self.comparison.stale.values())
        notes = []
        if hidden:
            notes.append(f"{_are(hidden, 'known ')} in the baseline {shown}")
        if stale:
            notes.append(
                f"{_are(stale)} in the baseline {shown} and no longer in the code; "
                "`stuck-rules baseline prune` drops what is stale"
            )
        return tuple(notes)


def _are(number: int, which: str = "") -> str:
    return f"{number} {which}violation{' is' if number == 1 else 's are'}"


def baseline_file(project: Project) -> BaselineFile:
    """Where the project's baseline is, or would be."""
    location = project.baseline
    return BaselineFile(location, shown_path(location, project.cwd, project.root))


def read_baseline(project: Project) -> Baseline:
    """The project's baseline. Raises BaselineError where it is missing or is none."""
    file = baseline_file(project)
    return Baseline(file, file.read())


def _follow_fixes(baseline: Baseline, fixer: FileFixer, root: Path) -> Baseline:
    """The baseline after fixes; it is written where they were."""
    known = baseline.known
    inside = resolve(root)
    for file in fixer.files:
        if is_inside(file.location, inside):
            known = follow(known, file.had, file.left, file.applied, is_gone=_gone_from(root))
    if fixer.write and known != baseline.known:
        baseline.file.write(known)
    return replace(baseline, known=known)


def _gone_from(root: Path) -> Callable[[str], bool]:
    return lambda path: not os.path.lexists(root / path)


def hold_to_baseline(run: Run, baseline: Baseline, fixer: FileFixer | None = None) -> Held:
    """Compare a run with a baseline; files outside of the root are in none.

    A baseline follows the statements that fixes changed. Raises BaselineError where it cannot be
    written.
    """
    if fixer is not None:
        baseline = _follow_fixes(baseline, fixer, run.project.root)
    root = resolve(run.project.root)
    outside = frozenset(file.path for file in run.files if not is_inside(file.location, root))
    inside = [v for v in run.result.violations if v.path.file not in outside]
    if run.changed is not None:
        # Of equal violations the ones that nobody touched are the known ones.
        inside.sort(key=run.changed.touches)
    others = [v for v in run.result.violations if v.path.file in outside]
    reason = f"in the baseline {baseline.file.shown}"
    looked = _looked(run, baseline.known, outside)
    comparison = compare(baseline.known, inside, looked, reason=reason)
    violations = sorted((*comparison.violations, *others), key=lambda violation: violation.order)
    return Held(baseline, comparison, tuple(violations))


def _looked(run: Run, known: Known, outside: Container[FilePath]) -> Looked:
    unclear = {problem.relative for problem in run.result.problems}
    files = (file.path for file in run.files if file.path not in outside)
    return Looked(
        rules=_rules(run, known),
        files=frozenset(path.relative for path in files if path.relative not in unclear),
        folders=run.around.folders,
        is_gone=_gone_from(run.project.root),
        rest=lambda rules, wanted: _rest(run, rules, wanted),
    )


def _rules(run: Run, known: Known) -> frozenset[str]:
    """The rules that ran, and those that no rulebook of the project holds any more."""
    running = {rule.id for rule in run.chosen.told}
    project = run.project
    places = project.config.places.get("rulebook", ())
    if any(place.source == "--rulebook" for place in places):
        return frozenset(running)
    held = {rule.id for rulebook in project.all_rulebooks for rule in rulebook.rules}
    return frozenset(running | {place.rule for place in known if place.rule not in held})


def _rest(run: Run, rules: Container[str], wanted: Callable[[str], bool]) -> Rest:
    """What the rest of the project says of some of the rules.

    All rules are asked, since what they say is remembered from other runs.
    """
    files = tuple(file for file in run.around.files if wanted(file.path.relative))
    if not files:
        return Rest((), frozenset())
    result = check_rest(run, files)
    seen = {(v.rule, v.path.relative, v.path.cell, v.span) for v in run.result.violations}
    unclear = {problem.relative for problem in result.problems}
    return Rest(
        tuple(
            v
            for v in result.violations
            if v.rule in rules
            and wanted(v.path.relative)
            and (v.rule, v.path.relative, v.path.cell, v.span) not in seen
        ),
        frozenset(f.path.relative for f in files if f.path.relative not in unclear),
    )
