"""One file from its bytes to what is told of it, alike in this process and in a worker."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from stuck_rules.cache.identity import digest
from stuck_rules.cache.results import FileState
from stuck_rules.containment import run_file
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.model.result import FileOutcome, FileResult
from stuck_rules.model.rule import Rule, TextCondition
from stuck_rules.model.source import FilePath
from stuck_rules.model.violation import Violation
from stuck_rules.scanner.comments import CommentJudge, mark_in_text
from stuck_rules.scanner.fixer import FileFixer, ReadFile
from stuck_rules.scanner.prefilter import Look, Prefilter
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
from stuck_rules.suppressions.mark import mentions, mentions_in
from stuck_rules.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """All that decides what is told of a file beside the file; it crosses to other processes.

    Without `fixes`, violations come without theirs, which takes less time. With
    `thorough` every rule sees every file whole, which must make no difference but for syntax
    errors in files that no rule's words admit; with `check_syntax` those are told either way.
    A rule may take `rule_timeout` seconds on a file, any time where that is 0.
    """

    rule_sets: tuple[RuleSet, ...]
    max_file_size: int
    own: OwnRules | None = None
    fixes: bool = True
    thorough: bool = False
    check_syntax: bool = False
    rule_timeout: float = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A file to check; `known` names the content of which all is known already.

    `state` is what the file was right before; None where nothing is to be remembered of it.
    """

    file: DiscoveredFile
    state: FileState | None = None
    known: str | None = None

    @property
    def size(self) -> int:
        """How many bytes there are to check; 0 where that cannot be known."""
        if self.file.unsaved is not None:
            return len(self.file.unsaved)
        if self.state is not None:
            return self.state[0]
        try:
            return os.path.getsize(self.file.location)
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a task: an outcome, or None where the content is the known one.

    `digest` names the content where that may be remembered, `parsed` says whether some rule
    might have matched.
    """

    outcome: FileOutcome | None
    digest: str = ""
    parsed: bool = False


# What comes of most files; one value for all of them crosses to another process as one.
_CLEAN = Checked(FileOutcome())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file as it was read, with the rules whose words stand in it.

    `source` is its code, None where it has none; a notebook is held to the `text_rules` too.
    `parses` says that the code must be Python, whatever the rules say, and `marked` that there
    may be suppressions.
    """

    file: DiscoveredFile
    data: bytes
    source: Source | None
    code_rules: tuple[Rule, ...] = ()
    text_rules: tuple[Rule, ...] = ()
    parses: bool = False
    marked: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether nothing can be said of it."""
        return not self.code_rules and not self.text_rules and not self.parses


class FileChecker:
    """Checks files one by one; with a fixer, only what remains is told."""

    def __init__(self, settings: CheckSettings, fixer: FileFixer | None = None) -> None:
        self._settings = settings
        self._fixer = fixer
        owners = [(rule, rules) for rules in settings.rule_sets for rule in rules.code_rules]
        self._prefilter = Prefilter([rule for rule, _ in owners])
        self._owners = dict(owners)

    def run(self, task: Task) -> Checked:
        """What comes of a task."""
        begun = self.begin(task)
        return begun if isinstance(begun, Checked) else self.finish(task, begun)

    def begin(self, task: Task) -> Candidate | Checked:
        """All that can be done without parsing; a candidate where some rule may match."""
        try:
            read = run_file(lambda: self._begin(task))
        except SourceError as error:
            return failed(task, error)
        if isinstance(read, Checked) or not read.is_sure:
            return read
        if read.marked:
            # Suppressions that hide nothing are told too.
            return self.finish(task, read)
        return _CLEAN if task.state is None else Checked(_CLEAN.outcome, digest(read.data))

    def finish(self, task: Task, read: Candidate) -> Checked:
        """Check a file that was read for a task."""
        try:
            outcome = _outcome_of(run_file(lambda: tuple(self._check(read))), task.file.path)
        except SourceError as error:
            return failed(task, error, read.data)
        name = digest(read.data) if task.state is not None else ""
        return Checked(outcome, name, parsed=not read.is_sure or bool(outcome.result.violations))

    def _begin(self, task: Task) -> Candidate | Checked:
        file = task.file
        data = file.unsaved
        if data is None:
            data = read_bytes(file.location, file.shown)
        if task.known is not None and digest(data) == task.known:
            return Checked(None, task.known)
        try:
            return self._read(file, data)
        except SourceError as error:
            return failed(task, error, data)

    def _read(self, file: DiscoveredFile, data: bytes) -> Candidate:
        """The file with the rules that may match; raises SourceError where it is no text."""
        relative = file.relative
        source = source_of(data, file.path) if file.python else None
        look = Look((), mentions_in(data)) if source is None else self._look(source.text, relative)
        parses = source is not None and self._settings.check_syntax
        text_rules: tuple[Rule, ...] = ()
        if not file.python or is_notebook(relative):
            wanted = (r for rules in self._settings.rule_sets for r in rules.for_path(relative))
            text_rules = tuple(r for r in wanted if isinstance(r.condition, TextCondition))
        return Candidate(file, data, source, look.rules, text_rules, parses, look.marked)

    def _look(self, text: str, relative: str) -> Look:
        """The rules that look at a file and may find something by its words."""
        if self._settings.thorough:
            return Look(self._for_path(self._owners, relative), mentions(text))
        look = self._prefilter.look(text)
        admitted = self._for_path(look.rules, relative)
        if not admitted:
            return Look((), look.marked)
        from stuck_rules.narrowing.settling import unsettled

        return Look(unsettled(text, admitted, look.stands), look.marked)

    def _check(self, read: Candidate) -> Iterator[Located]:
        if read.source is not None:
            yield self._check_code(read, read.source)
        if read.text_rules:
            yield self._check_text(read)

    def _check_code(self, read: Candidate, source: Source) -> Located:
        """Hold a file's code to the rules, and fix it if that is wanted."""
        text, file = source.text, read.file
        result = self._run_rules(file, text, read.code_rules)
        judge = self._judge(read)
        if judge is not None:
            result = judge(text, result)
        if self._fixer is not None:
            # Where no rule can match, only comments are fixed, and that needs no parse.
            rules = self._for_path(self._owners, file.relative) if read.code_rules else ()
            found = ReadFile(file, read.data, source, result, judge)
            text, result = self._fixer.fix(found, rules, package_of(file.location))
        return source.locate(result, text)

    def _run_rules(self, file: DiscoveredFile, text: str, rules: tuple[Rule, ...]) -> FileResult:
        if not rules and not self._settings.check_syntax:
            return FileResult()
        most = self._settings.max_file_size
        if len(text) > most:
            message = (
                f"{len(text):,} characters are more than max-file-size "
                f"({most:,}); raise it in the configuration or exclude the file"
            )
            raise SourceError(Problem(ProblemKind.TOO_LARGE, message, file.shown))
        if not rules:
            return _syntax_of(text, file.path)
        from stuck_rules.narrowing.narrow import excerpt_of

        fixes = self._settings.fixes
        excerpt = None if self._settings.thorough else excerpt_of(text, rules, edits=fixes)
        if excerpt is not None and not excerpt.lines:
            return FileResult()
        from stuck_rules.engine import check_source

        return check_source(
            text,
            file.path,
            rules,
            package=package_of(file.location),
            fixes=fixes,
            excerpt=excerpt,
        )

    def _check_text(self, read: Candidate) -> Located:
        """Hold a file to the rules on texts; a notebook's comments are those of its code."""
        from stuck_rules.texts import check_text

        file = read.file
        text = decode_text(read.data, file.shown)
        violations: list[Violation] = []
        problems: list[Problem] = []
        for rule in read.text_rules:
            if isinstance(rule.condition, TextCondition):
                found = check_text(text, file.path, rule, rule.condition)
                violations.extend(found.violations)
                problems.extend(found.problems)
        if not file.python:
            violations = mark_in_text(text, file.path, violations)
        result = FileResult(tuple(violations), tuple(problems))
        judge = None if file.python else self._judge(read)
        if judge is not None:
            result = judge(text, result)
        return Located(result, lines_of_violations(result, text))

    def _judge(self, read: Candidate) -> CommentJudge | None:
        """What judges the suppressions of a file; None where it holds none."""
        own = self._settings.own
        if own is None or not read.marked:
            return None
        return own.judge(read.file, self._settings.rule_sets)

    def _for_path(self, rules: Iterable[Rule], relative: str) -> tuple[Rule, ...]:
        held = (self._owners[rule].at(rule, relative) for rule in rules)
        return tuple(rule for rule in held if rule is not None)


def _syntax_of(text: str, path: FilePath) -> FileResult:
    """The problem of a text that is no Python; nearly all are settled without LibCST."""
    from stuck_rules.narrowing.syntax import is_python

    if is_python(text):
        return FileResult()
    from stuck_rules.engine import check_source

    return check_source(text, path, ())


def failed(task: Task, error: SourceError, data: bytes | None = None) -> Checked:
    """What comes of a file that cannot be checked; None for `data` where that is not known."""
    path = task.file.path
    result = FileResult(problems=error.in_file(path.shown).problems)
    outcome = _outcome_of([Located(result, {})], path)
    name = digest(data) if data is not None and task.state is not None else ""
    return Checked(outcome, name, parsed=True)


def _outcome_of(parts: Iterable[Located], path: FilePath) -> FileOutcome:
    """What is told of a file; machines know the file of a problem by its path from the root."""
    parts = tuple(parts)
    violations = tuple(violation for part in parts for violation in part.result.violations)
    problems = (problem for part in parts for problem in part.result.problems)
    told = tuple(replace(problem, relative=path.relative) for problem in problems)
    cells = {violation.path.place: violation.path.cell for violation in violations}
    lines = tuple(
        (cells[place], number, line)
        for part in parts
        for (place, number), line in part.lines.items()
        if place in cells
    )
    return FileOutcome(FileResult(violations, told), lines)


def package_of(location: str) -> str | None:
    """The dotted name of the package that holds a module, by the `__init__.py` files above."""
    folder = os.path.dirname(location)
    names: list[str] = []
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        names.append(name)
    return ".".join(reversed(names)) or None
