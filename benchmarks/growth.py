"""How the time to match grows with the code: `python -m benchmarks.growth [WORD...]`.

Each case runs at three sizes, each twice the one before. A ratio of about 2 says that the time is
in proportion to the code. Parsing is not counted; the best of a few runs is.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import indent
from time import process_time

from benchmarks.cases import CASES, Case
from stuck_rules.cst.source import SyntaxTree, parse
from stuck_rules.errors import SourceError
from stuck_rules.model.formula import Taint
from stuck_rules.model.rule import CheckCall, FilesCondition, Rule, TextCondition
from stuck_rules.patterns.compile import compile_formula
from stuck_rules.patterns.evaluate import find_matches
from stuck_rules.patterns.matches import Match
from stuck_rules.patterns.metavariables import metavariables_in
from stuck_rules.patterns.taint.find import find_taints
from stuck_rules.patterns.taint.sites import compile_taint
from stuck_rules.rulebook.loader import parse_rulebook

_RUNS = 3
_FACTORS = (1, 2, 4)
_Find = Callable[[SyntaxTree], list[Match]]


@dataclass(frozen=True, slots=True)
class Measured:
    """The time of one size, and how many answers there were; None where the rule gave up."""

    size: int
    length: int
    parsing: float
    seconds: float
    answers: int | None


def read_rule(condition: str) -> Rule:
    """The rule of a condition in YAML."""
    head = "rules:\n  - id: measured\n    message: measured\n"
    return parse_rulebook(f"{head}{indent(condition, '    ')}\n", shown="rules.yaml").rules[0]


def matcher_of(rule: Rule) -> _Find:
    """What finds the matches of a rule of patterns."""
    condition = rule.condition
    options = {o.name: o.value for o in rule.options if isinstance(o.value, (str, bool))}
    if isinstance(condition, Taint):
        taint = compile_taint(condition, options)
        return lambda tree: find_taints(taint, tree)
    assert not isinstance(condition, (CheckCall, TextCondition, FilesCondition))
    compiled = compile_formula(condition, options)
    told = metavariables_in(rule.message)
    return lambda tree: find_matches(compiled, tree, path="measured.py", told=told)


def measure(case: Case, size: int, runs: int = _RUNS) -> Measured:
    """The best of some runs, each on a tree that nothing is known of yet."""
    code = case.make(size)
    find = matcher_of(read_rule(case.condition))
    answers: int | None = None
    times: list[tuple[float, float]] = []
    gc.disable()  # it would be counted to whoever is measured when it runs
    for _ in range(runs):
        gc.collect()
        start = process_time()
        tree = parse(code)
        parsed = process_time()
        try:
            answers = len(find(tree))
        except SourceError:
            answers = None
        times.append((process_time() - parsed, parsed - start))
    gc.enable()
    seconds, parsing = (min(each) for each in zip(*times, strict=True))
    return Measured(size, len(code), parsing, seconds, answers)


def _ratio(measured: Sequence[float]) -> str:
    first, second = measured
    return f"{second / first:.1f}" if first else "-"


def _row(case: Case, measured: Sequence[Measured]) -> str:
    times = [one.seconds for one in measured]
    answers = [one.answers for one in measured]
    told = ["gave up" if count is None else str(count) for count in answers]
    cells = [
        case.name,
        *(f"{1000 * seconds:.1f}" for seconds in times),
        _ratio(times[:2]),
        _ratio(times[1:]),
        f"{measured[-1].length / 1000:.0f}",
        f"{1000 * measured[-1].parsing:.0f}",
        " / ".join(told) + (f" ({case.answers})" if case.answers else ""),
    ]
    return "| " + " | ".join(cells) + " |"


def main(words: Sequence[str]) -> None:
    """Print a row for each case whose name holds one of the words; all without words."""
    heads = ["case", "ms at N", "2N", "4N", "2N/N", "4N/2N", "kB at 4N", "ms to parse", "answers"]
    print("| " + " | ".join(heads) + " |")
    print("|---" + "|---:" * (len(heads) - 2) + "|---|")
    for case in CASES:
        if not words or any(word in case.name for word in words):
            measured = [measure(case, case.size * factor) for factor in _FACTORS]
            print(_row(case, measured), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
