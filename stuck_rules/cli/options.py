"""Options that several commands share, and their values made plain."""

from __future__ import annotations

import argparse


def add_rulebook(parser: argparse.ArgumentParser) -> None:
    """`--rulebook`, and the plug-ins that its checks may come from."""
    parser.add_argument(
        "--rulebook",
        action="append",
        default=[],
        metavar="FILE",
        help="rulebook to use instead of the project's; may be given several times",
    )
    parser.add_argument(
        "--allow-plugins", action="store_true", help="load the checks of installed packages"
    )
    parser.add_argument(
        "--plugin",
        action="append",
        default=[],
        metavar="MODULE",
        help="load the checks of a Python module; may be given several times",
    )


def add_selection(parser: argparse.ArgumentParser) -> None:
    """`--select` and `--ignore`."""
    for name, what in (("--select", "run only these"), ("--ignore", "leave these out")):
        parser.add_argument(
            name,
            action="append",
            default=[],
            metavar="ID[,ID]",
            help=f"{what}: ids of rules or entries, * for any part of one",
        )


def names(values: list[str]) -> tuple[str, ...]:
    """The names in options that may be repeated and hold commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
