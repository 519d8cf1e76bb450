"""A rule's options."""

from __future__ import annotations

import pytest

from stuck_rules.errors import PatternError
from stuck_rules.patterns.options import Options, read_options


def test_texts_and_booleans_are_read() -> None:
    chosen = read_options({"symmetric_eq": "true", "constant_propagation": False})
    assert chosen == Options(symmetric_eq=True, constant_propagation=False)


def test_options_of_other_engines_have_no_effect() -> None:
    assert read_options({"taint_intrafile": True, "interfile": True}) == Options()


def test_unknown_options_are_refused() -> None:
    with pytest.raises(PatternError, match="'symetric_eq' is not supported"):
        read_options({"symetric_eq": True})
