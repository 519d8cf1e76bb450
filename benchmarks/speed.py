"""Ours beside the peers on real code, cold and warm: `python -m benchmarks.speed [FOLDER]`.

Without a folder, twice five source distributions are fetched. Every group of commands runs in turn,
round by round, and each line of a table gives the ratio to the group's first command.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.debt import add_debt
from benchmarks.distributions import SPARSE, fetch, gather
from benchmarks.peers import installed
from benchmarks.start import measure
from benchmarks.timing import Timed, run_in_turn
from benchmarks.wide import rare_names, write_rules
from stuck_rules.model.rule import FilesCondition, TextCondition
from stuck_rules.rulebook.loader import load_rulebook

FOUR_RULES = "magic-none,fresh-user-execution-context,redis-localhost-fallback,relative-import"
_SAMPLE = 3_000_000
_Commands = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a comparison runs: folders that it may fill, and how often each command runs.

    In the `sparse` sources, the four rules find next to nothing.
    """

    work: Path
    sources: tuple[Path, ...]
    sparse: tuple[Path, ...]
    peers: tuple[str, ...]
    rounds: int
    path: str | None = None

    def tree(
        self, name: str, sources: Sequence[Path] = (), *, most_bytes: int | None = None
    ) -> Path:
        """A fresh tree with the Python files of sources."""
        tree = self.work / name
        if tree.exists():
            shutil.rmtree(tree)
        gather(list(sources or self.sources), tree, most_bytes=most_bytes)
        return tree


def ours(tree: Path, *options: str) -> list[str]:
    """Our program on a tree."""
    command = [sys.executable, "-m", "stuck_rules", "scan", str(tree), "--output-format", "concise"]
    return [*command, *options]


def cold(tree: Path, *options: str) -> list[str]:
    """Our program on a tree, without what it remembers."""
    return ours(tree, "--no-cache", *options)


def violations_of(command: Sequence[str], cwd: Path) -> int:
    """How many violations a command of ours reports.

    The report itself is thrown away: a process begins with the memory of the one that starts it.
    """
    told = subprocess.run(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    counted = re.search(r"^(\d+) violations? ", told.stderr, re.MULTILINE)
    return int(counted[1]) if counted is not None else 0


def size_of(tree: Path) -> tuple[int, int]:
    """How many Python files a tree has, and their bytes."""
    sizes = [file.stat().st_size for file in tree.rglob("*.py")]
    return len(sizes), sum(sizes)


def show(title: str, tree: Path, timed: Mapping[str, Timed], notes: Mapping[str, str]) -> None:
    """Print a group's table."""
    files, size = size_of(tree)
    print(f"\n### {title}: {files:,} files, {size / 1e6:.1f} MB\n")
    print("| command | seconds | ratio | MB/s | processor seconds | peak MB | exit | |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    first = next(iter(timed.values())).seconds
    for name, one in timed.items():
        codes = "/".join(str(code) for code in sorted(one.codes))
        print(
            f"| {name} | {one.seconds:.2f} | {one.seconds / first:.2f} "
            f"| {size / 1e6 / one.seconds:.1f} | {one.processor:.2f} "
            f"| {one.memory / 1e6:.0f} | {codes} | {notes.get(name, '')} |",
            flush=True,
        )


def _ast_parse(tree: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.ast_parse", str(tree), str(os.cpu_count() or 1)]


def _peers(setting: Setting, tree: Path, *, slow: bool) -> _Commands:
    return {
        peer.name: peer.command(program, tree)
        for peer, program in installed(setting.peers, setting.path)
        if peer.slow == slow
    }


def compare_cold(setting: Setting) -> None:
    """Code with few violations: four rules, all bundled ones, and who else is there."""
    trees = {
        "Hardly a violation": setting.tree("sparse", setting.sparse),
        "Many relative imports": setting.tree("clean"),
    }
    for title, tree in trees.items():
        commands = {
            "four rules, cold": cold(tree, "--select", FOUR_RULES),
            "bundled rules, cold": cold(tree),
            "`ast.parse`, as many processes": _ast_parse(tree),
            **_peers(setting, tree, slow=False),
        }
        _run(setting, title, tree, commands)


def compare_debt(setting: Setting) -> None:
    """The same code full of violations."""
    tree = setting.tree("debt")
    add_debt(tree)
    commands = {
        "four rules, cold": cold(tree, "--select", FOUR_RULES),
        "bundled rules, cold": cold(tree),
        **_peers(setting, tree, slow=False),
    }
    _run(setting, "Full of violations", tree, commands)


def compare_slow(setting: Setting) -> None:
    """A sample, since these peers take minutes for the whole."""
    tree = setting.tree("sample", most_bytes=_SAMPLE)
    commands = {"bundled rules, cold": cold(tree), **_peers(setting, tree, slow=True)}
    _run(setting, "A sample", tree, commands)


def compare_whole(setting: Setting) -> None:
    """All of the code with few violations, for which these peers take many minutes."""
    tree = setting.tree("sparse", setting.sparse)
    commands = {"bundled rules, cold": cold(tree), **_peers(setting, tree, slow=True)}
    _run(setting, "The whole for slow peers", tree, commands, warmup=0)


def compare_width(setting: Setting) -> None:
    """Twenty rules and five hundred."""
    tree = setting.tree("clean")
    names = rare_names(tree)
    commands = {}
    for count in (1, 20, 100, 500):
        file = setting.work / f"wide-{count}.yaml"
        write_rules(file, names, count)
        commands[f"{count} rules, cold"] = cold(tree, "--rulebook", str(file))
    _run(setting, "Many rules", tree, commands)


def compare_rules(setting: Setting) -> None:
    """Each rule of the bundled rulebook that looks at code, alone."""
    tree = setting.tree("clean")
    rules = load_rulebook(_HERE / "rules.yaml", shown="rules.yaml").rules
    commands = {"all of them": cold(tree)}
    for rule in rules:
        if rule.enabled and not isinstance(rule.condition, (FilesCondition, TextCondition)):
            commands[f"`{rule.id}`"] = cold(tree, "--select", rule.id)
    _run(setting, "Each bundled rule alone, cold", tree, commands)


def show_steps(setting: Setting) -> None:
    """How the time splits over the steps of a run."""
    clean, debt = setting.tree("clean"), setting.tree("debt")
    add_debt(debt)
    four = ("--select", FOUR_RULES)
    for title, arguments in (
        ("four rules, few violations", (str(clean), *four)),
        ("bundled rules, few violations", (str(clean),)),
        ("four rules, full of violations", (str(debt), *four)),
    ):
        print(f"\n### The steps of a run in one process: {title}\n", flush=True)
        command = [sys.executable, "-m", "benchmarks.steps", *arguments]
        subprocess.run([*command, "--output-format", "concise"], cwd=_HERE, check=True)


def show_start(setting: Setting) -> None:
    """What a commit waits for."""
    measure(max(setting.rounds * 3, 3))


def compare_size(setting: Setting) -> None:
    """The tree once and twice."""
    once, twice = setting.tree("clean"), setting.tree("twice/one")
    shutil.copytree(once, twice.parent / "two", dirs_exist_ok=True)
    commands = {
        "the tree, bundled rules, cold": cold(once),
        "the tree twice, bundled rules, cold": cold(twice.parent),
    }
    _run(setting, "Twice the code", once, commands)


def compare_warm(setting: Setting) -> None:
    """A second run over files that did not change, in a repository; one file changed."""
    tree = setting.tree("warm", setting.sparse)
    git = ["git", "-c", "user.name=b", "-c", "user.email=b@localhost", "-C", str(tree)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "code"], check=True)
    changed = min(tree.rglob("*.py"))
    touch = f"printf '# %s\\n' $$ >> {changed}; exec \"$@\""
    cache = ["--cache-dir", str(setting.work / "cache")]
    commands = {
        "git status": ["git", "-C", str(tree), "status", "--porcelain"],
        "four rules, warm": ours(tree, "--select", FOUR_RULES, *cache),
        "bundled rules, warm": ours(tree, *cache),
        "bundled rules, one file changed": ["sh", "-c", touch, "sh", *ours(tree, *cache)],
    }
    _run(setting, "Nothing changed", tree, commands)
    copy = setting.work / "checkout"
    if copy.exists():
        shutil.rmtree(copy)
    shutil.copytree(tree, copy)
    fresh = {"bundled rules, the same content in another place": ours(copy, *cache)}
    show("A new checkout", copy, run_in_turn(fresh, setting.work, rounds=1, warmup=0), {})


def _run(setting: Setting, title: str, tree: Path, commands: _Commands, *, warmup: int = 1) -> None:
    notes = {
        name: f"{violations_of(command, _HERE):,} violations"
        for name, command in commands.items()
        if "stuck_rules" in command
    }
    timed = run_in_turn(commands, _HERE, rounds=setting.rounds, warmup=warmup)
    show(title, tree, timed, notes)


_HERE = Path(__file__).parent.parent

# Only where it is asked for.
_MINUTES = "whole"

GROUPS: dict[str, Callable[[Setting], None]] = {
    "cold": compare_cold,
    "debt": compare_debt,
    "slow": compare_slow,
    _MINUTES: compare_whole,
    "width": compare_width,
    "size": compare_size,
    "warm": compare_warm,
    "rules": compare_rules,
    "steps": show_steps,
    "start": show_start,
}


def _show_machine(setting: Setting) -> None:
    """When, on what and with what all of it runs."""
    versions = [f"Python {platform.python_version()}"]
    for name, program in {peer.program: p for peer, p in installed((), setting.path)}.items():
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        number = re.search(r"\d+\.\d\S*", told.stdout + told.stderr)
        versions.append(f"{name} {number[0] if number else '?'}")
    today = datetime.now(tz=timezone.utc).date().isoformat()
    print(f"{today}, {os.cpu_count()} processors, {', '.join(versions)}.", flush=True)


def main(arguments: Sequence[str]) -> None:
    """Run the groups that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="code to measure on")
    parser.add_argument("--group", action="append", choices=list(GROUPS), help="only these")
    parser.add_argument("--peer", action="append", default=[], help="only these programs")
    parser.add_argument("--peer-path", help="where the peers' programs lie, else PATH")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, help="a folder to keep trees and archives in")
    given = parser.parse_args(arguments)
    # Programs are installed with their bytecode, whatever holds where they are worked on.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # It would ask the network, for minutes where there is none.
    os.environ["SEMGREP_ENABLE_VERSION_CHECK"] = "0"
    with tempfile.TemporaryDirectory() as temporary:
        work: Path = (given.work or Path(temporary)).resolve()
        own = (given.folder.resolve(),) if given.folder else ()
        setting = Setting(
            work,
            own or tuple(fetch(work / "distributions")),
            own or tuple(fetch(work / "distributions", SPARSE)),
            tuple(given.peer),
            given.rounds,
            given.peer_path,
        )
        _show_machine(setting)
        for name in given.group or [name for name in GROUPS if name != _MINUTES]:
            GROUPS[name](setting)


if __name__ == "__main__":
    main(sys.argv[1:])
