"""Programs made from Python's grammar, for what reads code: `python -m fuzz.grammar [EXAMPLES]`.

Each target is given as many programs as asked for; the first that breaks one is made smaller and
shown with the traceback.
"""

from __future__ import annotations

import sys
import warnings

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of

from fuzz.targets import TARGETS
from stuck_rules.cst.source import RECURSION_LIMIT

NAMES = ("engine", "fixes", "suppressions")


def feed(name: str, *, examples: int, seed: bool = False) -> int:
    """Give a target so many programs; how many it took. The same ones each time with `seed`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from hypothesmith import from_grammar, from_node
    # What checks code raises it, and hypothesis wants it the same throughout.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION_LIMIT))
    taken = 0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=seed,
        suppress_health_check=list(HealthCheck),
    )
    @given(one_of(from_grammar(), from_node()))
    def try_one(program: str) -> None:
        nonlocal taken
        TARGETS[name](program)
        taken += 1

    try_one()
    return taken


if __name__ == "__main__":
    # Of the programs: they call numbers and the like.
    warnings.simplefilter("ignore", SyntaxWarning)
    EXAMPLES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    for NAME in NAMES:
        print(f"{NAME}: {feed(NAME, examples=EXAMPLES):,} programs", flush=True)
