"""`stuck-rules init`: hook, workflow and the first rulebook of a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from stuck_rules import __version__
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.errors import UsageError
from stuck_rules.generator.generate import find_target, generate
from stuck_rules.project import read_settings

_HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: stuck-rules
        name: stuck-rules
        entry: stuck-rules scan
        language: python
        additional_dependencies: ["stuck-rules=={version}"]
        types_or: [python, pyi, jupyter]
        require_serial: true
      - id: stuck-rules-check-log
        name: stuck-rules (log and rulebook agree)
        entry: stuck-rules generate --check
        language: python
        additional_dependencies: ["stuck-rules=={version}"]
        pass_filenames: false
"""
_WORKFLOW = """\
name: stuck-rules
on: [push, pull_request]
permissions:
  contents: read
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - run: python -m pip install "stuck-rules=={version}"
      - run: stuck-rules generate --check
      - run: stuck-rules scan --output-format github
"""
_NAMES = (
    *("getting_stuck_log.md", "GETTING_STUCK_LOG.md", "LESSONS_LEARNED.md", "COMMON_MISTAKES.md"),
    *("MISTAKES.md", "LESSONS.md", "lessons.md", "BUGFIX_LOG.md", "ANTI_PATTERNS.md"),
)
_FOLDERS = ("", "docs", "reports", "tasks", ".claude")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("logs", nargs="*", metavar="LOG", help="the log; else it is looked for")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it; files that are there already stay as they are."""
    logs = tuple(arguments.logs) or _find(console.cwd)
    target = find_target(console.cwd, logs, None)
    generated = generate(target, configured=read_settings(console.cwd).log)
    console.warn((*generated.log.warnings, *generated.contradictions))
    if generated.is_current:
        console.print(f"rules.yaml is up to date: {generated.counts}")
    else:
        target.write(generated.text)
        console.print(f"rules.yaml: {generated.counts}")
    for name, text in (
        (".pre-commit-config.yaml", _HOOKS),
        (".github/workflows/stuck-rules.yml", _WORKFLOW),
    ):
        _write(console, name, text.replace("{version}", __version__))
    return OK


def _find(folder: Path) -> tuple[str, ...]:
    """A log by the names that logs have."""
    for place in _FOLDERS:
        for name in _NAMES:
            shown = f"{place}/{name}" if place else name
            if (folder / shown).is_file():
                return (shown,)
    raise UsageError.at("no log was found here; name it: stuck-rules init LOG")


def _write(console: Console, name: str, text: str) -> None:
    path = console.cwd / name
    if path.exists():
        console.print(f"{name} is there already; this would go into it:\n\n{text}")
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError.at(f"cannot be written: {error.strerror}", name) from None
    console.print(f"{name} was written")
