"""Which files a process is given next.

Loading LibCST takes as long as searching some megabytes for words. So where few files are
admitted, one process parses them, and the others only say which ones those are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from stuck_rules.scanner.checking import Task
from stuck_rules.values import dataclass

# Bytes and files that a process is given at once: enough that asking for more takes no time.
_BYTES = 1_500_000
_FILES = 150
# Bytes of admitted files that take as long as it takes another process to load LibCST.
_PARSING = 500_000


@dataclass(frozen=True, slots=True)
class Batch:
    """The numbers of tasks that a process is given at once; it may be one that `parses`."""

    numbers: tuple[int, ...] = ()
    parses: bool = False


class Queue:
    """The tasks that no process has yet, by their numbers."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._sizes = [task.size for task in tasks]
        self._unread = deque(_batches(self._sizes))
        self._admitted: deque[tuple[int, ...]] = deque()

    def __len__(self) -> int:
        """How many batches there are."""
        return len(self._unread) + len(self._admitted)

    def take(self, *, parses: bool, parsers: int) -> Batch | None:
        """What a process is to do that `parses` already, or may begin to beside other `parsers`."""
        if self._admitted and (parses or not parsers or self._is_too_much_for(parsers)):
            return Batch(self._admitted.popleft(), parses=True)
        if self._unread:
            return Batch(self._unread.popleft(), parses)
        return None

    def leave(self, numbers: Sequence[int]) -> None:
        """Take in what some rule's words admit, from a process that does not parse."""
        if numbers:
            self._admitted.append(tuple(numbers))

    def take_back(self, numbers: Sequence[int], *, parses: bool) -> None:
        """Have what was given, to be parsed or not, done before all else."""
        if numbers:
            (self._admitted if parses else self._unread).appendleft(tuple(numbers))

    def _is_too_much_for(self, parsers: int) -> bool:
        waiting = sum(self._sizes[number] for numbers in self._admitted for number in numbers)
        return waiting > parsers * _PARSING


def _batches(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Large files first, so that none is left for the end; small ones together."""
    batch: list[int] = []
    total = 0
    for number in sorted(range(len(sizes)), key=lambda number: -sizes[number]):
        if batch and (total + sizes[number] > _BYTES or len(batch) >= _FILES):
            yield tuple(batch)
            batch, total = [], 0
        batch.append(number)
        total += sizes[number]
    if batch:
        yield tuple(batch)
