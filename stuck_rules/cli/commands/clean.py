"""`stuck-rules clean`: forget what earlier runs remember."""

from __future__ import annotations

import argparse

from stuck_rules.cache.folder import CacheFolder
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK
from stuck_rules.config.asked import Asked
from stuck_rules.project import cache_location


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--cache-dir", metavar="FOLDER", help="where runs remember (default: the user's cache)"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    flags = {"cache-dir": arguments.cache_dir} if arguments.cache_dir else {}
    location = cache_location(console.cwd, Asked(flags, environment=console.environment))
    if location is not None and CacheFolder(location).clear():
        console.note(f"removed the cache in {location}")
    else:
        console.note("nothing to remove" + (f" in {location}" if location else ""))
    return OK
