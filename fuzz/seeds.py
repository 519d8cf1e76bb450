"""Texts to begin with, and how they are changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from fuzz.targets import ROOT

_FOLDERS = {
    "log": ("docs/*.md", "tests/generator/shapes/*.md", "tests/generator/labelled/*.md"),
    "rulebook": ("rules.yaml", "examples/patterns/*.yaml", "tests/patterns/typical/*.yaml"),
    "engine": ("examples/**/*.py", "tests/patterns/**/*.py", "stuck_rules/checks/*.py"),
    "settings": ("pyproject.toml",),
    "globs": (".gitignore",),
}
_SAME = {"fixes": "engine", "suppressions": "engine", "encoding": "engine"}
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
# What parsers stumble over: ends, escapes, other alphabets, marks of each language that is read.
_ODD = (
    *("\0", "\r", "\x0c", "\x1b[31m", "\ufeff", "\u2028", "\u202e", "\ud800", "\U0001f600", "\xa0"),
    *("(", ")", "[", "]", "{", "}", '"', "'", '"""', "`", "```", "\\", "#", "$X", "$...A", "..."),
    *(
        "<...",
        "...>",
        "*",
        "**",
        "|",
        ":",
        ";",
        ",",
        "@",
        "=",
        ":=",
        "->",
        "lambda",
        "async",
        "match",
    ),
    *("&a", "*a", "<<", "- ", "? ", "!!python/object", "%", "---", "{{", "\t", "\n", "\n\n"),
    *(
        "# stuck-rules: ignore[",
        "]",
        "-- ",
        "ignore-file",
        "# Entry 1: ",
        "**Root cause**:",
        "WRONG",
    ),
    *(
        "MagicNone",
        "f'{",
        "0x",
        "1_0",
        "1e999",
        "\\N{DASH}",
        "b''",
        "rb'",
        "not ",
        "yield",
        "await",
    ),
)


def seeds(target: str) -> list[str]:
    """The texts of the repository that a target reads, in a fixed order."""
    if target == "pattern":
        return [line.strip() for text in seeds("rulebook") for line in text.split("\n")]
    files = [file for glob in _FOLDERS[_SAME.get(target, target)] for file in _files(glob)]
    return [file.read_text(encoding="utf-8") for file in files]


def _files(glob: str) -> list[Path]:
    return sorted(ROOT.glob(glob))


def mutants(target: str, seed: int) -> Iterator[str]:
    """Texts without end, the same for the same seed."""
    random = Random(seed)
    texts = seeds(target)
    while True:
        text = random.choice(texts)
        if len(text) > 4_000:
            lines = text.split("\n")
            start = random.randrange(len(lines))
            text = "\n".join(lines[start : start + random.randrange(1, 80)])
        for _ in range(random.choice((0, 1, 1, 2, 3, 8))):
            text = _changed(text, random, texts)
        yield text


def _changed(text: str, random: Random, texts: list[str]) -> str:
    by_line = random.random() < 0.4
    pieces = text.split("\n") if by_line else _PIECE.findall(text)
    if not pieces:
        return random.choice(_ODD)
    place = random.randrange(len(pieces))
    other = random.randrange(len(pieces))
    match random.randrange(7):
        case 0:
            del pieces[place : place + random.randrange(1, 4)]
        case 1:
            pieces.insert(place, random.choice(_ODD))
        case 2:
            pieces[place] = random.choice(_ODD)
        case 3:
            pieces[place], pieces[other] = pieces[other], pieces[place]
        case 4:
            pieces[place:place] = pieces[other : other + random.randrange(1, 6)]
        case 5:
            pieces[place] = pieces[place] * random.choice((2, 3, 50))
        case _:
            borrowed = random.choice(texts).split("\n")
            pieces.insert(place, random.choice(borrowed))
    return ("\n" if by_line else "").join(pieces)
