"""Scan much real code and compare with what was recorded: `python -m benchmarks.ecosystem`.

A change of behaviour shows as a changed count of a rule in a package, or of what could not be
checked. Exits 1 where something differs, and 2 where a rule or the program failed.
`--record` writes what is found as the new record.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.distributions import fetch

_HERE = Path(__file__).parent.parent
RECORD = Path(__file__).parent / "ecosystem.json"
RULEBOOKS = (
    "rules.yaml",
    "tests/patterns/typical",
)
PACKAGES = [
    "anyio==4.16.0",
    "apache-airflow-core==3.3.2",
    "astroid==4.3.4",
    "attrs==26.1.0",
    "black==26.10.1",
    "celery==5.7.0",
    "channels-redis==4.3.0",
    "click==8.5.1",
    "distributed==2026.8.0",
    "django==5.2.19",
    "docutils==0.23",
    "fabric==3.2.3",
    "fastapi==0.165.0",
    "flask==3.1.3",
    "hatchling==1.33.0",
    "httpx==0.28.1",
    "jedi==0.20.1",
    "jinja2==3.1.6",
    "kombu==5.7.0",
    "libcst==1.9.0",
    "networkx==3.6.1",
    "paramiko==5.1.0",
    "parso==0.8.7",
    "pip==26.3",
    "poetry-core==2.5.0",
    "prefect==3.9.1",
    "pygments==2.21.0",
    "pylint==4.1.4",
    "pytest==9.2.0",
    "redis==8.1.0",
    "requests==2.34.2",
    "rich==15.0.0",
    "rq==3.0.0",
    "salt==3008.5",
    "scrapy==2.19.0",
    "sentry-sdk==2.75.0",
    "setuptools==84.2.1",
    "sphinx==9.0.4",
    "starlette==1.10.0",
    "tornado==6.6.1",
    "trio==0.35.0",
    "twisted==26.10.0",
    "urllib3==2.8.0",
    "websockets==17.4",
    "werkzeug==3.1.9",
]
# What code itself can bring about; anything else says that a rule or the program failed.
_OF_THE_CODE = frozenset({"syntax", "encoding", "too-large", "too-deep"})


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan of a package found; `failures` are what no code may bring about."""

    files: int
    violations: Mapping[str, int]
    problems: Mapping[str, int]
    failures: tuple[str, ...] = ()

    def to_record(self) -> dict[str, object]:
        """As it stands in the record."""
        return {
            "files": self.files,
            "violations": dict(sorted(self.violations.items())),
            "problems": dict(sorted(self.problems.items())),
        }


def scan(folder: Path) -> Scanned:
    """Scan a folder with every rulebook of the repository."""
    books = [path for name in RULEBOOKS for path in _rulebooks(_HERE / name)]
    options = [part for book in books for part in ("--rulebook", str(book))]
    options += ["--exclude", "site-packages"]  # a Python's library holds what was installed
    command = [sys.executable, "-m", "stuck_rules", "scan", ".", "--no-cache"]
    told = subprocess.run(
        [*command, *options, "--output-format", "json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode not in {0, 1, 2} or "Traceback" in told.stderr:
        return Scanned(0, {}, {}, (f"exit {told.returncode}: {told.stderr[-2000:]}",))
    report = json.loads(told.stdout)
    problems = report["errors"]
    return Scanned(
        report["summary"]["files"],
        Counter(violation["rule"] for violation in report["violations"]),
        Counter(f"{problem['kind']} {problem['path']}" for problem in problems),
        tuple(
            f"{problem['path']}: {problem['message']}"
            for problem in problems
            if problem["kind"] not in _OF_THE_CODE
        ),
    )


def _rulebooks(path: Path) -> list[Path]:
    return sorted(path.glob("*.yaml")) if path.is_dir() else [path]


def differences(name: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    """What changed in a package since it was recorded, a line for each count."""
    if not old:
        yield f"{name}: not recorded"
        return
    for key, now in new.items():
        before = old.get(key)
        if isinstance(now, dict) and isinstance(before, dict):
            for part in sorted({*now, *before}):
                if before.get(part, 0) != now.get(part, 0):
                    yield f"{name}: {key} {part}: {before.get(part, 0)} -> {now.get(part, 0)}"
        elif before != now:
            yield f"{name}: {key}: {before} -> {now}"


def main(arguments: Sequence[str]) -> int:
    """Scan, compare and say what differs; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="packages whose names hold one of these words")
    parser.add_argument("--record", action="store_true", help="write the new record")
    parser.add_argument("--work", type=Path, help="a folder to keep archives in")
    given = parser.parse_args(arguments)
    record: dict[str, dict[str, object]] = json.loads(RECORD.read_text(encoding="utf-8"))
    changed: list[str] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        for name, folder in _chosen(given.names, given.work or Path(temporary)):
            scanned = scan(folder)
            found = scanned.to_record()
            changed += differences(name, record.get(name, {}), found)
            failed += [f"{name}: {failure}" for failure in scanned.failures]
            record[name] = found
            total = sum(scanned.violations.values())
            print(f"{name}: {scanned.files} files, {total} violations", flush=True)
    if given.record:
        RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print("\n".join([*changed, *(f"FAILED {failure}" for failure in failed)]) or "as recorded")
    if failed:
        return 2
    return 1 if changed and not given.record else 0


def _library(target: Path) -> Path:
    """The running Python's own modules, in a place where no repository ignores them."""
    if not target.is_dir():
        unwanted = shutil.ignore_patterns("site-packages", "__pycache__", "*.so")
        shutil.copytree(sysconfig.get_paths()["stdlib"], target, ignore=unwanted)
    return target


def _chosen(words: Sequence[str], work: Path) -> Iterator[tuple[str, Path]]:
    for package in PACKAGES:
        if not words or any(word in package for word in words):
            yield package, fetch(work, [package])[0]
    library = f"cpython=={platform.python_version()}"
    if not words or any(word in library for word in words):
        yield library, _library(work / "unpacked" / library)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
