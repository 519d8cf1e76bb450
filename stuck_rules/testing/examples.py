"""Prove a rule by its own examples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from stuck_rules.containment import run_file
from stuck_rules.errors import SourceError
from stuck_rules.filecounts import FileCount, check_files
from stuck_rules.fixes import apply_fixes
from stuck_rules.globs import applies
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Example, FilesCondition, Rule, TextCondition
from stuck_rules.model.source import FilePath
from stuck_rules.testing.results import Failure, FailureKind
from stuck_rules.texts import check_text
from stuck_rules.values import replace


def prove(rule: Rule, *, explain: bool = False) -> Iterator[Failure]:
    """The examples that the rule itself disproves: bad ones not flagged, good ones flagged.

    With `explain`, each miss says how far the rule got, which takes its time.
    """
    results = [run_example(rule, example) for example in rule.examples.bad]
    for example, result in zip(rule.examples.bad, results, strict=True):
        for failure in _failures(rule, example, result, wanted=True):
            yield _explained(rule, example, failure) if explain else failure
    for example in rule.examples.good:
        yield from _failures(rule, example, run_example(rule, example), wanted=False)
    for bad, result, fixed in zip(rule.examples.bad, results, rule.examples.fixed, strict=False):
        fixes = (v.fix for v in result.violations if v.fix is not None)
        if apply_fixes(bad.code, fixes) != fixed.code:
            message = f"the fix does not produce: {_shown(fixed)}"
            yield Failure(rule.id, FailureKind.WRONG_FIX, fixed.line, message)


def _failures(
    rule: Rule, example: Example, result: FileResult, *, wanted: bool
) -> Iterator[Failure]:
    for problem in result.problems:
        message = f"the example cannot be checked: {problem.message}"
        yield Failure(rule.id, FailureKind.UNCHECKED, example.line, message)
    if result.problems:
        return
    found = [violation for violation in result.violations if violation.suppressed is None]
    if wanted and not found:
        message = f"a bad example is not flagged: {_shown(example)}"
        yield Failure(rule.id, FailureKind.MISSED, example.line, message)
    if not wanted and found:
        place = f"line {found[0].span.start.line}, column {found[0].span.start.column}"
        message = f"a good example is flagged at {place}: {_shown(example)}"
        yield Failure(rule.id, FailureKind.FALSE_ALARM, example.line, message)


def _explained(rule: Rule, example: Example, failure: Failure) -> Failure:
    hint = miss_of(rule, example.code, example.path or "example.py")
    return replace(failure, hint=hint)


def miss_of(rule: Rule, source: str, path: str, line: int | None = None) -> str | None:
    """How far a rule got with code that it should flag, where that can be told."""
    from stuck_rules.misses import explain_miss

    if isinstance(rule.condition, (FilesCondition, TextCondition)):
        return None
    if not applies(rule.paths, path):
        return f"the rule's paths leave out {path}"
    with suppress(SourceError):
        return run_file(lambda: explain_miss(source, rule, line=line))
    return None


def run_example(rule: Rule, example: Example) -> FileResult:
    """What the rule says of an example; its path, where it has one, counts as for a scan.

    The example of a `files` rule is a list of paths, one a line.
    """
    from stuck_rules.engine import check_source

    condition = rule.condition
    if isinstance(condition, FilesCondition):
        paths = tuple(FilePath(name, name) for name in example.code.split())
        counted = FileCount(paths, frozenset(paths))
        return FileResult(tuple(check_files(counted, rule, condition)))
    if example.path is not None and not applies(rule.paths, example.path):
        return FileResult()
    path = example.path or "example.py"
    if isinstance(condition, TextCondition):
        return check_text(example.code, FilePath(path, path), rule, condition)
    try:
        return run_file(lambda: check_source(example.code, path, (rule,)))
    except SourceError as error:
        return FileResult(problems=error.problems)


def _shown(example: Example) -> str:
    first, _, rest = example.code.strip().partition("\n")
    return f"{first} ..." if rest else first
