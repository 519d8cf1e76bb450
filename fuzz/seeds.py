"""Texts to begin with, and how they are changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from fuzz.stored import kept_by_a_scan
from fuzz.targets import ROOT

_FOLDERS = {
    "log": ("docs/*.md", "tests/generator/shapes/*.md", "tests/generator/labelled/*.md"),
    "rulebook": ("rules.yaml", "examples/patterns/*.yaml", "tests/patterns/typical/*.yaml"),
    "engine": ("examples/**/*.py", "tests/patterns/**/*.py", "stuck_rules/checks/*.py"),
    "settings": ("pyproject.toml",),
    "globs": (".gitignore",),
}
# What no file of the repository holds.
_TEXTS = {
    "notebook": (
        (
            '{"cells": [{"cell_type": "code", "metadata": {}, "source": ["%time x = MagicNone\\n", '
            '"!ls\\n"], "outputs": []}, {"cell_type": "markdown", "source": "a"}], "metadata": '
            '{"kernelspec": {"language": "python"}}, "nbformat": 4, "nbformat_minor": 5}'
        ),
        (
            '{\n "cells": [\n  {\n   "cell_type": "code",\n   "id": "a",\n   "metadata": {},\n   '
            '"source": "%%bash\\nls"\n  },\n  {"cell_type": "code", "source": '
            '["def f():\\n", "    return MagicNone"]}\n ],\n "nbformat": 4\n}\n'
        ),
    ),
    "baseline": (
        (
            '{"stuck-rules-baseline": 1, "items": [\n{"path": "a.py", "rule": "a", "statement": '
            '"0123456789abcdef", "count": 1},\nnull]}\n'
        ),
    ),
    "diff": (
        (
            "diff --git a/a.py b/a.py\nindex 1..2 100644\n--- a/a.py\n+++ b/a.py\n"
            "@@ -1,2 +1,3 @@ def f():\n-a\n-b\n+c\n+d\n+e\n@@ -9 +10,0 @@\n-a\n"
        ),
        (
            'diff --git "a/\\303\\251.py" "b/a\\tb.py"\nrename from x\n--- "a/\\303\\251.py"\n'
            '+++ "b/a\\tb.py"\n@@ -0,0 +1 @@\n+++ b/c.py\n\\ No newline at end of file\n'
        ),
    ),
    "suppressions": (
        "x = 1  # stuck-rules: ignore[a, b] -- because\ny = [\n    1,  # stuck-rules: ignore\n]\n",
        "# stuck-rules: ignore-file[a] -- because\n\ndef f():  # noqa  # stuck-rules: ignore[*]\n",
    ),
    "reports": ("a.py", "a\n::error::b", "]]>&<b>`|", "%0A,:", "src/é\\ ü.py", "a" * 300),
}
_SAME = {"fixes": "engine", "encoding": "engine"}
# A piece may be doubled again and again.
_LONGEST = 100_000
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
    if target == "cache":
        return [f"{name.partition('/')[0]}\n{text}" for name, text in kept_by_a_scan().items()]
    if target in _TEXTS:
        return list(_TEXTS[target])
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
        yield text[:_LONGEST]


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
