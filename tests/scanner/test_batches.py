"""Which files a process is given next."""

from __future__ import annotations

import pytest

from stuck_rules.scanner import batches
from stuck_rules.scanner.batches import Queue
from stuck_rules.scanner.checking import Task
from stuck_rules.scanner.search import DiscoveredFile


def queue_of(*sizes: int) -> Queue:
    file = DiscoveredFile("a.py", "a.py", "/a.py")
    return Queue([Task(file, (size, 0, 0, 0)) for size in sizes])


def take(queue: Queue, *, parses: bool = False, parsers: int = 0) -> tuple[list[int], bool] | None:
    """The numbers of the files that are given, and whether they are to be parsed."""
    batch = queue.take(parses=parses, parsers=parsers)
    return None if batch is None else (list(batch.numbers), batch.parses)


def searched(*sizes: int) -> Queue:
    """A queue of files of which each was given once, and admitted."""
    queue = queue_of(*sizes)
    while take(queue) is not None:
        continue
    for number in range(len(sizes)):
        queue.leave([number])
    return queue


def test_large_files_come_first_and_small_ones_together() -> None:
    queue = queue_of(10, 900_000, 20, 2_000_000, 800_000)
    assert len(queue) == 3
    assert [take(queue) for _ in range(4)] == [
        ([3], False),
        ([1], False),
        ([4, 2, 0], False),
        None,
    ]


def test_many_small_files_are_not_given_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_FILES", 2)
    queue = queue_of(1, 2, 3)
    assert [take(queue), take(queue)] == [([2, 1], False), ([0], False)]


def test_the_first_that_asks_parses_what_is_admitted() -> None:
    assert take(searched(10)) == ([0], True)


def test_what_is_admitted_is_left_to_the_one_that_parses() -> None:
    queue = searched(10)
    assert take(queue, parsers=1) is None
    assert take(queue, parses=True, parsers=1) == ([0], True)


def test_one_that_parses_parses_what_else_it_is_given() -> None:
    assert take(queue_of(10), parses=True, parsers=1) == ([0], True)


def test_another_one_parses_where_there_is_much() -> None:
    queue = searched(400_000, 300_000, 200_000)
    assert take(queue, parsers=2) is None
    assert take(queue, parsers=1) == ([0], True)
    assert take(queue, parsers=1) is None


@pytest.mark.parametrize("parses", [False, True])
def test_what_is_given_back_comes_before_all_else(*, parses: bool) -> None:
    queue = queue_of(10, 20)
    queue.leave([0])
    queue.take_back([1], parses=parses)
    assert take(queue, parses=parses, parsers=1) == ([1], parses)


def test_nothing_is_no_batch() -> None:
    queue = queue_of()
    queue.leave([])
    queue.take_back([], parses=True)
    assert len(queue) == 0
