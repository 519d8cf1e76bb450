"""Whole commands in turn, so that a change of the machine's speed meets all of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds by the clock and of the processors, and what it exited with.

    `memory` is the peak of its largest process in bytes.
    """

    seconds: float
    processor: float
    memory: int
    code: int


@dataclass(frozen=True, slots=True)
class Timed:
    """What several runs of a command took, as medians; the memory is the largest."""

    seconds: float
    processor: float
    memory: int
    codes: frozenset[int]


def run_once(command: Sequence[str], cwd: Path) -> Run:
    """Run a command to its end with its output thrown away."""
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit, process.returncode)


def run_in_turn(
    commands: Mapping[str, Sequence[str]], cwd: Path, *, rounds: int = 3, warmup: int = 1
) -> dict[str, Timed]:
    """Run all commands one after another, round by round; the warm-up rounds do not count."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(warmup + rounds):
        for name, command in commands.items():
            run = run_once(command, cwd)
            if number >= warmup:
                runs[name].append(run)
    return {name: _summed(found) for name, found in runs.items()}


def _summed(runs: Sequence[Run]) -> Timed:
    return Timed(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.processor for run in runs),
        max(run.memory for run in runs),
        frozenset(run.code for run in runs),
    )
