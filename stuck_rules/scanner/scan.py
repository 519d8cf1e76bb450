"""The run over files: what is known is told, the rest is checked, one outcome a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from stuck_rules.errors import Problem
from stuck_rules.model.result import FileOutcome
from stuck_rules.model.rule import FilesCondition
from stuck_rules.model.source import in_cell
from stuck_rules.model.violation import Violation
from stuck_rules.scanner.checking import Checked, CheckSettings, FileChecker, Task
from stuck_rules.scanner.comments import mark_in_file
from stuck_rules.scanner.fixer import FileFixer
from stuck_rules.scanner.memory import Memory
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.work import run_tasks
from stuck_rules.values import dataclass

# Told how many of all files are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Scan:
    """What came of all files; `lines` are those of the report."""

    violations: tuple[Violation, ...]
    problems: tuple[Problem, ...]
    lines: dict[tuple[str, int], str]


class Scanner:
    """Checks files in up to `jobs` processes.

    With a fixer, only what remains is told, nothing is remembered, and it is all done here.
    """

    def __init__(
        self,
        settings: CheckSettings,
        *,
        fixer: FileFixer | None = None,
        memory: Memory | None = None,
        jobs: int = 1,
    ) -> None:
        self._settings = settings
        self._checker = FileChecker(settings, fixer)
        self._memory = memory if fixer is None else None
        self._jobs = jobs if fixer is None else 1

    def scan(
        self,
        files: Iterable[DiscoveredFile],
        progress: Progress | None = None,
        *,
        beside: Iterable[DiscoveredFile] = (),
    ) -> Scan:
        """Check all files; what is told does not depend on how many processes do it.

        Rules on which files there are count those `beside` them too, but tell only of what
        some file of the run has a part in.
        """
        files = tuple(files)
        outcomes: list[FileOutcome] = [FileOutcome()] * len(files)
        tasks: dict[int, Task] = {}
        for number, file in enumerate(files):
            recalled = self._memory.recall(file) if self._memory is not None else Task(file)
            if isinstance(recalled, Task):
                tasks[number] = recalled
            else:
                outcomes[number] = recalled
        numbers, done = tuple(tasks), len(files) - len(tasks)

        def tell(place: int, checked: Checked) -> None:
            nonlocal done
            number = numbers[place]
            outcomes[number] = self._learn(tasks[number], checked)
            done += 1
            if progress is not None:
                progress(done, len(files))

        run_tasks(self._settings, self._checker, tuple(tasks.values()), self._jobs, tell)
        if self._memory is not None:
            self._memory.save()
        return _sum(files, outcomes, self._count(files, tuple(beside)))

    def _learn(self, task: Task, checked: Checked) -> FileOutcome:
        if self._memory is not None:
            return self._memory.learn(task, checked)
        assert checked.outcome is not None
        return checked.outcome

    def _count(
        self, files: Sequence[DiscoveredFile], beside: Sequence[DiscoveredFile]
    ) -> Iterator[Violation]:
        counting = [
            (rule_set, rule, rule.condition)
            for rule_set in self._settings.rule_sets
            for rule in rule_set.rules
            if isinstance(rule.condition, FilesCondition)
        ]
        if not counting:
            return
        by_path = {file.path: file for file in (*files, *beside)}
        looked_at = frozenset(file.path for file in files)
        for rule_set, rule, condition in counting:
            counted = rule_set.count_files(by_path, rule, condition, looked_at=looked_at)
            yield from (mark_in_file(by_path[v.path], v) for v in counted)


def _sum(
    files: Sequence[DiscoveredFile],
    outcomes: Sequence[FileOutcome],
    counted: Iterable[Violation],
) -> Scan:
    pairs = zip(files, outcomes, strict=True)
    # Of most files there is nothing to tell.
    told = [pair for pair in pairs if pair[1].result.violations or pair[1].result.problems]
    violations = [violation for _, outcome in told for violation in outcome.result.violations]
    return Scan(
        tuple(sorted([*violations, *counted], key=lambda violation: violation.order)),
        tuple(problem for _, outcome in told for problem in outcome.result.problems),
        {
            (in_cell(file.shown, cell), number): line
            for file, outcome in told
            for cell, number, line in outcome.lines
        },
    )
