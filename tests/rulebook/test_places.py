"""Where a rulebook is wrong, to the column."""

from __future__ import annotations

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.rulebook.loader import parse_rulebook
from stuck_rules.validation import validate

PLACES = [
    pytest.param("    pattern: f(\n", "4:15", id="plain"),
    pytest.param("    pattern: 'f($X))'\n", "4:20", id="quoted"),
    pytest.param("    pattern: |\n      f(\n        $X, ]\n", "6:13", id="block"),
    pytest.param("    pattern: |\n      if $COND:\n          f(1 2)\n", "6:13", id="behind a hole"),
    pytest.param("    pattern: |\n      $A = $B +\n", "5:16", id="at a line's end"),
    pytest.param("    pattern-regex: '('\n", "4:21", id="regex"),
    pytest.param(
        "    patterns:\n      - pattern: $X\n      - metavariable-regex:\n"
        "          metavariable: $X\n          regex: '['\n",
        "8:19",
        id="metavariable-regex",
    ),
    pytest.param(
        "    patterns:\n      - pattern: $X\n      - metavariable-regexp: {}\n",
        "6:9",
        id="operator",
    ),
    pytest.param("    pattern: x\n    severity: loud\n", "5:5", id="severity"),
    pytest.param("    pattern: x\n    pattern: y\n", "5:5", id="twice"),
    pytest.param("    patterns: x\n", "4:15", id="no list"),
    pytest.param("    patterns: []\n", "4:15", id="empty list"),
    pytest.param("    patterns:\n      - pattern-not: x\n", "5:7", id="only negatives"),
    pytest.param(
        "    patterns:\n      - pattern: f($X)\n      - focus-metavariable: $Y\n",
        "6:29",
        id="focus",
    ),
    pytest.param("    pattern: x\n    options: {symetric_eq: true}\n", "5:15", id="option"),
    pytest.param("    check: relative-import\n    with: {alow: true}\n", "5:12", id="check option"),
    pytest.param("    check: relativ-import\n", "4:12", id="check"),
    pytest.param("\tpattern: x\n", "4:1", id="tab"),
]


@pytest.mark.parametrize(("body", "place"), PLACES)
def test_a_mistake_is_told_where_it_is(body: str, place: str) -> None:
    text = f"rules:\n  - id: a\n    message: m\n{body}"
    with pytest.raises(RulebookError) as caught:
        validate(parse_rulebook(text, shown="r.yaml").rules)
    assert f"r.yaml:{place}:" in str(caught.value)
