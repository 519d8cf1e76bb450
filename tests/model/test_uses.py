"""What stands behind a name that is used in some way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from stuck_rules.model.uses import Use, behind_use, is_used

_BEHIND = (*" \t\n\r\f\\#=():,.", "as", "is", "not", "x", "é")


def _texts() -> Iterator[str]:
    for length in range(4):
        yield from map("".join, product(_BEHIND, repeat=length))


@pytest.mark.parametrize("use", ["call", "keyword", "read"])
def test_what_stands_behind_is_told_of_each_name_that_is_used(use: Use) -> None:
    behind = re.compile(behind_use(use))
    told = [is_used(use, f"= foo{text}", 2, 5) <= bool(behind.match(text)) for text in _texts()]
    assert all(told)
    assert any(behind.match(text) is None for text in _texts())
