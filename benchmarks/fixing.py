"""Fix whole distributions and look at what became of them: `python -m benchmarks.fixing`.

Every file that parsed before must parse after, in its own encoding and with its own line ends, a
second run must change nothing, and no violation with a safe fix may be left. The folders that are
named are copied first; without any, three large distributions are fetched. Exits 1 where
something of this does not hold, and 2 where the program failed.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import sys
import tempfile
import time
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from benchmarks.distributions import fetch
from stuck_rules import api

_HERE = Path(__file__).parent
RULEBOOKS = (_HERE.parent / "rules.yaml", _HERE / "fixing.yaml")
DISTRIBUTIONS = ("Django==5.2.19", "salt==3008.5", "prefect==3.9.1")
# What code itself can bring about, whether it is fixed or not.
_OF_THE_CODE = frozenset({"syntax", "encoding", "too-large", "too-deep"})


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a run of fixes did to a tree.

    `applied` are the fixes by rule, `kept` the violations that remain; `faults` say, a line each,
    what must not be.
    """

    files: int
    changed: int
    applied: Counter[str]
    kept: Counter[str]
    faults: tuple[str, ...]
    failures: tuple[str, ...]


def fix_tree(tree: Path, rulebooks: Sequence[Path] = RULEBOOKS) -> Fixed:
    """Fix the Python files below a folder twice, and compare."""
    before = _contents(tree)
    first, report = _fix(tree, rulebooks)
    middle = _contents(tree)
    second, again = _fix(tree, rulebooks)
    after = _contents(tree)
    problems = dict.fromkeys([*report.problems, *again.problems])
    return Fixed(
        report.files,
        len(first.files),
        Counter(violation.rule for file in first.files for violation in file.applied),
        Counter(violation.rule for violation in again.violations),
        (
            *harmed(before, middle),
            *(f"{path}: changed again" for path in _changed(middle, after)),
            *(f"{file.shown}: still to fix" for file in second.files),
            *_still_fixable(again.violations),
        ),
        tuple(str(problem) for problem in problems if problem.kind.value not in _OF_THE_CODE),
    )


def _fix(tree: Path, rulebooks: Sequence[Path]) -> tuple[api.FileFixer, api.Report]:
    project = api.open_project(tree, rulebooks=[str(book) for book in rulebooks])
    fixer = api.FileFixer()
    return fixer, api.scan(project, fixer=fixer)


def _contents(tree: Path) -> dict[str, bytes]:
    files = (file for file in sorted(tree.rglob("*.py")) if file.is_file())
    return {file.relative_to(tree).as_posix(): file.read_bytes() for file in files}


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [path for path, data in after.items() if before.get(path) != data]


def harmed(before: dict[str, bytes], after: dict[str, bytes]) -> Iterator[str]:
    """What fixes did to files that they must leave as it was."""
    if before.keys() != after.keys():
        yield f"other files: {sorted(before.keys() ^ after.keys())}"
    for path in _changed(before, after):
        old, new = before.get(path, b""), after[path]
        if _parses(old) and not _parses(new):
            yield f"{path}: no longer parses"
        if _encoding(old) != _encoding(new):
            yield f"{path}: {_encoding(old)} became {_encoding(new)}"
        if _line_ends(new) - _line_ends(old):
            yield f"{path}: other line ends"
        if old.endswith((b"\n", b"\r")) != new.endswith((b"\n", b"\r")):
            yield f"{path}: another end of the file"


def _parses(data: bytes) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(data)
        except (SyntaxError, ValueError):
            return False
    return True


def _encoding(data: bytes) -> str:
    """How the file says it is written; the byte order mark is a part of that."""
    try:
        return tokenize.detect_encoding(BytesIO(data).readline)[0]
    except SyntaxError:
        return "unknown"


def _line_ends(data: bytes) -> set[bytes]:
    rest = data.replace(b"\r\n", b"")
    ends = {b"\n": rest, b"\r": rest, b"\r\n": data}
    return {end for end, text in ends.items() if end in text}


def _still_fixable(violations: Iterable[api.Violation]) -> Iterator[str]:
    """A safe fix that is left undone."""
    for violation in violations:
        if violation.fix is not None and violation.fix.safe:
            place = f"{violation.path.place}:{violation.span.start.line}"
            yield f"{place}: {violation.rule} still has a safe fix"


def _tell(name: str, fixed: Fixed, seconds: float) -> None:
    print(
        f"{name}: {fixed.files:,} files, {fixed.applied.total():,} fixes in "
        f"{fixed.changed:,} of them, {seconds:.0f} s for both runs"
    )
    for rule in sorted({*fixed.applied, *fixed.kept}):
        print(f"  {rule}: {fixed.applied[rule]:,} fixed, {fixed.kept[rule]:,} without a safe fix")
    for line in (*fixed.faults, *(f"FAILED {failure}" for failure in fixed.failures)):
        print(f"  {line}")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Fix copies of the folders and say what was seen; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fixing", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--rulebook", action="append", type=Path, help="in place of the bundled one and fixing.yaml"
    )
    given = parser.parse_args(arguments)
    code = 0
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for number, folder in enumerate(given.folders or fetch(work, DISTRIBUTIONS)):
            tree = work / f"{number}"
            shutil.copytree(folder, tree, symlinks=True)
            begin = time.monotonic()
            fixed = fix_tree(tree, given.rulebook or RULEBOOKS)
            _tell(folder.name, fixed, time.monotonic() - begin)
            code = max(code, 2 if fixed.failures else 1 if fixed.faults else 0)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
