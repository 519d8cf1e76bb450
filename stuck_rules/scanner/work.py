"""Whether files are checked here or in several processes: what takes less time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from itertools import accumulate

from stuck_rules.scanner.checking import (
    Candidate,
    Checked,
    CheckSettings,
    FileChecker,
    Task,
    failed,
)
from stuck_rules.scanner.stack import run_deep
from stuck_rules.watch import StuckError, too_slow

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
    if jobs > 1 and _is_much(work.remaining, _READING):
        work.run_beside(settings, jobs)
    limit = settings.rule_timeout
    work.run_here(lambda: work.begin(whole=jobs == 1), limit)
    is_much = len(work.remaining) > 1 and _is_much(work.remaining, _PARSING)
    if work.remaining and (is_much or _runs_plugins()):
        # What all copies of this process need is loaded before there are any.
        import stuck_rules.engine  # noqa: F401

        work.run_beside(settings, jobs)
    work.run_here(work.finish, limit)


def _runs_plugins() -> bool:
    """Whether there is code that may do anything to its process, which is then another one."""
    return "stuck_rules.plugins" in sys.modules


class _Work:
    """Tasks that remain, by number."""

    def __init__(self, checker: FileChecker, tasks: Sequence[Task], tell: Tell) -> None:
        self.remaining = dict(enumerate(tasks))
        self._checker = checker
        self._tell = tell
        self._begun: dict[int, Candidate] = {}
        self._at = 0

    def begin(self, *, whole: bool) -> None:
        """Do what needs no parsing, or the whole."""
        for number, task in tuple(self.remaining.items()):
            if number in self._begun:
                continue
            self._at = number
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
            self._at = number
            begun = self._begun.pop(number, None)
            finished = self._checker.finish(task, begun) if begun else self._checker.run(task)
            self._done(number, finished)

    def run_here(self, action: Callable[[], None], limit: float) -> None:
        """Do it in this process; a file that cannot be stopped is left to itself, and told."""
        while self.remaining:
            try:
                run_deep(action, limit)
            except StuckError as stuck:
                error = too_slow(stuck.rule, stuck.limit)
                if self._at in self.remaining:
                    self._done(self._at, failed(self.remaining[self._at], error))
            else:
                return

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
        # A file that was left to itself may come to an end after all.
        if self.remaining.pop(number, None) is not None:
            self._tell(number, checked)


def _is_much(tasks: Mapping[int, Task], least: int) -> bool:
    """Whether the files of the tasks have so many bytes; no more are asked than needed."""
    return any(size >= least for size in accumulate(task.size for task in tasks.values()))
