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
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Literal

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.scanner.checking import CheckSettings, Task, failed
from stuck_rules.scanner.service import PATIENCE, Answer, Batch, Message, Order, serve
from stuck_rules.watch import GRACE, too_slow

if TYPE_CHECKING:
    from stuck_rules.plugins import PluginLoad

Method = Literal["fork", "spawn"]

# Bytes and files that a process is given at once: enough that asking for more takes no time.
_BATCH_BYTES = 1_500_000
_BATCH_FILES = 150


class PoolError(Exception):
    """Processes cannot be started here."""


class _Worker:
    """A process, and the numbers of the tasks that it was given."""

    def __init__(self, method: Method, settings: CheckSettings, tasks: Sequence[Task]) -> None:
        self.batch: Batch = ()
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

    def give(self, batch: Batch) -> None:
        self.batch = batch
        self.heard = time.monotonic()
        sent = tuple(self._tasks[number] for number in batch) if self._sends else ()
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
    """The processes of a run, and the batches that wait for one."""

    def __init__(self, settings: CheckSettings, tasks: Sequence[Task], method: Method) -> None:
        self._settings = settings
        self._tasks = tasks
        self._method = method
        self._waiting = deque(_batches(tasks))
        self._workers: list[_Worker] = []

    def run(self, jobs: int) -> Iterator[Answer]:
        for _ in range(min(jobs, len(self._waiting))):
            self._start()
        while self._workers:
            by_connection = {worker.connection: worker for worker in self._workers}
            for connection in wait(list(by_connection), PATIENCE):
                assert isinstance(connection, Connection)
                yield from self._listen(by_connection[connection])
            for worker in [worker for worker in self._workers if self._is_silent(worker)]:
                yield from self._bury(worker, too_slow(None, self._settings.rule_timeout))
                self._start_another()

    def end(self) -> None:
        """End all processes, whatever they do."""
        for worker in self._workers:
            worker.end()

    def _start(self) -> None:
        self._workers.append(_Worker(self._method, self._settings, self._tasks))

    def _listen(self, worker: _Worker) -> Iterator[Answer]:
        """Take what a process has to say, and give it or its successor more."""
        taken = worker.take()
        if taken is None:
            yield from self._bury(worker)
        else:
            answers, state = taken
            if state == "works":
                return
            yield from answers
            worker.is_ready = True
            answered = {number for number, _ in answers}
            rest = tuple(number for number in worker.batch if number not in answered)
            worker.batch = ()
            if rest:
                self._waiting.appendleft(rest)
            if self._waiting and state == "waits":
                worker.give(self._waiting.popleft())
                return
            self._workers.remove(worker)
            worker.end()
        self._start_another()

    def _start_another(self) -> None:
        if self._waiting and len(self._workers) < len(self._waiting):
            self._start()

    def _is_silent(self, worker: _Worker) -> bool:
        """Whether a process does not even tell that it works: code may let none else run."""
        limit = self._settings.rule_timeout
        return bool(limit) and time.monotonic() - worker.heard > limit + 2 * GRACE

    def _bury(self, worker: _Worker, error: SourceError | None = None) -> Iterator[Answer]:
        """Give the files of a process that died, or does as if, to others, one by one."""
        self._workers.remove(worker)
        code = worker.end()
        if not worker.is_ready:
            raise PoolError(f"a process ended at once ({_name_of(code)})")
        if len(worker.batch) == 1:
            number = worker.batch[0]
            yield number, failed(self._tasks[number], error or _crash(code))
        else:
            self._waiting.extendleft((number,) for number in reversed(worker.batch))


def _batches(tasks: Sequence[Task]) -> Iterator[Batch]:
    """Large files first, so that none is left for the end; small ones together."""
    sizes = [task.size for task in tasks]
    batch: list[int] = []
    total = 0
    for number in sorted(range(len(tasks)), key=lambda number: -sizes[number]):
        if batch and (total + sizes[number] > _BATCH_BYTES or len(batch) >= _BATCH_FILES):
            yield tuple(batch)
            batch, total = [], 0
        batch.append(number)
        total += sizes[number]
    if batch:
        yield tuple(batch)


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
