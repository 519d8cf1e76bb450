"""Rules held to an annotated file."""

from __future__ import annotations

import difflib
import io
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from stuck_rules.errors import UsageError, did_you_mean
from stuck_rules.fixes import apply_fixes
from stuck_rules.model.rule import Rule
from stuck_rules.model.source import FilePath
from stuck_rules.model.violation import Violation
from stuck_rules.testing.annotations import Annotation, Expectation, read_annotations
from stuck_rules.testing.examples import Failure, miss_of


def read_target(path: Path, shown: str) -> str:
    """A target's text by its own encoding. Raises UsageError where it cannot be read."""
    try:
        data = path.read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        raise UsageError.at(f"cannot be read: {error}", shown) from None


def check_target(
    source: str, shown: str, rules: Sequence[Rule], fixed: str | None
) -> tuple[list[Failure], list[str], int]:
    """The failures of rules on a target, notes, and how many annotations there are.

    The rules' `paths` do not count here. Raises UsageError where the target cannot be checked.
    """
    from stuck_rules.engine import check_source

    anywhere = [replace(rule, paths=type(rule.paths)()) for rule in rules]
    result = check_source(source, FilePath(shown, shown), anywhere)
    if result.problems:
        raise UsageError(*result.problems)
    found = [v for v in result.violations if v.suppressed is None]
    annotations = read_annotations(source)
    failures = [*_unknown(annotations, rules, shown)]
    notes: list[str] = []
    for rule in anywhere:
        own = [a for a in annotations if a.names(rule.id)]
        lines = {v.span.start.line for v in found if v.rule == rule.id}
        failures.extend(_compare(rule, own, lines, source, shown))
        notes.extend(_notes(rule, own, lines, shown))
    if fixed is not None:
        failures.extend(_compare_fix(source, found, fixed, shown))
    return failures, notes, len(annotations)


def _unknown(
    annotations: Sequence[Annotation], rules: Sequence[Rule], shown: str
) -> Iterator[Failure]:
    ids = [rule.id for rule in rules]
    for annotation in annotations:
        if not any(annotation.names(known) for known in ids):
            message = f"no rule is named {annotation.rule!r}{did_you_mean(annotation.rule, ids)}"
            yield Failure(annotation.rule, annotation.written, message, shown)


def _compare(
    rule: Rule, annotations: Sequence[Annotation], lines: set[int], source: str, shown: str
) -> Iterator[Failure]:
    told = {kind: {a.line for a in annotations if a.expectation is kind} for kind in Expectation}
    for line in sorted(told[Expectation.FLAGGED] - lines):
        hint = miss_of(rule, source, shown, line)
        yield Failure(rule.id, line, "must be flagged and is not", shown, hint)
    allowed = told[Expectation.FLAGGED] | told[Expectation.FLAGGED_ONE_DAY]
    for line in sorted(lines - allowed - told[Expectation.CLEAN_ONE_DAY]):
        is_ok = line in told[Expectation.CLEAN]
        what = "is flagged, and must not be" if is_ok else "is flagged, and no annotation says so"
        yield Failure(rule.id, line, what, shown)


def _notes(
    rule: Rule, annotations: Sequence[Annotation], lines: set[int], shown: str
) -> Iterator[str]:
    """What is better than its annotation says."""
    for annotation in annotations:
        place = f"{shown}:{annotation.line}: {rule.id}"
        is_flagged = annotation.line in lines
        if annotation.expectation is Expectation.FLAGGED_ONE_DAY and is_flagged:
            yield f"{place} is flagged by now: make it 'ruleid'"
        if annotation.expectation is Expectation.CLEAN_ONE_DAY and not is_flagged:
            yield f"{place} is not flagged any more: make it 'ok'"


def _compare_fix(
    source: str, found: Sequence[Violation], fixed: str, shown: str
) -> Iterator[Failure]:
    text = apply_fixes(source, (v.fix for v in found if v.fix is not None))
    if text.rstrip("\n") == fixed.rstrip("\n"):
        return
    name = shown.removesuffix(".py") + ".fixed.py"
    diff = difflib.unified_diff(
        fixed.splitlines(), text.splitlines(), name, "what the fixes make", lineterm="", n=1
    )
    yield Failure("fix", 1, "the fixes do not produce this", name, "\n".join(diff))
