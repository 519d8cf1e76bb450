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
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Literal

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.result import FileOutcome, FileResult
from stuck_rules.scanner.checking import Checked, CheckSettings, FileChecker, Task
from stuck_rules.scanner.stack import run_deep

if TYPE_CHECKING:
    from stuck_rules.plugins import PluginLoad

Numbered = tuple[int, Task]
Answer = tuple[int, Checked]
Batch = tuple[Numbered, ...]
Method = Literal["fork", "spawn"]

# Bytes and files that a process is given at once: enough that asking for more takes no time.
_BATCH_BYTES = 400_000
_BATCH_FILES = 50
# Kilobytes: a process that has grown so large is replaced, since it gives no memory back.
_GROWN = 200_000
# Seconds between looks whether the program is still there.
_PATIENCE = 2.0


class PoolError(Exception):
    """Processes cannot be started here."""


class _Worker:
    """A process, and the files that it was given."""

    def __init__(self, method: Method, settings: CheckSettings) -> None:
        self.batch: Batch = ()
        self.is_ready = False
        self.connection, end = multiprocessing.Pipe()
        self.process = _process(method, (end, settings, _plugins(), os.getpid()))
        try:
            with _interrupts_held():
                self.process.start()
        except OSError as error:
            raise PoolError(str(error)) from None
        finally:
            end.close()

    def give(self, batch: Batch) -> None:
        self.batch = batch
        try:
            self.connection.send(batch)
        except OSError:
            # It has died, which is seen when its answer is taken.
            return

    def take(self) -> tuple[list[Answer], bool] | None:
        """What it answers, and whether it has grown too large; None where it has died."""
        try:
            answers: list[Answer]
            answers, has_grown = self.connection.recv()
        except (EOFError, OSError):
            return None
        return answers, bool(has_grown)

    def end(self) -> int | None:
        """End it now, and say how it ended."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


def _process(method: Method, arguments: tuple[object, ...]) -> BaseProcess:
    if method == "fork":
        fork = multiprocessing.get_context("fork")
        return fork.Process(target=_serve, args=arguments, daemon=True)
    spawn = multiprocessing.get_context("spawn")
    return spawn.Process(target=_serve, args=arguments, daemon=True)


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
        self._method = method
        self._waiting = deque(_batches(tasks))
        self._workers: list[_Worker] = []

    def run(self, jobs: int) -> Iterator[Answer]:
        for _ in range(min(jobs, len(self._waiting))):
            self._start()
        while self._workers:
            by_connection = {worker.connection: worker for worker in self._workers}
            for connection in wait(list(by_connection)):
                assert isinstance(connection, Connection)
                yield from self._listen(by_connection[connection])

    def end(self) -> None:
        """End all processes, whatever they do."""
        for worker in self._workers:
            worker.end()

    def _start(self) -> None:
        self._workers.append(_Worker(self._method, self._settings))

    def _listen(self, worker: _Worker) -> Iterator[Answer]:
        """Take what a process has to say, and give it or its successor more."""
        taken = worker.take()
        if taken is None:
            yield from self._bury(worker)
        else:
            answers, has_grown = taken
            yield from answers
            worker.is_ready, worker.batch = True, ()
            if self._waiting and not has_grown:
                worker.give(self._waiting.popleft())
                return
            self._workers.remove(worker)
            worker.end()
        if self._waiting and len(self._workers) < len(self._waiting):
            self._start()

    def _bury(self, worker: _Worker) -> Iterator[Answer]:
        """Give the files of a process that died to others, one by one."""
        self._workers.remove(worker)
        code = worker.end()
        if not worker.is_ready:
            raise PoolError(f"a process ended at once ({_name_of(code)})")
        if len(worker.batch) == 1:
            number, task = worker.batch[0]
            yield number, _crash(task, code)
        else:
            self._waiting.extendleft((numbered,) for numbered in reversed(worker.batch))


def _batches(tasks: Sequence[Task]) -> Iterator[Batch]:
    """Large files first, so that none is left for the end; small ones together."""
    sizes = [task.size for task in tasks]
    batch: list[Numbered] = []
    total = 0
    for number in sorted(range(len(tasks)), key=lambda number: -sizes[number]):
        if batch and (total + sizes[number] > _BATCH_BYTES or len(batch) >= _BATCH_FILES):
            yield tuple(batch)
            batch, total = [], 0
        batch.append((number, tasks[number]))
        total += sizes[number]
    if batch:
        yield tuple(batch)


def _crash(task: Task, code: int | None) -> Checked:
    path = task.file.path
    message = f"checking this file ended the process that did it ({_name_of(code)})"
    problem = Problem(ProblemKind.CRASH, message, path.shown, relative=path.relative)
    return Checked(FileOutcome(FileResult(problems=(problem,))))


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


def _serve(
    connection: Connection, settings: CheckSettings, plugins: Sequence[PluginLoad], parent: int
) -> None:
    """What a process does: check the files that it is given until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for load in plugins:
        from stuck_rules.plugins import load_plugins

        load_plugins(load.modules, installed=load.installed, root=load.root)
    checker = FileChecker(settings)
    try:
        connection.send(([], False))
        run_deep(lambda: _answer(connection, checker, parent))
    except (EOFError, OSError):
        # The program has ended, and nobody waits for answers any more.
        return


def _answer(connection: Connection, checker: FileChecker, parent: int) -> None:
    while True:
        # Other processes hold the other end of the pipe too, so its end may never be told.
        while not connection.poll(_PATIENCE):
            if os.getppid() != parent:
                return
        batch: Batch = connection.recv()
        connection.send(([(number, checker.run(task)) for number, task in batch], _has_grown()))


def _has_grown() -> bool:
    if sys.platform == "win32":
        return False
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak > (_GROWN * 1024 if sys.platform == "darwin" else _GROWN)
