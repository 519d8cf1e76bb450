"""The run over files: read, decide from the words, check what is left, one result a file."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import FilesCondition, Rule, TextCondition
from stuck_rules.model.source import FilePath
from stuck_rules.model.violation import Violation
from stuck_rules.scanner.comments import CommentJudge, mark_in_file, mark_in_text
from stuck_rules.scanner.fixer import FileFixer, ReadFile
from stuck_rules.scanner.prefilter import Prefilter
from stuck_rules.scanner.reading import decode_text, read_bytes
from stuck_rules.scanner.rulesets import OwnRules, RuleSet
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.sources import (
    Located,
    Source,
    is_notebook,
    lines_of_violations,
    source_of,
)
from stuck_rules.suppressions.mark import mentions_in
from stuck_rules.values import dataclass, replace

# Deep code makes LibCST recurse: the main thread's stack may be as small as 1 MB.
STACK_SIZE = 64 * 1024 * 1024

# Told how many of all files are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Scan:
    """What came of all files; `lines` are those of the report."""

    violations: tuple[Violation, ...]
    problems: tuple[Problem, ...]
    lines: dict[tuple[str, int], str]


class Scanner:
    """Checks files against rule sets; with a fixer, only what remains is told.

    Without `fixes`, violations of patterns come without theirs, which takes less time.
    """

    def __init__(
        self,
        rule_sets: Sequence[RuleSet],
        max_file_size: int,
        *,
        fixes: bool = True,
        fixer: FileFixer | None = None,
        own: OwnRules | None = None,
    ) -> None:
        self._rule_sets = tuple(rule_sets)
        owners = [(rule, rules) for rules in self._rule_sets for rule in rules.code_rules]
        self._prefilter = Prefilter([rule for rule, _ in owners])
        self._owners = dict(owners)
        self._fixes = fixes or fixer is not None
        self._fixer = fixer
        self._own = own
        self._max_file_size = max_file_size
        self._violations: list[Violation] = []
        self._problems: list[Problem] = []
        self._lines: dict[tuple[str, int], str] = {}

    def scan(
        self,
        files: Iterable[DiscoveredFile],
        progress: Progress | None = None,
        *,
        beside: Iterable[DiscoveredFile] = (),
    ) -> Scan:
        """Check all files, in a thread whose stack carries deep code.

        Rules on which files there are count those `beside` them too, but tell only of what
        some file of the run has a part in.
        """
        files = tuple(files)
        _run_deep(lambda: self._scan_all(files, progress))
        self._count_files(files, tuple(beside))
        return Scan(
            tuple(sorted(self._violations, key=lambda violation: violation.order)),
            tuple(self._problems),
            self._lines,
        )

    def _scan_all(self, files: tuple[DiscoveredFile, ...], progress: Progress | None) -> None:
        for done, file in enumerate(files, start=1):
            try:
                self._scan_file(file)
            except SourceError as error:
                self._tell(error.problems, file.path)
            if progress is not None:
                progress(done, len(files))

    def _scan_file(self, file: DiscoveredFile) -> None:
        relative, shown = file.path.relative, file.path.shown
        data = read_bytes(file.location, shown) if file.unsaved is None else file.unsaved
        if file.python:
            self._scan_code(file, data, source_of(data, file.path))
            if not is_notebook(relative):
                return
        wanted = [rule for rules in self._rule_sets for rule in rules.for_path(relative)]
        if any(isinstance(rule.condition, TextCondition) for rule in wanted):
            self._scan_text(file, data, wanted)

    def _scan_code(self, file: DiscoveredFile, data: bytes, source: Source) -> None:
        """Hold a file's code to the rules, and fix it if that is wanted."""
        text, relative = source.text, file.path.relative
        rules = self._for_path(self._prefilter.admitted(text), relative)
        result = self._check_python(file, text, rules)
        judge = self._judge(file, data)
        if judge is not None:
            result = judge(text, result)
        if self._fixer is not None:
            # Where no rule can match, only comments are fixed, and that needs no parse.
            rules = self._for_path(self._owners, relative) if rules else ()
            read = ReadFile(file, data, source, result, judge)
            text, result = self._fixer.fix(read, rules, package_of(file.location))
        self._take(source.locate(result, text), file.path)

    def _scan_text(self, file: DiscoveredFile, data: bytes, rules: Iterable[Rule]) -> None:
        """Hold a file to the rules on texts; a notebook's comments are those of its code."""
        from stuck_rules.texts import check_text

        text = decode_text(data, file.path.shown)
        violations: list[Violation] = []
        problems: list[Problem] = []
        for rule in rules:
            if isinstance(rule.condition, TextCondition):
                found = check_text(text, file.path, rule, rule.condition)
                violations.extend(found.violations)
                problems.extend(found.problems)
        if not file.python:
            violations = mark_in_text(text, file.path, violations)
        result = FileResult(tuple(violations), tuple(problems))
        judge = None if file.python else self._judge(file, data)
        if judge is not None:
            result = judge(text, result)
        self._take(Located(result, lines_of_violations(result, text)), file.path)

    def _judge(self, file: DiscoveredFile, data: bytes) -> CommentJudge | None:
        """What judges the suppressions of a file; None where it holds none."""
        if self._own is None or not mentions_in(data):
            return None
        return self._own.judge(file, self._rule_sets)

    def _for_path(self, rules: Iterable[Rule], relative: str) -> tuple[Rule, ...]:
        held = (self._owners[rule].at(rule, relative) for rule in rules)
        return tuple(rule for rule in held if rule is not None)

    def _check_python(self, file: DiscoveredFile, text: str, rules: tuple[Rule, ...]) -> FileResult:
        if not rules:
            return FileResult()
        if len(text) > self._max_file_size:
            message = (
                f"{len(text):,} characters are more than max-file-size "
                f"({self._max_file_size:,}); raise it in the configuration or exclude the file"
            )
            raise SourceError(Problem(ProblemKind.TOO_LARGE, message, file.path.shown))
        from stuck_rules.engine import check_source

        package = package_of(file.location)
        return check_source(text, file.path, rules, package=package, fixes=self._fixes)

    def _tell(self, problems: Iterable[Problem], path: FilePath) -> None:
        """Remember problems of a file, which machines know by its path from the root."""
        self._problems.extend(replace(problem, relative=path.relative) for problem in problems)

    def _take(self, located: Located, path: FilePath) -> None:
        self._violations.extend(located.result.violations)
        self._tell(located.result.problems, path)
        self._lines.update(located.lines)

    def _count_files(
        self, files: Sequence[DiscoveredFile], beside: Sequence[DiscoveredFile]
    ) -> None:
        by_path = {file.path: file for file in (*files, *beside)}
        looked_at = frozenset(file.path for file in files)
        for rule_set in self._rule_sets:
            for rule in rule_set.rules:
                if isinstance(rule.condition, FilesCondition):
                    counted = rule_set.count_files(
                        by_path, rule, rule.condition, looked_at=looked_at
                    )
                    self._violations.extend(mark_in_file(by_path[v.path], v) for v in counted)


def package_of(location: str) -> str | None:
    """The dotted name of the package that holds a module, by the `__init__.py` files above."""
    folder = os.path.dirname(location)
    names: list[str] = []
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        names.append(name)
    return ".".join(reversed(names)) or None


def _run_deep(action: Callable[[], None]) -> None:
    """Run in a thread with a large stack; an interrupt of the main thread ends the wait."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            action()
        except BaseException as error:
            failures.append(error)

    previous = threading.stack_size(STACK_SIZE)
    thread = threading.Thread(target=run, daemon=True)
    try:
        thread.start()
    finally:
        threading.stack_size(previous)
    thread.join()
    if failures:
        raise failures[0]
