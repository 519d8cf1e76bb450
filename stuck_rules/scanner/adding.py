"""Suppressions written into the files of a run, for the violations that it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stuck_rules.errors import Problem, SourceError
from stuck_rules.model.edit import apply_edits
from stuck_rules.model.source import FilePath, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.scanner.reading import decode_python, encoding_of, read_bytes
from stuck_rules.scanner.rewriting import encode_python, replace_file, unwritable
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.suppressions.addition import add_directives
from stuck_rules.suppressions.builtin import BUILT_IN_IDS
from stuck_rules.suppressions.layout import says_the_same
from stuck_rules.values import dataclass

_Lines = Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Added:
    """For how many violations suppressions were written, and into which files.

    `left` is the number of those in files that are no Python.
    """

    violations: int
    files: frozenset[FilePath]
    left: int
    problems: tuple[Problem, ...]


def add_up(rounds: Sequence[Added]) -> Added:
    """What several rounds did together; the last knows what is left."""
    return Added(
        sum(each.violations for each in rounds),
        frozenset[FilePath]().union(*(each.files for each in rounds)),
        rounds[-1].left,
        rounds[-1].problems,
    )


def write_suppressions(
    violations: Iterable[Violation],
    files: Mapping[FilePath, DiscoveredFile],
    lines: _Lines,
    reason: str,
) -> Added:
    """Suppress violations where they stand, file by file, each written whole or not at all.

    `lines` are the source lines that the violations cover: a file that is not as it was checked
    is left alone, and told. What is said of suppressions themselves no comment can hide.
    """
    by_file: dict[FilePath, list[Violation]] = {}
    for violation in violations:
        if violation.rule not in BUILT_IN_IDS:
            by_file.setdefault(violation.path, []).append(violation)
    problems: list[Problem] = []
    written: set[FilePath] = set()
    done, left = 0, 0
    for path, found in by_file.items():
        file = files.get(path)
        if file is None or not file.python:
            left += len(found)
            continue
        try:
            _write(file, found, lines, reason)
        except SourceError as error:
            problems.extend(error.problems)
            continue
        done += len(found)
        written.add(path)
    return Added(done, frozenset(written), left, tuple(problems))


def _write(file: DiscoveredFile, violations: list[Violation], lines: _Lines, reason: str) -> None:
    shown = file.shown
    data = read_bytes(file.location, shown)
    text = decode_python(data, shown)
    source = normalise_text(text)
    stands = source.split("\n")
    if not all(_stands(violation, stands, lines) for violation in violations):
        raise unwritable("changed on disk since it was checked; it was left alone", shown)
    edits = add_directives(source, violations, reason)
    changed = apply_edits(text, edits)
    new = encode_python(changed, data, shown)
    if not edits or not says_the_same(source, normalise_text(changed)) or not _reads(new, data):
        raise unwritable("no comment can be added there; it was left alone", shown)
    replace_file(file.location, data, new, shown)


def _stands(violation: Violation, source: list[str], lines: _Lines) -> bool:
    line = violation.span.start.line
    known = lines.get((violation.path.shown, line))
    return known is None or (line <= len(source) and source[line - 1] == known)


def _reads(new: bytes, old: bytes) -> bool:
    """Whether the encoding is the same; a comment in the first two lines may name another."""
    try:
        return encoding_of(new) == encoding_of(old)
    except SyntaxError:
        return False
