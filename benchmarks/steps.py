"""How the time of a scan splits over its steps: `python -m benchmarks.steps PATH [OPTION...]`.

Runs `scan --jobs 1` in this process, with clocks around the functions that are the steps; each
step's time is without that of the steps within it. What must be loaded is loaded before the
clocks run. The program itself knows nothing of this.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# Each step, and what does it, by the place where that is looked up.
STEPS = {
    "finding files": ("stuck_rules.runs:discover",),
    "reading and decoding": (
        "stuck_rules.scanner.checking:read_bytes",
        "stuck_rules.scanner.checking:source_of",
    ),
    "words": ("stuck_rules.scanner.prefilter:Prefilter.look",),
    "settling": ("stuck_rules.narrowing.settling:unsettled",),
    "narrowing": ("stuck_rules.narrowing.narrow:narrow",),
    "syntax of the rest": ("stuck_rules.narrowing.narrow:is_python",),
    "depth": (
        "stuck_rules.cst.source:find_too_deep",
        "stuck_rules.narrowing.narrow:_nests_too_deeply",
    ),
    "parsing with LibCST": ("stuck_rules.cst.source:_parse",),
    "index of the tree": ("stuck_rules.cst.source:SyntaxTree.__init__",),
    "matching": ("stuck_rules.engine:_Run.run_checks", "stuck_rules.engine:_Run.run_formula"),
    "places": ("stuck_rules.cst.source:SyntaxTree.spans",),
    "fingerprints, suppressions": ("stuck_rules.engine:_finish",),
    "reporting": ("stuck_rules.cli.results:Results.show",),
}
REST = "rulebook, all else"


class Clocks:
    """The processor seconds of each step, and how often it ran."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.times: Counter[str] = Counter()
        self._inner = 0.0

    def around(self, step: str, function: Callable[P, R]) -> Callable[P, R]:
        """The function with a clock."""

        def clocked(*args: P.args, **kwargs: P.kwargs) -> R:
            outer, self._inner = self._inner, 0.0
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                passed = time.process_time() - start
                self.seconds[step] += passed - self._inner
                self.times[step] += 1
                self._inner = outer + passed

        return clocked

    def install(self) -> None:
        """Put the clocks around all steps of this process."""
        for step, places in STEPS.items():
            for place in places:
                module, _, path = place.partition(":")
                holder: object = importlib.import_module(module)
                *names, last = path.split(".")
                for name in names:
                    holder = getattr(holder, name)
                setattr(holder, last, self.around(step, getattr(holder, last)))


def measure(arguments: Sequence[str]) -> Clocks:
    """Scan with clocks; what the scan prints is thrown away."""
    from stuck_rules.cli.console import Console
    from stuck_rules.cli.main import main

    clocks = Clocks()
    clocks.install()
    gc.set_threshold(50_000, 10, 10)
    out, err = io.StringIO(), io.StringIO()
    console = Console(out=out, err=err, cwd=Path.cwd(), environment=dict(os.environ))
    clocks.around(REST, main)(["scan", "--jobs", "1", "--no-cache", *arguments], console)
    return clocks


def show(clocks: Clocks) -> None:
    """Print the table, in the order of the steps."""
    total = sum(clocks.seconds.values())
    print("| step | times | processor seconds | share |")
    print("|---|---:|---:|---:|")
    for step in (*STEPS, REST):
        seconds = clocks.seconds[step]
        print(f"| {step} | {clocks.times[step]:,} | {seconds:.2f} | {seconds / total:.0%} |")
    print(f"| all | | {total:.2f} | |")


if __name__ == "__main__":
    show(measure(sys.argv[1:]))
