"""How far a rule got with code that it should flag."""

from __future__ import annotations

import pytest

from stuck_rules.misses import explain_miss
from stuck_rules.rulebook.loader import parse_rulebook

CODE = """\
import os
import subprocess
subprocess.run(cmd, shell=False)
equal(a, b)
first()
second()
os.path.join(a, b)
def outer():
    inner(get_x)
"""

MISSES = [
    pytest.param(
        "pattern: equal($X, $X)",
        "the code on line 4 matched, `$X` did not unify: `a` is not `b`",
        id="unify",
    ),
    pytest.param(
        "pattern: subprocess.run(..., shell=True)",
        "the call on line 3 matched but for `shell=True`: it is `subprocess.run(cmd, shell=False)`",
        id="one argument",
    ),
    pytest.param(
        "pattern: equal(1, 2)",
        "the call on line 4 matched, its arguments did not: it is `equal(a, b)`",
        id="all arguments",
    ),
    pytest.param(
        "pattern: posixpath.join(...)",
        "line 7 calls `os.path.join`, the pattern wants `posixpath.join`",
        id="another module",
    ),
    pytest.param(
        "pattern: |\n      first()\n      third()",
        "the first line of the pattern matched on line 5, then not `third()`",
        id="lines",
    ),
    pytest.param("pattern: nowhere", "`nowhere` does not occur in the code", id="no word of it"),
    pytest.param("pattern: 'lambda $X: $X'", "`lambda` does not occur in the code", id="keyword"),
    pytest.param("pattern: $X + $Y", "the pattern matched nothing", id="nothing to say"),
    pytest.param("pattern-regex: zzz", "the expression 'zzz' finds nothing", id="regex"),
    pytest.param(
        "pattern-either: [{pattern: nowhere}, {pattern: 'equal($X, $X)'}]",
        "none of the 2 alternatives matched; the nearest: the code on line 4 matched, "
        "`$X` did not unify: `a` is not `b`",
        id="either",
    ),
    pytest.param(
        "pattern-either: [{pattern: 'equal(a, c)'}, {pattern: zzz.join(...)}, {pattern: $X + $Y}]",
        "none of the 3 alternatives matched; the nearest: the call on line 4 matched but for `c`: "
        "it is `equal(a, b)`",
        id="either, the most that was found",
    ),
    pytest.param(
        "pattern-either: [{pattern: 'equal($X, $X)'}, "
        "{patterns: [{pattern: 'equal($X, b)'}, {pattern-not: 'equal(a, $Y)'}]}]",
        "none of the 2 alternatives matched; the nearest: line 4 matched, but pattern-not "
        "on line 4 of the rulebook removes it",
        id="either, a part more than a pattern",
    ),
    pytest.param(
        "patterns: [{pattern: inner(...)}, {pattern-inside: 'class $C: ...'}]",
        "line 9 matched, but pattern-inside on line 4 of the rulebook did not: "
        "`class` does not occur in the code",
        id="inside of what is not there",
    ),
    pytest.param(
        "patterns: [{pattern: first()}, {pattern-inside: 'def $F(...): ...'}]",
        "line 5 matched, but does not stand inside what the part on line 4 of the rulebook matches",
        id="outside",
    ),
    pytest.param(
        "patterns: [{pattern: first()}, {pattern-not: first()}]",
        "line 5 matched, but pattern-not on line 4 of the rulebook removes it",
        id="not",
    ),
    pytest.param(
        "patterns: [{pattern: inner($X)}, {pattern-not-inside: 'def $F(...): ...'}]",
        "line 9 matched, but pattern-not-inside on line 4 of the rulebook removes it",
        id="not inside",
    ),
    pytest.param(
        "patterns: [{pattern: inner($X)}, {metavariable-regex: {metavariable: $X, regex: ^set_}}]",
        "line 9 matched, but `$X` is `get_x`, which '^set_' does not match",
        id="metavariable-regex",
    ),
    pytest.param(
        "patterns: [{pattern: inner($X)}, {metavariable-comparison: {comparison: $X > 1}}]",
        "line 9 matched, but `$X` is `get_x`, and '$X > 1' does not hold",
        id="comparison",
    ),
    pytest.param(
        "patterns: [{pattern: inner($X)}, {metavariable-type: {metavariable: $X, type: int}}]",
        "line 9 matched, but `$X` is `get_x`, which is not known to be int",
        id="type",
    ),
    pytest.param(
        "patterns: [{pattern: inner($X)}, "
        "{metavariable-pattern: {metavariable: $X, pattern: f(...)}}]",
        "line 9 matched, but `$X` is `get_x`, which metavariable-pattern on line 4 of the rulebook "
        "does not match",
        id="metavariable-pattern",
    ),
    pytest.param(
        "mode: taint\n    pattern-sources: [{pattern: source()}]\n"
        "    pattern-sinks: [{pattern: first()}]",
        "no source matched: `source` does not occur in the code",
        id="taint without source",
    ),
    pytest.param(
        "mode: taint\n    pattern-sources: [{pattern: first()}]\n"
        "    pattern-sinks: [{pattern: equal(...)}]",
        "a source on line 5 and a sink on line 4 matched, but no taint flows from one to the other",
        id="taint that does not flow",
    ),
    pytest.param(
        "check: relative-import", "the check relative-import found nothing here", id="check"
    ),
]


@pytest.mark.parametrize(("condition", "wanted"), MISSES)
def test_misses(condition: str, wanted: str) -> None:
    text = f"rules:\n  - id: a\n    message: m\n    {condition}\n"
    (rule,) = parse_rulebook(text, shown="r.yaml").rules
    assert explain_miss(CODE, rule) == wanted


def test_only_the_line_counts() -> None:
    text = "rules:\n  - id: a\n    message: m\n    pattern: f(1)\n"
    (rule,) = parse_rulebook(text, shown="r.yaml").rules
    told = explain_miss("f(2)\nf(1)\n", rule, line=1)
    assert told == "the call on line 1 matched but for `1`: it is `f(2)`"


def test_code_that_does_not_parse_is_told_elsewhere() -> None:
    text = "rules:\n  - id: a\n    message: m\n    pattern: f(1)\n"
    (rule,) = parse_rulebook(text, shown="r.yaml").rules
    assert explain_miss("f(", rule) is None


def test_a_slow_expression_of_one_rule_costs_the_next_nothing() -> None:
    slow, quick = (
        parse_rulebook(
            f"rules:\n  - id: a\n    message: m\n    patterns:\n      - pattern-regex: {regex}\n",
            shown="r.yaml",
        ).rules[0]
        for regex in ("(?=a)(a+)+$", "zzz")
    )
    assert explain_miss(f"x = '{'a' * 50_000}'\n", slow) is None
    assert explain_miss(CODE, quick) == "the expression 'zzz' finds nothing"
