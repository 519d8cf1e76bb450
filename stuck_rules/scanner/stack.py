"""A stack that carries deep code: LibCST recurses, and a thread's stack may be as small as 1 MB."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

SIZE = 64 * 1024 * 1024

T = TypeVar("T")


def run_deep(action: Callable[[], T]) -> T:
    """Run in a thread with a large stack; an interrupt of the main thread ends the wait."""
    results: list[T] = []
    failures: list[BaseException] = []

    def run() -> None:
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
    thread.join()
    if failures:
        raise failures[0]
    return results[0]
