"""Scans of a changing tree, for long, in one process: `python -m fuzz.soak --minutes 30`.

The tree is changed and put back again and again. Memory must stay flat, and the same content
must give the same violations and problems, whatever was scanned before. `--processes N` runs
as many of them at once on trees of their own, which share what runs remember.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from fuzz.seeds import mutants, seeds
from fuzz.targets import ROOT
from stuck_rules import api

_FILES = 80
_CHANGED = 8


def resident() -> int:
    """The memory of this process in bytes, as Linux tells it."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def write(file: Path, text: str) -> None:
    """Write a file's text, whatever is in it."""
    file.write_bytes(text.encode("utf-8", "surrogatepass"))


def answer(folder: Path) -> str:
    """A digest of all that a scan of the folder tells."""
    project = api.open_project(folder, rulebooks=[str(ROOT / "rules.yaml")])
    report = api.scan(project)
    told = repr((report.violations, report.problems))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def soak(folder: Path, minutes: float, seed: int) -> bool:
    """Scan until the time is over; whether the answers stayed the same and the memory flat."""
    random = Random(seed)
    originals = [text for text in seeds("engine") if len(text) < 20_000][:_FILES]
    files = [folder / f"module_{number}.py" for number in range(len(originals))]
    changes = mutants("engine", seed)
    for file, text in zip(files, originals, strict=True):
        write(file, text)
    first = answer(folder)
    begin = time.monotonic()
    scans, same, early, told = 0, True, 0, 0.0
    while (spent := time.monotonic() - begin) < minutes * 60:
        chosen = random.sample(range(len(files)), _CHANGED)
        for number in chosen:
            write(files[number], next(changes))
        answer(folder)
        for number in chosen:
            write(files[number], originals[number])
        same = same and answer(folder) == first
        scans += 2
        if spent > minutes * 15 and not early:
            early = resident()  # what is kept for good was met by now
        if spent - told > 60:
            told = spent
            print(f"{spent / 60:.0f} min: {scans} scans, {resident() / 1e6:.0f} MB", flush=True)
    late = resident()
    flat = late < early * 1.1 + 5_000_000
    print(f"{scans} scans; same answers: {same}; memory {early / 1e6:.0f} -> {late / 1e6:.0f} MB")
    return same and flat


def main() -> int:
    """Soak; the exit code is 1 where an answer changed or the memory grew."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    command = [sys.executable, "-m", "fuzz.soak", "--minutes", str(given.minutes), "--seed"]
    others = [
        subprocess.Popen([*command, str(given.seed + number)])
        for number in range(1, given.processes)
    ]
    with tempfile.TemporaryDirectory() as folder:
        fine = soak(Path(folder), given.minutes, given.seed)
    return 0 if all([fine, *(other.wait() == 0 for other in others)]) else 1


if __name__ == "__main__":
    sys.exit(main())
