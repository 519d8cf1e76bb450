"""Code that comes from stdin: its name, its content, and the fixed code that goes to stdout."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from stuck_rules.cli.console import Console
from stuck_rules.errors import UsageError
from stuck_rules.scanner.search import NAMELESS
from stuck_rules.values import dataclass

if TYPE_CHECKING:
    from stuck_rules import api


@dataclass(frozen=True, slots=True)
class Stdin:
    """What came from stdin, and the path that it stands for."""

    name: str
    data: bytes

    def fixed(self, fixer: api.FileFixer) -> bytes:
        """The code with its fixes; as it came where there are none or it is excluded."""
        return next((file.data for file in fixer.files), self.data)


def add_stdin(parser: argparse.ArgumentParser) -> None:
    """`--stdin-filename`."""
    parser.add_argument(
        "--stdin-filename",
        metavar="NAME",
        help="with - as PATH: the file that the code from stdin stands for",
    )


def read_stdin(arguments: argparse.Namespace, console: Console) -> Stdin | None:
    """The code from stdin where `-` asks for it; raises UsageError for half a question."""
    name: str | None = arguments.stdin_filename
    if "-" not in arguments.paths:
        if name is not None:
            raise UsageError.at("--stdin-filename needs - as the path: scan - --stdin-filename F")
        return None
    if len(arguments.paths) > 1:
        raise UsageError.at("- is the code from stdin, and stands alone")
    if name is None:
        return Stdin(NAMELESS, console.stdin.read())
    if not os.path.basename(name) or os.path.isdir(Path(console.cwd) / name):
        raise UsageError.at("--stdin-filename names no file", name)
    return Stdin(name, console.stdin.read())
