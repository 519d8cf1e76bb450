"""Rule files and the annotated files beside them: `rule.yaml`, `rule.py`, `rule.fixed.py`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stuck_rules.errors import UsageError

_RULES = (".yaml", ".yml")
_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Target:
    """A Python file with annotations, and what the fixes must make of it where that is given."""

    path: Path
    fixed: Path | None


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A YAML file of rules with its targets; without any it may still hold examples."""

    path: Path
    targets: tuple[Target, ...]


def find_rule_files(paths: Sequence[Path]) -> list[RuleFile]:
    """The rule files that the paths name: files, their targets, or folders of both.

    Raises UsageError where a path is missing or leads to no rule file.
    """
    found: dict[Path, RuleFile] = {}
    for path in paths:
        for rules in _rule_files(path):
            found.setdefault(rules, RuleFile(rules, tuple(_targets(rules))))
    return list(found.values())


def _rule_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(_walk(path))
    if not path.is_file():
        raise UsageError.at("no such file or folder", str(path))
    if path.suffix in _RULES:
        return [path]
    stem = path.name.partition(".")[0]
    beside = [path.with_name(stem + suffix) for suffix in _RULES]
    present = [rules for rules in beside if rules.is_file()]
    if not present:
        raise UsageError.at(f"no {stem}.yaml stands beside it with the rules to test", str(path))
    return present


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        for name in files:
            if name.endswith(_RULES) and not name.endswith((".test.yaml", ".test.yml")):
                yield Path(root) / name


def _targets(rules: Path) -> Iterator[Target]:
    stem = rules.name.removesuffix(rules.suffix)
    for path in sorted(rules.parent.glob(f"{_escaped(stem)}.*")):
        name = path.name
        if path.suffix == ".py" and not name.endswith(".fixed.py") and path.is_file():
            fixed = path.with_name(name.removesuffix(".py") + ".fixed.py")
            yield Target(path, fixed if fixed.is_file() else None)


def _escaped(stem: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in stem)
