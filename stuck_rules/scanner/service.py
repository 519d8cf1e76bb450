"""The other end of a process that checks files: it is given some, and answers."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Literal

from stuck_rules.errors import SourceError
from stuck_rules.scanner.batches import Batch
from stuck_rules.scanner.checking import Checked, CheckSettings, FileChecker, Task, failed
from stuck_rules.scanner.stack import run_deep
from stuck_rules.watch import StuckError, too_slow

if TYPE_CHECKING:
    from stuck_rules.plugins import PluginLoad

Answer = tuple[int, Checked]
# None for a task that is left to a process that parses.
Said = tuple[int, Checked | None]
# The tasks follow for a process that does not know them.
Order = tuple[Batch, tuple[Task, ...]]
# What the process does from now on: it works on, waits for more, or has to end.
State = Literal["works", "waits", "ends"]
Message = tuple[list[Said], State]

# Kilobytes: a process that has grown so large is replaced, since it gives no memory back.
_GROWN = 200_000
# Seconds between looks whether the other end is still there.
PATIENCE = 2.0


def serve(
    connection: Connection,
    settings: CheckSettings,
    known: Sequence[Task],
    plugins: Sequence[PluginLoad],
    parent: int,
) -> None:
    """What a process does: check the files that it is given until there are no more.

    A copy of the program has the tasks that it had, so they are `known`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for load in plugins:
        from stuck_rules.plugins import load_plugins

        load_plugins(load.modules, installed=load.installed, root=load.root)
    service = _Service(connection, FileChecker(settings), known, parent)
    try:
        service.say([], "waits")
        service.work(settings.rule_timeout)
    except (EOFError, OSError):
        # The program has ended, and nobody waits for answers any more.
        return


class _Service:
    """What a process does for the program; one thread works, the other says that it does."""

    def __init__(
        self, connection: Connection, checker: FileChecker, known: Sequence[Task], parent: int
    ) -> None:
        self._connection = connection
        self._checker = checker
        self._known = known
        self._parent = parent
        self._lock = threading.Lock()
        self._at: tuple[int, Task] | None = None
        self._done: list[Said] = []

    def say(self, answers: list[Said], state: State) -> None:
        """Tell the program; answers come with the state that ends their batch."""
        with self._lock:
            self._connection.send((answers, state))

    def answer(self) -> None:
        """Check the files that are given until there are no more."""
        while True:
            # Other processes hold the other end of the pipe too, so its end may never be told.
            while not self._connection.poll(PATIENCE):
                if os.getppid() != self._parent:
                    return
            order: Order = self._connection.recv()
            batch, given = order
            tasks = given or [self._known[number] for number in batch.numbers]
            self._done = []
            for number, task in zip(batch.numbers, tasks, strict=True):
                self._at = number, task
                self._done.append((number, self._check(task, parses=batch.parses)))
            self._at = None
            self.say(self._done, "ends" if _has_grown() else "waits")

    def _check(self, task: Task, *, parses: bool) -> Checked | None:
        begun = self._checker.begin(task)
        if isinstance(begun, Checked):
            return begun
        may_parse = parses or "stuck_rules.engine" in sys.modules
        return self._checker.finish(task, begun) if may_parse or not begun.code_rules else None

    def work(self, limit: float) -> None:
        """Check what is given; a rule may take `limit` seconds on a file."""
        try:
            run_deep(self.answer, limit, looked=self.show_life)
        except StuckError as stuck:
            self.give_up(too_slow(stuck.rule, stuck.limit))

    def show_life(self) -> None:
        """Tell that a file is still being checked, and end where nobody is there to be told."""
        if os.getppid() != self._parent:
            os._exit(1)
        if self._at is not None:
            self.say([], "works")

    def give_up(self, error: SourceError) -> None:
        """Tell of a file that cannot be stopped; only the end of the process ends it."""
        if self._at is not None:
            number, task = self._at
            self.say([*self._done, (number, failed(task, error))], "ends")


def _has_grown() -> bool:
    if sys.platform == "win32":
        return False
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak > (_GROWN * 1024 if sys.platform == "darwin" else _GROWN)
