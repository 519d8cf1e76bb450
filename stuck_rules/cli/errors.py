"""The one place where an exception becomes words and an exit code."""

from __future__ import annotations

import os
from collections.abc import Callable

from stuck_rules.cli.console import Console
from stuck_rules.errors import StuckRulesError
from stuck_rules.reporters.base import one_line

OK = 0
VIOLATIONS = 1
UNKNOWN = 2
INTERRUPTED = 130


def guarded(action: Callable[[], int], console: Console) -> int:
    """Run a command; what a user can cause is a line a problem, and only a fault a traceback."""
    try:
        return action()
    except StuckRulesError as error:
        for problem in error.problems:
            console.note(f"stuck-rules: {one_line(str(problem))}")
        return UNKNOWN
    except KeyboardInterrupt:
        console.note("stuck-rules: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away, as `| head` does; the interpreter must not flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return UNKNOWN
    except OSError as error:
        # Such as a full device behind stdout.
        place = f"{error.filename}: " if error.filename else "what was to be written: "
        console.note(f"stuck-rules: {one_line(place + (error.strerror or str(error)))}")
        return UNKNOWN
    except Exception:
        import traceback

        console.note(traceback.format_exc())
        console.note("stuck-rules: this is a fault of the program; please report the lines above")
        return UNKNOWN
