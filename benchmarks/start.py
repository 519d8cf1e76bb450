"""What a commit waits for: `python -m benchmarks.start [ROUNDS]`.

Five files of a commit of which none, or one, can match, and a warm run over a large tree beside
`git status`. All commands run in turn, and times are told above a Python that does nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Timed, run_in_turn

_SCAN = (sys.executable, "-m", "stuck_rules", "scan")
_CLEAN = "import os\n\n\ndef size(path: str) -> int:\n    return os.stat(path).st_size\n"
_WRONG = "from unittest.mock import Mock\n\nservice = MagicNone\n"
_FILES = 6_600


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def _write_project(folder: Path) -> None:
    """A repository with many modules and, at its top, those of two commits."""
    for number in range(_FILES):
        module = folder / f"package{number // 100}" / f"module{number}.py"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(_CLEAN * 80)
    for number in range(5):
        (folder / f"clean{number}.py").write_text(_CLEAN * 20)
    (folder / "wrong.py").write_text(_WRONG + _CLEAN * 20)
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "all")
    # Files that are as young as this may change again unseen, so their times are not trusted.
    for path in folder.rglob("*.py"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def _change(name: str) -> tuple[str, ...]:
    """What runs a command with a file that is another one each time."""
    return ("sh", "-c", f'echo "# $$" >> {name}; exec "$@"', "sh")


def _show(name: str, timed: Timed, bare: Timed) -> None:
    above = (timed.seconds - bare.seconds) * 1000
    processor = (timed.processor - bare.processor) * 1000
    print(f"| {name} | {timed.seconds * 1000:.0f} | {above:.0f} | {processor:.0f} |", flush=True)


def measure(rounds: int) -> None:
    """Measure and print one table."""
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary, "project")
        _write_project(project)
        os.environ["XDG_CACHE_HOME"] = temporary
        # Programs are installed with their bytecode, whatever holds where they are worked on.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        clean = [f"clean{number}.py" for number in range(5)]
        wrong = [*clean[:4], "wrong.py"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "five files, none can match": [*_SCAN, *clean],
            "five files, one new that matches": [*_change("wrong.py"), *_SCAN, *wrong],
            "the same again": [*_SCAN, *wrong],
            f"{_FILES:,} files again": [*_SCAN, "."],
            "git status": ["git", "status"],
        }
        timed = run_in_turn(commands, project, rounds=rounds, warmup=2)
    print(f"\n### What a commit waits for: milliseconds, median of {rounds}\n")
    print("| command | all | above bare Python | processor, above it |")
    print("|---|---:|---:|---:|")
    for name, each in timed.items():
        _show(name, each, timed["python -c pass"])


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
