"""`stuck-rules baseline`: the violations that a project lives with for now."""

from __future__ import annotations

import argparse

from stuck_rules import api
from stuck_rules.baseline.known import Known
from stuck_rules.baseline.renewal import prune, update
from stuck_rules.baselining import Held
from stuck_rules.cli.console import Console
from stuck_rules.cli.errors import OK, VIOLATIONS
from stuck_rules.cli.options import (
    add_baseline,
    add_rulebook,
    add_scan_settings,
    add_selection,
    asked,
)
from stuck_rules.reporters.base import count, dump_json, visible

_ACTIONS = {
    "create": "write down every violation that there is",
    "update": "drop what is no longer there, let what moved move",
    "prune": "drop what is no longer there, and nothing else",
    "show": "list what is known, by rule and file",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for action, what in _ACTIONS.items():
        sub = actions.add_parser(action, help=what, description=what)
        sub.set_defaults(action=action, accept_new=False)
        sub.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files or folders")
        add_rulebook(sub)
        add_selection(sub)
        add_scan_settings(sub)
        add_baseline(sub)
        if action == "update":
            sub.add_argument("--accept-new", action="store_true", help="take new violations in")
        if action == "show":
            sub.add_argument(
                "--output-format", choices=["full", "json"], default="full", help="how to show"
            )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run it and return the exit code."""
    action: str = arguments.action
    paths = tuple(arguments.paths or ["."])
    project = api.open_project(console.cwd, paths, asked=asked(arguments, console))
    held = api.hold(project, api.ScanOptions(paths=paths, fixes=False), afresh=action == "create")
    if action == "show":
        console.print(_json(held) if arguments.output_format == "json" else _text(held))
        return OK
    accept_new = action == "create" or arguments.accept_new
    if action == "prune":
        known = prune(held.baseline.known, held.comparison)
    else:
        known = update(held.baseline.known, held.comparison, accept_new=accept_new)
    held.baseline.file.write(known)
    console.note(f"{held.baseline.file.shown}: {_told(held, known, action, accept_new=accept_new)}")
    return OK if action == "prune" or accept_new else _refuse_new(project, held, console)


def _refuse_new(project: api.Project, held: Held, console: Console) -> int:
    """Tell how much was left out; the exit code is that of a scan."""
    new = [violation for violation in held.violations if violation.suppressed is None]
    if new:
        console.note(
            f"{count(len(new), 'new violation')} left out: `stuck-rules scan` shows what to mend, "
            "--accept-new takes them in"
        )
    level = project.config.fail_level
    return VIOLATIONS if any(v.severity.rank >= level.rank for v in new) else OK


def _told(held: Held, known: Known, action: str, *, accept_new: bool) -> str:
    """What changed, and what the baseline now holds."""
    if action == "create":
        return _sum(known)
    comparison = held.comparison
    dropped = sum(comparison.stale.values())
    moved = sum(comparison.moved.values()) if action == "update" else 0
    taken_in = sum(comparison.new.values()) if accept_new else 0
    changes = [
        f"{number} {what}"
        for number, what in ((dropped, "dropped"), (moved, "moved"), (taken_in, "taken in"))
        if number
    ]
    return f"{', '.join(changes) or 'nothing to change'}; {_sum(known)}"


def _sum(known: Known) -> str:
    rules, files = {place.rule for place in known}, {place.path for place in known}
    return (
        f"{count(sum(known.values()), 'violation')} of {count(len(rules), 'rule')} "
        f"in {count(len(files), 'file')}"
    )


def _tally(held: Held) -> dict[str, dict[str, tuple[int, int]]]:
    """How many violations the baseline holds, and how many of them are stale: rule, file."""
    tally: dict[str, dict[str, tuple[int, int]]] = {}
    for place, number in sorted(
        held.baseline.known.items(), key=lambda item: (item[0].rule, item[0].path)
    ):
        files = tally.setdefault(place.rule, {})
        known, stale = files.get(place.path, (0, 0))
        files[place.path] = (known + number, stale + held.comparison.stale.get(place, 0))
    return tally


def _text(held: Held) -> str:
    lines = [f"{visible(held.baseline.file.shown)}: {_sum(held.baseline.known)}"]
    for rule, files in _tally(held).items():
        lines.append(f"{visible(rule)}: {sum(known for known, _ in files.values())}")
        for path, (known, stale) in files.items():
            lines.append(f"{known:>6}  {visible(path)}{f' ({stale} stale)' if stale else ''}")
    return "\n".join(lines)


def _json(held: Held) -> str:
    return dump_json(
        {
            "version": 1,
            "path": held.baseline.file.shown,
            "summary": {
                "violations": sum(held.baseline.known.values()),
                "stale": sum(held.comparison.stale.values()),
            },
            "rules": [
                {
                    "rule": rule,
                    "files": [
                        {"path": path, "violations": known, "stale": stale}
                        for path, (known, stale) in files.items()
                    ],
                }
                for rule, files in _tally(held).items()
            ],
        }
    )
