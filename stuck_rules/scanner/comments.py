"""The suppressions of files that are scanned; a file that holds none costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stuck_rules.errors import SourceError
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Rule
from stuck_rules.model.source import FilePath, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.scanner.reading import decode_text, read_bytes
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.sources import source_of
from stuck_rules.suppressions.known import KnownRules
from stuck_rules.suppressions.mark import mentions
from stuck_rules.values import dataclass

if TYPE_CHECKING:
    from stuck_rules.suppressions.places import Directives


@dataclass(frozen=True, slots=True)
class CommentJudge:
    """Judges the suppressions of a file's text; `rules` are the built-in ones by id."""

    rules: Mapping[str, Rule]
    known: KnownRules
    file: DiscoveredFile

    def __call__(self, text: str, result: FileResult) -> FileResult:
        """The result with what is to be said of the suppressions."""
        from stuck_rules.judgement import Standards, judge_code, judge_text

        judge = judge_code if self.file.python else judge_text
        return judge(text, result, Standards(self.rules, self.known), self.file.path)


def directives_in(file: DiscoveredFile) -> Directives | None:
    """Those that stand in a file, or None; raises SourceError where it cannot be read as text."""
    shown = file.shown
    data = read_bytes(file.location, shown) if file.unsaved is None else file.unsaved
    text = source_of(data, file.path).text if file.python else decode_text(data, shown)
    return directives_of(text, file.path, python=file.python) if mentions(text) else None


def directives_of(text: str, path: FilePath, *, python: bool) -> Directives:
    """Those that stand in the text of a file."""
    from stuck_rules.suppressions.reading import directives_of_code, directives_of_text

    text = normalise_text(text)
    return directives_of_code(text) if python else directives_of_text(text, path.relative)


def mark_in_text(text: str, path: FilePath, violations: Sequence[Violation]) -> list[Violation]:
    """The violations in a text that is no Python, those that a comment hides marked as such."""
    if not violations or not mentions(text):
        return list(violations)
    return directives_of(text, path, python=False).mark(violations)


def mark_in_file(file: DiscoveredFile, violation: Violation) -> Violation:
    """A violation that a rule on many files found in this one, marked if a comment hides it.

    Nothing does in a file that cannot be read.
    """
    try:
        directives = directives_in(file)
    except SourceError:
        return violation
    return directives.mark([violation])[0] if directives is not None else violation
