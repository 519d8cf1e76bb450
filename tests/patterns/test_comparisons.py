"""Expressions of metavariable-comparison."""

from __future__ import annotations

import pytest

from stuck_rules.errors import PatternError
from stuck_rules.patterns.comparison_syntax import parse_comparison
from stuck_rules.patterns.comparisons import Operand, Special, holds

OPERANDS = {
    "$I": Operand(8, "8"),
    "$F": Operand(2.5, "2.5"),
    "$S": Operand("abc", '"abc"'),
    "$N": Operand("11", '"11"'),
    "$B": Operand(True, "True"),
    "$L": Operand(["a", "b"], '["a", "b"]'),
    "$V": Operand(None, "name"),
    "$O": Operand(Special.NONE, "None"),
    "$U": Operand(["a", Special.UNKNOWN], '["a", b]'),
    "$D": Operand("2024-12-31", '"2024-12-31"'),
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
    "$O == None",
    "$O is None",
    "$I != None",
    "$I is not None",
    "$S not in [None, 'x']",
    "len($S) == 3",
    "len($U) > 1",
    "'a' in $U",
    "$I & 12 == 8",
    "int($F) == 2",
    "int($I) == 8",
    "int('12') == 12",
    "strptime($D) < strptime('2025-01-01')",
    "strptime($D) + 86400 == strptime('2025-01-01')",
    "today() > strptime('2020-01-01')",
    "'$S' == '$S'",
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
    pytest.param("$V == None", id="unknown is not None"),
    pytest.param("$V != None", id="unknown may be None"),
    pytest.param("$O < 1", id="None has no order"),
    pytest.param("'b' in $U", id="unknown element"),
    pytest.param("$U == ['a', 'b']", id="unknown element equals nothing"),
    pytest.param("len($I) == 1", id="length of a number"),
    pytest.param("strptime($S) > 0", id="no date"),
    pytest.param("$S == '$S'", id="no metavariable in a string"),
]


@pytest.mark.parametrize("comparison", FALSE)
def test_does_not_hold(comparison: str) -> None:
    assert not holds(parse_comparison(comparison), OPERANDS)


REFUSED = [
    pytest.param("len($X, 1) > 2", "'len($X, 1)'", id="number of arguments"),
    pytest.param("float($X) > 1", "the call", id="unknown function"),
    pytest.param("$X.startswith('a')", "the call", id="method"),
    pytest.param("open('x') == $X", "the call", id="no other code is run"),
    pytest.param("foo == $X", "the name 'foo'", id="bare name"),
    pytest.param("$X == int", "the name 'int'", id="function that is not called"),
    pytest.param("re == $X", "the name 're'", id="module"),
    pytest.param("$X.y == 1", "'$X.y'", id="attribute"),
    pytest.param("$X[0] == 1", "'$X[0]'", id="index"),
    pytest.param("$X is 1", "'$X is 1'", id="identity"),
    pytest.param("~$X == 1", "'~$X'", id="inverted bits"),
    pytest.param("$X << 1 == 2", "'$X << 1'", id="shift"),
    pytest.param("f'{$X}' == 'a'", "f'{$X}'", id="f-string"),
    pytest.param("$X == b'a'", "b'a'", id="bytes"),
    pytest.param("$X == (lambda: 1)", "lambda", id="lambda"),
    pytest.param("[x for x in $X] == []", "for x in", id="comprehension"),
    pytest.param("$X >", "not a comparison", id="no expression"),
]


@pytest.mark.parametrize(("comparison", "named"), REFUSED)
def test_what_has_no_meaning_is_refused_with_its_place(comparison: str, named: str) -> None:
    with pytest.raises(PatternError) as refused:
        parse_comparison(comparison, line=7, column=3)
    problem = refused.value.problems[0]
    assert (problem.line, problem.column) == (7, 3)
    assert named in problem.message
