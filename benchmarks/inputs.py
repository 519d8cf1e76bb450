"""Generated Python code of a wanted size, the same at every run."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

_IMPORTS = (
    "import os",
    "import json as js",
    "import subprocess as sp",
    "from os import path",
    "from hashlib import md5 as digest, sha1",
    "from requests import get, post as send",
    "from collections import *",
)
_CALLS = (
    "os.path.join(a, b)",
    "path.exists(a)",
    "js.loads(b)",
    "sp.run(a, shell=True)",
    "digest(a).hexdigest()",
    "send(a, timeout=3)",
    "get(a)",
    "self.store.save(a, b, key=1)",
    "logger.info('%s', a)",
    "print(a, b)",
)
_VALUES = ("1", "'text'", "a", "b + 1", "[a, b]", "{'k': a}", "a.name", "f(a)", "None", "a or b")
MARKS = ("start", "step", "middle", "go", "check", "finish")


def _statement(random: Random, number: int) -> str:
    """One statement on one line."""
    match random.randrange(6):
        case 0:
            return f"value_{number} = {random.choice(_CALLS)}"
        case 1:
            return random.choice(_CALLS)
        case 2:
            return f"self.part_{number % 7} = {random.choice(_VALUES)}"
        case 3:
            return f"total_{number % 9} = {random.choice(_VALUES)}"
        case 4:
            return f"assert a != {random.choice(_VALUES)}"
        case _:
            return f"name_{number} = name_{max(0, number - 3)} + 'x{number % 50}'"


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _block(random: Random, lines: list[str]) -> list[str]:
    """Lines under an `if` with `else`, a loop, a `with` or a `try`."""
    inside = _indented(lines)
    match random.randrange(4):
        case 0:
            return ["if a > 1:", *inside, "else:", "    b = None"]
        case 1:
            return ["for item in b:", *inside]
        case 2:
            return ["with open(a) as file:", *inside]
        case _:
            return ["try:", *inside, "except ValueError:", "    pass"]


def statements(count: int, seed: int = 0) -> list[str]:
    """Statements on a line each."""
    random = Random(seed)
    return [_statement(random, number) for number in range(count)]


def marked(count: int, *, argument: str = "a", every: int = 10) -> list[str]:
    """Statements with a call of one of the marks in turn at equal distances.

    `{number}` in the argument makes each call's own.
    """
    lines = statements(count)
    for turn, place in enumerate(range(0, count, every)):
        mark = MARKS[turn % len(MARKS)]
        lines[place] = f"{mark}({argument.format(number=turn // len(MARKS))})"
    return lines


def in_blocks(lines: list[str], size: int = 20) -> list[str]:
    """The lines with every second stretch of some size in a block that holds a block."""
    random = Random(size)
    found: list[str] = []
    for start in range(0, len(lines), size):
        part = lines[start : start + size]
        if start // size % 2:
            middle = len(part) // 2
            part = _block(random, [*part[:middle], *_block(random, part[middle:])])
        found += part
    return found


def function(lines: Iterable[str], name: str = "f", parameters: str = "self, a, b=1") -> str:
    """A function of these lines."""
    return "\n".join([f"def {name}({parameters}):", *_indented(lines), ""])


def project_file(functions: int) -> str:
    """A module with imports and functions of some 480 bytes each."""
    parts = [function(in_blocks(statements(12, n), 4), f"f_{n}") for n in range(functions)]
    return "\n".join([*_IMPORTS, "", *parts])


def marked_functions(functions: int) -> str:
    """A module of functions of forty statements, each with all marks and some more."""
    return "\n".join(
        function(in_blocks(marked(40, every=4)), f"f_{number}") for number in range(functions)
    )


def classes(members: int) -> str:
    """A class with a field and a method in turn."""
    lines: list[str] = []
    for number in range(members // 2):
        lines += [f"field_{number} = {number}", f"def method_{number}(self): return {number}"]
    return "\n".join(["class C(Base):", *_indented(lines), ""])


def listed(template: str, count: int, joint: str = ", ") -> str:
    """A template filled with the numbers from 0 on."""
    return joint.join(template.format(number=number) for number in range(count))
