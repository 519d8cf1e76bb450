"""Whether files are checked here or in several processes: what takes less time."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing

from stuck_rules.scanner.checking import Candidate, Checked, CheckSettings, FileChecker, Task
from stuck_rules.scanner.stack import run_deep

# Bytes of files, and of those that may have to be parsed, for which processes are worth their
# start: a tenth of a second for a copy of this one, and about half a second for a new one.
_READING = 20_000_000
_PARSING = 1_000_000

Tell = Callable[[int, Checked], None]


def usable_cpus() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_tasks(
    settings: CheckSettings, checker: FileChecker, tasks: Sequence[Task], jobs: int, tell: Tell
) -> None:
    """Tell what comes of each task, by its number, in no order; `jobs` processes at the most."""
    work = _Work(checker, tasks, tell)
    if jobs > 1 and _size(work.remaining) >= _READING:
        work.run_beside(settings, jobs)
    run_deep(lambda: work.begin(whole=jobs == 1))
    if len(work.remaining) > 1 and _size(work.remaining) >= _PARSING:
        # What all copies of this process need is loaded before there are any.
        import stuck_rules.engine  # noqa: F401

        work.run_beside(settings, jobs)
    if work.remaining:
        run_deep(work.finish)


class _Work:
    """Tasks that remain, by number."""

    def __init__(self, checker: FileChecker, tasks: Sequence[Task], tell: Tell) -> None:
        self.remaining = dict(enumerate(tasks))
        self._checker = checker
        self._tell = tell
        self._begun: dict[int, Candidate] = {}

    def begin(self, *, whole: bool) -> None:
        """Do what needs no parsing, or the whole."""
        for number, task in tuple(self.remaining.items()):
            begun = self._checker.begin(task)
            if isinstance(begun, Checked):
                self._done(number, begun)
            elif whole:
                self._done(number, self._checker.finish(task, begun))
            else:
                self._begun[number] = begun

    def finish(self) -> None:
        """Do the rest."""
        for number, task in tuple(self.remaining.items()):
            begun = self._begun.pop(number, None)
            finished = self._checker.finish(task, begun) if begun else self._checker.run(task)
            self._done(number, finished)

    def run_beside(self, settings: CheckSettings, jobs: int) -> None:
        """Do it in other processes, as far as there can be any; what was not done remains."""
        from stuck_rules.scanner.workers import PoolError, run_in_processes

        numbers, tasks = tuple(self.remaining), tuple(self.remaining.values())
        # They read the files again, which takes less than to send them what was read.
        self._begun.clear()
        try:
            with closing(run_in_processes(settings, tasks, jobs)) as answers:
                for place, checked in answers:
                    self._done(numbers[place], checked)
        except PoolError:
            return

    def _done(self, number: int, checked: Checked) -> None:
        del self.remaining[number]
        self._tell(number, checked)


def _size(tasks: Mapping[int, Task]) -> int:
    return sum(task.size for task in tasks.values())
