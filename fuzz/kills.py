"""`python -m fuzz.kills --kills 200`: kill `scan --fix` at random moments.

Whenever the process dies, each file is as it was before or as a whole run leaves it, and nothing
else lies around that a later run would take for code.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

RULES = """\
version: 1
rules:
  - id: magic-none
    message: MagicNone is defined nowhere.
    pattern: MagicNone
    fix: MagicMock()
"""


def make_tree(folder: Path, count: int) -> dict[Path, bytes]:
    """Files with something to fix, and what is in them."""
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    files = {}
    for number in range(count):
        lines = [
            f"def f{line}():\n    return MagicNone, {line}\n" for line in range(number % 30 + 1)
        ]
        files[folder / f"module_{number}.py"] = "\n\n".join(lines).encode()
    for file, data in files.items():
        file.write_bytes(data)
    return files


def start(folder: Path) -> subprocess.Popen[bytes]:
    """A run of `scan --fix`."""
    command = [sys.executable, "-m", "stuck_rules", "scan", "--fix", "--no-cache", "-q", "."]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def fix_whole(folder: Path, files: dict[Path, bytes]) -> tuple[dict[Path, bytes], float]:
    """What a run that is left alone makes of the files, and how many seconds it takes."""
    begin = time.monotonic()
    start(folder).wait()
    return {file: file.read_bytes() for file in files}, time.monotonic() - begin


def kill_once(folder: Path, files: dict[Path, bytes], after: float) -> int:
    """Kill a run after some seconds; how many files it had written by then."""
    for file, data in files.items():
        file.write_bytes(data)
    process = start(folder)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return sum(file.read_bytes() != data for file, data in files.items())


def torn(files: dict[Path, bytes], fixed: dict[Path, bytes]) -> list[str]:
    """The files that are neither old nor new, and code that was left behind."""
    found = [f.name for f, data in files.items() if f.read_bytes() not in (data, fixed[f])]
    (folder,) = {file.parent for file in files}
    return found + [file.name for file in folder.glob("*.py") if file not in files]


def main() -> int:
    """Kill often and say what was seen; the exit code is 1 where a file was torn."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    random = Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = make_tree(folder, given.files)
        fixed, seconds = fix_whole(folder, files)
        midway, broken = 0, []
        for _ in range(given.kills):
            written = kill_once(folder, files, random.uniform(0.1, 1) * seconds)
            midway += 0 < written < len(files)
            broken += torn(files, fixed)
    print(f"{given.kills} kills, {midway} of them amid the writing; torn files: {broken or 'none'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
