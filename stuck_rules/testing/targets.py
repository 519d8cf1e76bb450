"""Rule files and the annotated files beside them: `rule.yaml`, `rule.py`, `rule.fixed.py`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from stuck_rules.errors import UsageError
from stuck_rules.values import dataclass

_RULES = (".yaml", ".yml")
_CODE = (".py", ".pyi")
_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Target:
    """A Python file with annotations, and what the fixes must make of it where that is given.

    `inner` is its path below a folder of the rule file's name, by which the rules' `paths` count.
    """

    path: Path
    fixed: Path | None = None
    inner: str | None = None


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A YAML file of rules with its targets; without any it may still hold examples."""

    path: Path
    targets: tuple[Target, ...]


def find_rule_files(paths: Sequence[Path], is_rules: Callable[[Path], bool]) -> list[RuleFile]:
    """The rule files that the paths name: files, their targets, or folders of both.

    `is_rules` tells rule files from other YAML in a folder. Raises UsageError where a path is
    missing or leads to no rule file.
    """
    found: dict[Path, RuleFile] = {}
    for path in paths:
        for rules in _rule_files(path, is_rules):
            found.setdefault(rules, RuleFile(rules, tuple(_targets(rules, rules.parent))))
    return list(found.values())


def pair_rule_files(
    rules: Sequence[Path], paths: Sequence[Path], is_rules: Callable[[Path], bool]
) -> list[RuleFile]:
    """Rule files, or those of folders, with targets that are kept elsewhere.

    The paths are targets, or folders that are divided as those of the rules. Raises UsageError
    where a path is missing.
    """
    found: dict[Path, list[Target]] = {}
    for root in rules:
        folder = root if root.is_dir() else root.parent
        for file in _rule_files(root, is_rules):
            targets = found.setdefault(file, [])
            for path in map(_present, paths):
                if path.is_dir():
                    targets.extend(_targets(file, path / file.parent.relative_to(folder)))
                elif file == root or _stem_fits(file, path):
                    targets.append(Target(path, _fixed(path)))
    return [RuleFile(file, tuple(dict.fromkeys(targets))) for file, targets in found.items()]


def _present(path: Path) -> Path:
    if not path.exists():
        raise UsageError.at("no such file or folder", str(path))
    return path


def _rule_files(path: Path, is_rules: Callable[[Path], bool]) -> list[Path]:
    if _present(path).is_dir():
        return sorted(file for file in _walk(path, _RULES) if is_rules(file))
    if path.suffix in _RULES:
        return [path]
    beside = _rules_beside(path)
    folders = list(path.parents)
    while not beside and folders:
        beside = _rules_beside(folders.pop(0))
    if not beside:
        stem = path.name.partition(".")[0]
        raise UsageError.at(f"no {stem}.yaml stands beside it with the rules to test", str(path))
    return beside


def _rules_beside(path: Path) -> list[Path]:
    """The rule files that a target is named for: those whose name fits best."""
    parts = path.name.split(".")
    for count in range(len(parts), 0, -1):
        stem = ".".join(parts[:count])
        files = [path.with_name(stem + suffix) for suffix in _RULES] if stem else []
        present = [file for file in files if file.is_file()]
        if present:
            return present
    return []


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        for name in sorted(files):
            path = Path(root) / name
            is_data = name.endswith((".test.yaml", ".test.yml"))
            if name.endswith(suffixes) and not name.startswith(".") and not is_data:
                yield path


def _targets(rules: Path, folder: Path) -> Iterator[Target]:
    """The targets in a folder: files with the rule file's name, and those below such a folder."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and _is_target(path) and _stem_fits(rules, path):
            if folder != rules.parent or rules in _rules_beside(path):
                yield Target(path, _fixed(path))
    below = folder / rules.name.removesuffix(rules.suffix)
    for path in _walk(below, _CODE):
        # Code with a rule file of its own beside it is that one's target.
        if _is_target(path) and not _rules_beside(path):
            yield Target(path, _fixed(path), path.relative_to(below).as_posix())


def _stem_fits(rules: Path, path: Path) -> bool:
    return path.name.startswith(rules.name.removesuffix(rules.suffix) + ".")


def _is_target(path: Path) -> bool:
    return path.suffix in _CODE and not path.stem.endswith(".fixed")


def _fixed(path: Path) -> Path | None:
    fixed = path.with_name(f"{path.stem}.fixed{path.suffix}")
    return fixed if fixed.is_file() else None
