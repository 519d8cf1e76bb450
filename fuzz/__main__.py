"""`python -m fuzz [TARGET...] [--seconds N] [--guided]`: try inputs until the time is over.

Inputs that break something are kept as files in a folder, and the exit code is 1. `--guided`
lets coverage choose them, where `atheris` is installed.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from fuzz.seeds import mutants, seeds
from fuzz.targets import TARGETS

# An input that takes longer is kept as one that breaks something.
_SLOW = 20.0


def fuzz(target: str, seconds: float, finds: Path, seed: int) -> tuple[int, int]:
    """Try mutants of the seeds; how many were tried, and how many broke something."""
    end = time.monotonic() + seconds
    tried = broken = 0
    for text in mutants(target, seed):
        started = time.monotonic()
        if started > end:
            break
        tried += 1
        # A crash of the process leaves the input behind.
        current = finds / f"{target}.current"
        current.write_text(text, encoding="utf-8", errors="surrogatepass")
        told = attempt(TARGETS[target], text)
        if time.monotonic() - started > _SLOW:
            told = told or f"took {time.monotonic() - started:.0f} s"
        if told:
            broken += 1
            name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
            current.rename(finds / f"{target}-{name}.txt")
            print(f"{target}-{name}: {told}", flush=True)
    (finds / f"{target}.current").unlink(missing_ok=True)
    return tried, broken


def attempt(function: Callable[[str], None], text: str) -> str:
    """What an input broke, in words; nothing where all is well."""
    try:
        function(text)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        return f"{type(error).__name__} at {place}: {str(error)[:200]}"
    return ""


def guided(target: str, seconds: float, finds: Path) -> None:
    """Let coverage choose the inputs; does not return, and stops at the first find."""
    atheris = import_module("atheris")  # installed by hand

    corpus = finds / f"{target}.corpus"
    corpus.mkdir(exist_ok=True)
    texts = [text[:4_000] for text in seeds(target)]
    for number, text in enumerate(texts):
        (corpus / f"seed-{number}").write_bytes(text.encode("utf-8", "surrogatepass"))
    # Only what is imported from now on is instrumented, and only the program is worth it.
    for name in [name for name in sys.modules if name.startswith(("stuck_rules", "fuzz."))]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["stuck_rules"]):
        function = import_module("fuzz.targets").TARGETS[target]
        for text in texts[:5]:
            function(text)  # what is imported only where it is needed
    options = [f"-max_total_time={int(seconds)}", f"-artifact_prefix={finds}/{target}-"]
    atheris.Setup(
        [sys.argv[0], *options, "-timeout=60", "-max_len=8000", str(corpus)],
        lambda data: function(data.decode("utf-8", "replace")),
    )
    atheris.Fuzz()


def main() -> int:
    """Fuzz the targets in turn."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    parser.add_argument("--guided", action="store_true", help="needs atheris; one target")
    given = parser.parse_args()
    faulthandler.enable()
    given.finds.mkdir(parents=True, exist_ok=True)
    chosen = given.targets or list(TARGETS)
    if given.guided:
        guided(chosen[0], given.seconds, given.finds)
    total = 0
    for target in chosen:
        tried, broken = fuzz(target, given.seconds, given.finds, given.seed)
        print(f"{target}: {tried:,} inputs, {broken} broke something", flush=True)
        total += broken
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
