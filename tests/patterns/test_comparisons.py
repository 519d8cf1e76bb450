"""Expressions of metavariable-comparison."""

from __future__ import annotations

import pytest

from stuck_rules.patterns.comparisons import Operand, holds, parse_comparison

OPERANDS = {
    "$I": Operand(8, "8"),
    "$F": Operand(2.5, "2.5"),
    "$S": Operand("abc", '"abc"'),
    "$N": Operand("11", '"11"'),
    "$B": Operand(True, "True"),
    "$L": Operand(["a", "b"], '["a", "b"]'),
    "$V": Operand(None, "name"),
}

TRUE = [
    "$I > 7 and $I % 2 == 0",
    "$I + $F > 10",
    "-$I < 0",
    "$I ** 2 == 64",
    "1 < $I <= 8",
    "not ($I == 1) or $V > 2",
    "$S in ['abc', 'x']",
    "'b' in $S",
    "'a' in $L",
    "$S != 'x'",
    "$S < 'b'",
    "$B == True",
    "int($N) == 11",
    "str($V) == 'name'",
    "str($S) == 'abc'",
    "upper($S) == 'ABC'",
    "re.match('a.c', str($S))",
]


@pytest.mark.parametrize("comparison", TRUE)
def test_holds(comparison: str) -> None:
    assert holds(parse_comparison(comparison), OPERANDS)


FALSE = [
    pytest.param("$I < 7", id="number"),
    pytest.param("$V > 1", id="unknown value"),
    pytest.param("$Z > 1", id="unbound"),
    pytest.param("$S > 1", id="text beside a number"),
    pytest.param("$B == 1", id="True is not 1"),
    pytest.param("$B + 1 == 2", id="no arithmetic with True"),
    pytest.param("$I", id="no truth value"),
    pytest.param("int($S) > 0", id="no number"),
    pytest.param("$I / 0 == 1", id="division by zero"),
    pytest.param("9 ** 99999999 > 1", id="huge power"),
    pytest.param("re.match('b', $S)", id="from the start"),
    pytest.param("not $V", id="unknown stays unknown"),
]


@pytest.mark.parametrize("comparison", FALSE)
def test_does_not_hold(comparison: str) -> None:
    assert not holds(parse_comparison(comparison), OPERANDS)
