"""Which versions a clause asks for."""

from __future__ import annotations

import pytest

from stuck_rules.config.versions import satisfies


@pytest.mark.parametrize(
    ("version", "wanted", "expected"),
    [
        ("0.1.0", ">=0.1", True),
        ("0.1.0", "==0.1", True),
        ("0.1.0", "0.1", True),
        ("0.1.0", "!=0.1", False),
        ("0.10.0", ">0.9", True),
        ("0.9", ">0.10", False),
        ("1.0", ">=0.1,<1", False),
        ("0.9.9", " >= 0.1 , < 1 ", True),
        ("1.2.dev3", "<=1.2", True),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, wanted: str, expected: bool) -> None:
    assert satisfies(version, wanted) is expected


@pytest.mark.parametrize("wanted", ["", "~=1", ">=x", ">=1,", "==1.*"])
def test_a_clause_that_is_none_is_refused(wanted: str) -> None:
    with pytest.raises(ValueError, match="must be clauses such as"):
        satisfies("1", wanted)
