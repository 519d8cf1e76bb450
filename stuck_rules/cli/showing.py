"""What a scan would do, without doing it: its settings and its files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, UNKNOWN
from stuck_rules.reporters.base import one_line

if TYPE_CHECKING:
    from stuck_rules import api


def add_showing(parser: argparse.ArgumentParser) -> None:
    """`--show-settings` and `--show-files`."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--show-settings",
        action="store_true",
        help="print each setting with the place that it comes from, and check nothing",
    )
    group.add_argument(
        "--show-files",
        action="store_true",
        help="print the files that would be checked, on stderr those left out, and check nothing",
    )


def show_settings(project: api.Project, console: Console) -> int:
    """Print the settings as TOML, with where each comes from as a comment."""
    from stuck_rules.config.showing import show_settings

    console.print(f"# root: {one_line(project.root.as_posix())}")
    for rulebook in project.rulebooks:
        kind = "bundled rulebook" if rulebook.bundled else "rulebook"
        console.print(f"# {kind}: {one_line(rulebook.path)}")
    console.print(f"# settings: {one_line(project.config.path or 'no file')}")
    console.print("\n".join(show_settings(project.config)))
    return OK


def show_files(project: api.Project, options: api.ScanOptions, console: Console) -> int:
    """Print the files, a line each; what is left out and what cannot be read goes to stderr."""
    from stuck_rules.runs import find_files

    found = find_files(project, options)
    console.print("\n".join(one_line(file.path.shown) for file in found.files))
    for excluded in found.excluded:
        console.note(f"left out: {one_line(str(excluded))}")
    for problem in found.problems:
        console.note(f"stuck-rules: {one_line(str(problem))}")
    return UNKNOWN if found.problems else OK
