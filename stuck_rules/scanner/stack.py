"""A stack that carries deep code: LibCST recurses, and a thread's stack may be as small as 1 MB."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from stuck_rules.watch import LOOK, StuckError, Watch, too_slow

SIZE = 64 * 1024 * 1024

T = TypeVar("T")


def run_deep(
    action: Callable[[], T], limit: float = 0, *, looked: Callable[[], object] | None = None
) -> T:
    """Run in a thread with a large stack; an interrupt of the main thread ends the wait.

    A file, and a rule on it, may take `limit` seconds there, or any time without one. Raises
    StuckError where one cannot be stopped; its thread is left alone then. `looked` is called
    now and then as long as it runs.
    """
    results: list[T] = []
    failures: list[BaseException] = []
    watch = Watch(limit)

    def run() -> None:
        watch.begin()
        try:
            results.append(action())
        except BaseException as error:
            failures.append(error)

    previous = threading.stack_size(SIZE)
    thread = threading.Thread(target=run, daemon=True)
    try:
        thread.start()
    finally:
        threading.stack_size(previous)
    while thread.is_alive():
        thread.join(LOOK)
        if thread.is_alive():
            watch.look()
            if looked is not None:
                looked()
    if failures:
        raise failures[0]
    return results[0]


def run_contained(action: Callable[[], T], limit: float) -> T:
    """Run as `run_deep` does; raises SourceError where something takes too long for good."""
    try:
        return run_deep(action, limit)
    except StuckError as stuck:
        raise too_slow(stuck.rule, stuck.limit) from None
