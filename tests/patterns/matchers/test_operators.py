"""Operators."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked

CASES = [
    pytest.param("$A and $B", "x = «a and b»; x = a or b", id="and"),
    pytest.param("a and c", "x = «a and c»; x = c and a; x = a and b and c", id="order of and"),
    pytest.param("... and c", "x = «a and b and c»; x = a and c and d", id="end of and"),
    pytest.param("a | b", "x = «b | a»; x = a & b; x = a or b", id="order of |"),
    pytest.param("a + b", "x = «a + b» + c; x = b + a; x = (c + a) + b", id="sum"),
    pytest.param("$A < $B", "x = «a < b»; x = a < b < c; x = a <= b; x = b > a", id="comparison"),
    pytest.param("$X not in $Y", "x = «a not in b»; x = not a in b; x = a in b", id="not in"),
    pytest.param("$X == None", "x = «a == None»; x = None == a; x = a is None", id="equality"),
    pytest.param("not $X", "x = «not a in b»; x = a not in b", id="not"),
    pytest.param("-1", "x = «-1»; x = 1; x = «0 - 1»", id="sign"),
    pytest.param("8", "x = «8»; x = «0x8»; x = 8.0; x = «2 * 4»", id="number"),
    pytest.param("$A if $C else $B", "x = «a if c else b»; x = c", id="choice"),
    pytest.param("$X == $X", "x = «a.b == a . b»; x = a == b; x = a != a", id="twice"),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_operators(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked.replace("; ", "\n"))


def test_each_prefix_of_a_sum_is_told() -> None:
    assert_marked('"a" + ...', "«««'a' + b» + c» + d»\nb + 'a'")


OPTIONS = [
    pytest.param("$X == None", "«None == a»", "symmetric_eq", id="equality"),
    pytest.param("a or b", "«c or b or a»", "commutative_boolop", id="or"),
]


@pytest.mark.parametrize(("pattern", "marked", "option"), OPTIONS)
def test_options_turn_operands(pattern: str, marked: str, option: str) -> None:
    assert_marked(pattern, marked, **{option: True})
    assert_marked(pattern, marked.replace("«", "").replace("»", ""))
