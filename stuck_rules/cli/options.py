"""Options that several commands share, and their values made plain."""

from __future__ import annotations

import argparse

from stuck_rules.cli.console import Console
from stuck_rules.config.asked import Asked
from stuck_rules.errors import UsageError

# Flags whose values are lists of names, with commas between them.
_NAMES = ("select", "extend-select", "ignore", "extend-ignore")
# Flags whose values are the settings' values as they stand.
_PLAIN = (
    *("rulebook", "exclude", "extend-exclude", "baseline"),
    *("fail-level", "output-format", "cache-dir", "jobs"),
)


def add_rulebook(parser: argparse.ArgumentParser) -> None:
    """`--rulebook`, the plug-ins that its checks may come from, and other settings."""
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
    parser.add_argument(
        "--config",
        action="append",
        default=[],
        metavar="KEY=VALUE|FILE",
        help="a setting with a value in TOML, or the file of settings to use",
    )
    parser.add_argument(
        "--isolated",
        action="store_true",
        help="use no file of settings, and no variable of the environment",
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


def add_scan_settings(parser: argparse.ArgumentParser) -> None:
    """The flags that are settings of a scan, beside those that `add_selection` adds."""
    for name, what in (
        ("--extend-select", "run these too, beside the enabled or selected ones"),
        ("--extend-ignore", "leave these out too, beside those of the settings"),
    ):
        parser.add_argument(name, action="append", default=[], metavar="ID[,ID]", help=what)
    add_excludes(parser)
    parser.add_argument(
        "--severity",
        action="append",
        default=[],
        metavar="ID=LEVEL",
        help="give rules another severity: error, warning or info",
    )


def add_excludes(parser: argparse.ArgumentParser) -> None:
    """`--exclude` and `--extend-exclude`."""
    for name, what in (
        ("--exclude", "leave files out, in place of those of the settings"),
        ("--extend-exclude", "leave files out too, beside those of the settings"),
    ):
        parser.add_argument(name, action="append", default=[], metavar="GLOB", help=what)


def add_baseline(parser: argparse.ArgumentParser) -> None:
    """`--baseline`."""
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="the baseline (default: .stuck-rules-baseline.json at the root, where there is one)",
    )


def asked(arguments: argparse.Namespace, console: Console) -> Asked:
    """What the flags of a command and the environment say of the settings."""
    flags: dict[str, object] = {}
    for key in (*_NAMES, *_PLAIN):
        value = getattr(arguments, key.replace("-", "_"), None)
        if value is not None and value != []:
            flags[key] = list(names(value)) if key in _NAMES else value
    severities = getattr(arguments, "severity", None)
    if severities:
        flags["severity"] = dict(map(_severity, severities))
    # The code of plug-ins may come from anywhere, and what they find changes with it.
    remember = not (getattr(arguments, "no_cache", True) or arguments.plugin)
    return Asked(
        flags,
        tuple(arguments.config),
        console.environment,
        isolated=arguments.isolated,
        remember=remember and not arguments.allow_plugins,
    )


def _severity(text: str) -> tuple[str, str]:
    name, sign, level = text.rpartition("=")
    if not sign or not name:
        raise UsageError.at(f"--severity takes ID=LEVEL, not {text!r}")
    return name.strip(), level.strip()
