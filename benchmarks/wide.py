"""Rulebooks of many rules, in the shapes that teams write, on names of the code and on others."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

_NAME = re.compile(rb"[A-Za-z_][A-Za-z_0-9]{7,}")
_SHAPES = (
    "pattern: {name}(...)",
    "pattern: $X.{name}(...)",
    "pattern: import {name}",
    "pattern: {name}",
    (
        "pattern-either:\n      - pattern: {name}(..., debug=True, ...)\n"
        "      - pattern: {name}.load($X)"
    ),
    (
        "patterns:\n      - pattern: $F(..., {name}=$X, ...)\n"
        "      - pattern-not: $F(..., {name}=None)"
    ),
)


def rare_names(tree: Path, *, most_files: int = 5) -> list[str]:
    """Names of the code that stand in a few files alone, sorted."""
    files: Counter[bytes] = Counter()
    for file in sorted(tree.rglob("*.py")):
        files.update(set(_NAME.findall(file.read_bytes())))
    return sorted(name.decode() for name, count in files.items() if count <= most_files)


def write_rules(file: Path, names: list[str], count: int, seed: int = 0) -> None:
    """Write a rulebook; every fifth rule asks for a name of the code, the rest for another."""
    random = Random(seed)
    lines = ["version: 1", "rules:"]
    for number in range(count):
        name = random.choice(names) if number % 5 == 0 else f"retired_helper_{number}"
        condition = _SHAPES[number % len(_SHAPES)].format(name=name)
        lines.append(
            f"  - id: wide-{number}\n    message: not {name}\n    severity: warning\n"
            f"    {condition}"
        )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
