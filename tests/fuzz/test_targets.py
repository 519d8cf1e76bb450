"""A short run of every target, on seeds, on mutants, and on what once broke something."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from fuzz.seeds import mutants
from fuzz.targets import TARGETS
from stuck_rules.cst.source import RECURSION_LIMIT

FINDS = sorted((Path(__file__).parent / "finds").glob("*.txt"))
_INPUTS = 40


@pytest.mark.parametrize("target", list(TARGETS))
def test_mutants_break_nothing(target: str) -> None:
    for text in islice(mutants(target, seed=1), _INPUTS):
        TARGETS[target](text)


@pytest.fixture
def _deep() -> Iterator[None]:
    """As after code was checked in this process: what recurses then may end it."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(RECURSION_LIMIT)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("_deep")
@pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in FINDS])
def test_what_once_broke_something_no_longer_does(file: Path) -> None:
    text = file.read_bytes().decode("utf-8", "surrogatepass")
    TARGETS[file.stem.partition("-")[0]](text)
