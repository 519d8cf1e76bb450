"""Rules held to an annotated file."""

from __future__ import annotations

import difflib
import io
import tokenize
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from stuck_rules.containment import run_file
from stuck_rules.errors import Problem, ProblemKind, SourceError, did_you_mean
from stuck_rules.fixes import apply_fixes
from stuck_rules.globs import applies
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import FilesCondition, PathFilter, Rule, TextCondition
from stuck_rules.model.source import FilePath, Position, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.testing.annotations import Annotation, Expectation, read_annotations
from stuck_rules.testing.examples import miss_of
from stuck_rules.testing.results import Failure, FailureKind, TargetResult
from stuck_rules.texts import check_text
from stuck_rules.values import dataclass, replace


def read_target(path: Path, shown: str) -> str:
    """A target's text by its own encoding. Raises SourceError where it cannot be read."""
    try:
        data = path.read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise SourceError(Problem(ProblemKind.UNREADABLE, message, shown)) from None
    except (SyntaxError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}"
        raise SourceError(Problem(ProblemKind.ENCODING, message, shown)) from None


@dataclass(frozen=True, slots=True)
class _Target:
    """A target that was checked; `flagged` holds, by rule and line, the first column."""

    source: str
    shown: str
    annotations: tuple[Annotation, ...]
    flagged: dict[str, dict[int, int]]
    inner: str | None

    def miss(self, rule: Rule, line: int) -> str | None:
        """How far a rule got on a line that it should flag."""
        if self.inner is None:
            rule = replace(rule, paths=PathFilter())
        return miss_of(rule, self.source, self.inner or self.shown, line)

    def annotated(self, rule: Rule, expectation: Expectation) -> set[int]:
        """The lines of which something is expected of a rule."""
        return {
            a.line for a in self.annotations if a.expectation is expectation and a.names(rule.id)
        }


def check_target(
    source: str,
    shown: str,
    rules: Sequence[Rule],
    *,
    inner: str | None = None,
    fixed: tuple[str, str] | None = None,
    others: Collection[str] = (),
) -> TargetResult:
    """What a target says of rules; `others` are ids that it may name beside theirs.

    `inner` is its path below the folder of its rules' name, by which their `paths` count;
    without one they do not. `fixed` is the name and the text of what the fixes must make of it.
    """
    running = [r for r in rules if inner is None or applies(r.paths, inner)]
    result = _check(source, FilePath(inner or shown, shown), running)
    failed = {problem.rule for problem in result.problems}
    if None in failed:
        return TargetResult(problems=result.problems)
    found = [v for v in result.violations if v.suppressed is None]
    annotations = read_annotations(normalise_text(source))
    target = _Target(source, shown, annotations, _flagged(found), inner)
    compared = [rule for rule in rules if rule.id not in failed]
    failures = [
        *_unknown(target, [rule.id for rule in rules], others),
        *(failure for rule in compared for failure in _compare(rule, target)),
        *(_compare_fix(source, found, *fixed) if fixed is not None else ()),
    ]
    return TargetResult(
        failures=tuple(sorted(failures, key=lambda failure: failure.line)),
        notes=tuple(note for rule in compared for note in _notes(rule, target)),
        problems=result.problems,
        annotated=tuple(r.id for a in annotations for r in rules if a.names(r.id)),
        fixes=int(fixed is not None),
    )


def _check(source: str, path: FilePath, rules: Sequence[Rule]) -> FileResult:
    """The violations of all rules that look at a file's text, code or not."""
    from stuck_rules.engine import check_source

    try:
        result = run_file(lambda: check_source(source, path, rules))
    except SourceError as error:
        return FileResult(problems=error.problems)
    texts = [
        check_text(source, path, rule, rule.condition)
        for rule in rules
        if isinstance(rule.condition, TextCondition)
    ]
    return FileResult(
        tuple(v for each in (result, *texts) for v in each.violations),
        tuple(p for each in (result, *texts) for p in each.problems),
    )


def _flagged(found: Sequence[Violation]) -> dict[str, dict[int, int]]:
    flagged: dict[str, dict[int, int]] = {}
    for violation in found:
        start: Position = violation.span.start
        columns = flagged.setdefault(violation.rule, {})
        columns[start.line] = min(start.column, columns.get(start.line, start.column))
    return flagged


def _unknown(target: _Target, ids: Sequence[str], others: Collection[str]) -> Iterator[Failure]:
    known = [*ids, *others]
    for annotation in target.annotations:
        if not annotation.rule:
            message = "the annotation names no rule"
        elif any(annotation.names(rule_id) for rule_id in known):
            continue
        else:
            message = f"no rule is named {annotation.rule!r}{did_you_mean(annotation.rule, known)}"
        yield Failure(
            annotation.rule or None,
            FailureKind.UNKNOWN_RULE,
            annotation.written,
            message,
            target.shown,
        )


def _compare(rule: Rule, target: _Target) -> Iterator[Failure]:
    if isinstance(rule.condition, FilesCondition):
        return
    flagged = target.flagged.get(rule.id, {})
    wanted = target.annotated(rule, Expectation.FLAGGED)
    undecided = target.annotated(rule, Expectation.FLAGGED_ONE_DAY)
    undecided |= target.annotated(rule, Expectation.CLEAN_ONE_DAY)
    for line in sorted(wanted - flagged.keys() - undecided):
        what = "must be flagged and is not"
        hint = target.miss(rule, line)
        yield Failure(rule.id, FailureKind.MISSED, line, what, target.shown, hint=hint)
    clean = target.annotated(rule, Expectation.CLEAN)
    for line in sorted(flagged.keys() - wanted - undecided):
        what = "and must not be" if line in clean else "and no annotation says so"
        yield Failure(
            rule.id,
            FailureKind.FALSE_ALARM,
            line,
            f"is flagged, {what}",
            target.shown,
            flagged[line],
        )


def _notes(rule: Rule, target: _Target) -> Iterator[str]:
    """What is better than its annotation says."""
    flagged = target.flagged.get(rule.id, {})
    for line in sorted(target.annotated(rule, Expectation.FLAGGED_ONE_DAY)):
        if line in flagged:
            yield f"{target.shown}:{line}: {rule.id} is flagged by now: make it 'ruleid'"
    for line in sorted(target.annotated(rule, Expectation.CLEAN_ONE_DAY)):
        if line not in flagged:
            yield f"{target.shown}:{line}: {rule.id} is not flagged any more: make it 'ok'"


def _compare_fix(
    source: str, found: Sequence[Violation], shown: str, fixed: str
) -> Iterator[Failure]:
    fixes = [(v.rule, v.fix) for v in found if v.fix is not None]
    made = normalise_text(apply_fixes(source, (fix for _, fix in fixes))).rstrip("\n").split("\n")
    wanted = normalise_text(fixed).rstrip("\n").split("\n")
    if made == wanted:
        return
    rules = {rule for rule, _ in fixes}
    same = (
        number for number, pair in enumerate(zip(wanted, made, strict=False)) if len({*pair}) > 1
    )
    line = next(same, min(len(wanted), len(made) + 1) - 1) + 1
    diff = difflib.unified_diff(wanted, made, shown, "what the fixes make", lineterm="", n=1)
    message = "the fixes do not produce this"
    rule = rules.pop() if len(rules) == 1 else None
    yield Failure(rule, FailureKind.WRONG_FIX, line, message, shown, hint="\n".join(diff))
