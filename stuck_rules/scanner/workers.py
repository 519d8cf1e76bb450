"""Processes that check files beside each other.

Each has a pipe of its own, so that one that dies takes nothing along but the files that it was
given, and those are tried one by one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Literal

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.scanner.batches import Batch, Queue
from stuck_rules.scanner.checking import CheckSettings, Task, failed
from stuck_rules.scanner.service import PATIENCE, Answer, Message, Order, serve
from stuck_rules.watch import GRACE, too_slow

if TYPE_CHECKING:
    from stuck_rules.plugins import PluginLoad

Method = Literal["fork", "spawn"]


class PoolError(Exception):
    """Processes cannot be started here."""


class _Worker:
    """A process, and the numbers of the tasks that it was given."""

    def __init__(self, method: Method, settings: CheckSettings, tasks: Sequence[Task]) -> None:
        self.batch = Batch()
        self.parses = False
        self._tasks = tasks
        # A new process would have to be sent all of them, and keep them.
        known = tasks if method == "fork" else ()
        self._sends = method != "fork"
        self.is_ready = False
        self.heard = time.monotonic()
        self.connection, end = multiprocessing.Pipe()
        self.process = _process(method, (end, settings, known, _plugins(), os.getpid()))
        try:
            with _interrupts_held():
                self.process.start()
        except OSError as error:
            raise PoolError(str(error)) from None
        finally:
            end.close()

    @property
    def is_at_work(self) -> bool:
        """Whether something is to be heard of it; else it waits for tasks."""
        return bool(self.batch.numbers) or not self.is_ready

    def give(self, batch: Batch) -> None:
        self.batch = batch
        self.parses = batch.parses
        self.heard = time.monotonic()
        sent = tuple(self._tasks[number] for number in batch.numbers) if self._sends else ()
        order: Order = (batch, sent)
        try:
            self.connection.send(order)
        except OSError:
            # It has died, which is seen when its answer is taken.
            return

    def take(self) -> Message | None:
        """What it says; None where it has died."""
        self.heard = time.monotonic()
        try:
            message: Message = self.connection.recv()
        except (EOFError, OSError):
            return None
        return message

    def end(self) -> int | None:
        """End it now, and say how it ended."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


def _process(method: Method, arguments: tuple[object, ...]) -> BaseProcess:
    if method == "fork":
        fork = multiprocessing.get_context("fork")
        return fork.Process(target=serve, args=arguments, daemon=True)
    spawn = multiprocessing.get_context("spawn")
    return spawn.Process(target=serve, args=arguments, daemon=True)


def run_in_processes(
    settings: CheckSettings, tasks: Sequence[Task], jobs: int, *, method: Method | None = None
) -> Generator[Answer, None, None]:
    """What comes of each task, by its number, in no order.

    A file that ends the process which checks it is told as a problem. Raises PoolError where
    no process can be started; what was not told by then remains to be done.
    """
    pool = _Pool(settings, tasks, method or start_method())
    try:
        yield from pool.run(jobs)
    finally:
        pool.end()


class _Pool:
    """The processes of a run, and the files that wait for one."""

    def __init__(self, settings: CheckSettings, tasks: Sequence[Task], method: Method) -> None:
        self._settings = settings
        self._tasks = tasks
        self._method = method
        self._jobs = 0
        self._queue = Queue(tasks)
        self._workers: list[_Worker] = []

    def run(self, jobs: int) -> Iterator[Answer]:
        self._jobs = jobs
        self._employ()
        while any(worker.is_at_work for worker in self._workers):
            by_connection = {worker.connection: worker for worker in self._workers}
            for connection in wait(list(by_connection), PATIENCE):
                assert isinstance(connection, Connection)
                answers = self._listen(by_connection[connection])
                # Whoever takes the answers must not keep the processes waiting.
                self._employ()
                yield from answers
            for worker in [worker for worker in self._workers if self._is_silent(worker)]:
                yield from self._bury(worker, too_slow(None, self._settings.rule_timeout))
                self._employ()

    def end(self) -> None:
        """End all processes, whatever they do."""
        for worker in self._workers:
            worker.end()

    def _listen(self, worker: _Worker) -> list[Answer]:
        """Take what a process has to say."""
        taken = worker.take()
        if taken is None:
            return self._bury(worker)
        answers, state = taken
        if state == "works":
            return []
        batch, worker.batch = worker.batch, Batch()
        worker.is_ready = True
        if state == "ends":
            self._workers.remove(worker)
            worker.end()
        told = dict(answers)
        rest = [number for number in batch.numbers if number not in told]
        self._queue.take_back(rest, parses=batch.parses)
        self._queue.leave([number for number, checked in answers if checked is None])
        return [(number, checked) for number, checked in answers if checked is not None]

    def _employ(self) -> None:
        """Give more to the processes that wait, those that parse first, and replace lost ones."""
        waiting = [worker for worker in self._workers if not worker.is_at_work]
        for worker in sorted(waiting, key=lambda worker: not worker.parses):
            parsers = sum(worker.parses for worker in self._workers)
            batch = self._queue.take(parses=worker.parses, parsers=parsers)
            if batch is not None:
                worker.give(batch)
        if all(worker.is_at_work for worker in self._workers):
            starting = sum(not worker.is_ready for worker in self._workers)
            missing = self._jobs - len(self._workers)
            for _ in range(min(missing, len(self._queue) - starting)):
                self._workers.append(_Worker(self._method, self._settings, self._tasks))

    def _is_silent(self, worker: _Worker) -> bool:
        """Whether a process does not even tell that it works: code may let none else run."""
        limit = self._settings.rule_timeout
        is_late = time.monotonic() - worker.heard > limit + 2 * GRACE
        return bool(limit) and worker.is_at_work and is_late

    def _bury(self, worker: _Worker, error: SourceError | None = None) -> list[Answer]:
        """Give the files of a process that died, or does as if, to others, one by one."""
        self._workers.remove(worker)
        code = worker.end()
        if not worker.is_ready:
            raise PoolError(f"a process ended at once ({_name_of(code)})")
        batch = worker.batch
        if len(batch.numbers) == 1:
            number = batch.numbers[0]
            return [(number, failed(self._tasks[number], error or _crash(code)))]
        for number in reversed(batch.numbers):
            self._queue.take_back([number], parses=batch.parses)
        return []


def _crash(code: int | None) -> SourceError:
    message = f"checking this file ended the process that did it ({_name_of(code)})"
    return SourceError(Problem(ProblemKind.CRASH, message))


def _name_of(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def start_method() -> Method:
    """How to start processes here: a copy of this one where that is safe, else a new one."""
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return "fork" if is_safe else "spawn"


def _plugins() -> tuple[PluginLoad, ...]:
    """The plug-ins that a new process must load again."""
    if "stuck_rules.plugins" not in sys.modules:
        return ()
    from stuck_rules.plugins import loads

    return loads()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep an interrupt from a process that does not know yet that it is to leave it alone."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
