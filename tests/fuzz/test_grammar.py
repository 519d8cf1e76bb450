"""Programs made from Python's grammar break nothing that reads code."""

from __future__ import annotations

import pytest

from fuzz.grammar import NAMES, feed


@pytest.mark.parametrize("name", NAMES)
def test_programs_from_the_grammar_break_nothing(name: str) -> None:
    assert feed(name, examples=20, seed=True) > 0
