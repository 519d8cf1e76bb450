"""What a rule does on a file, or a file alone, and must not cost more than its own result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.values import replace
from stuck_rules.watch import Overdue, Watch, current_watch

T = TypeVar("T")


def run_step(
    rule: str, path: str, step: Callable[[], object], watch: Watch | None
) -> tuple[Problem, ...]:
    """Run a step of a rule on a file; the problems where it failed, none where it did not."""
    try:
        if watch is None:
            step()
        else:
            watch.rule(rule, step)
    except SourceError as error:
        return tuple(replace(problem, path=path, rule=rule) for problem in error.problems)
    except RecursionError:
        # Python 3.12 bounds recursion through C well below what this program asks for.
        message = f"the code nests too deeply, or rule {rule} recurses without end on it"
        return (Problem(ProblemKind.TOO_DEEP, message, path, rule=rule),)
    except BaseException as error:
        # A check of one's own that leaves the program must not look like a clean run. Where
        # nobody watches, this is the main thread, which alone is told of a real interrupt.
        is_real = isinstance(error, KeyboardInterrupt) and watch is None
        if is_real or isinstance(error, Overdue):
            raise
        detail = f"{type(error).__name__}: {' '.join(str(error).split())}".removesuffix(": ")
        message = f"rule {rule} failed on this file: {detail}"
        return (Problem(ProblemKind.RULE, message, path, rule=rule),)
    return ()


def run_file(action: Callable[[], T]) -> T:
    """Check a file; raises SourceError also where time or memory do not suffice for it."""
    watch = current_watch()
    try:
        return action() if watch is None else watch.file(action)
    except MemoryError:
        message = "there is not enough memory to check this file"
        raise SourceError(Problem(ProblemKind.CRASH, message)) from None
