"""Taint rules and substitutions as a rulebook writes them."""

from __future__ import annotations

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.model.formula import (
    Pattern,
    Taint,
    TaintPropagator,
    TaintSanitizer,
    TaintSink,
    TaintSource,
)
from stuck_rules.model.rule import RegexFix
from stuck_rules.rulebook.loader import parse_rulebook

TAINT = """\
rules:
  - id: a
    message: m
    mode: taint
    pattern-sources:
      - pattern: s()
        by-side-effect: only
        label: A
    pattern-sinks:
      - {pattern: k(), exact: false, requires: A}
    pattern-sanitizers:
      - {pattern: c(), by_side_effect: true}
    pattern-propagators:
      - {pattern: $T.add($F), from: $F, to: $T}
"""


def test_every_part_is_read() -> None:
    (rule,) = parse_rulebook(TAINT, shown="r.yaml").rules
    assert rule.condition == Taint(
        (TaintSource(Pattern("s()", 6), by_side_effect=True, label="A"),),
        (TaintSink(Pattern("k()", 10), exact=False, requires="A"),),
        (TaintSanitizer(Pattern("c()", 12), by_side_effect=True),),
        (TaintPropagator(Pattern("$T.add($F)", 14), "$F", "$T"),),
        line=2,
    )


def test_a_substitution_is_read() -> None:
    text = (
        "rules:\n  - id: a\n    pattern: x\n    fix-regex: {regex: a, replacement: b, count: 1}\n"
    )
    (rule,) = parse_rulebook(text, shown="r.yaml").rules
    assert rule.fix_regex == RegexFix("a", "b", 1, line=4)


REFUSED = [
    pytest.param("- pattern: s()\n        by", "- by", "6:9:", "exactly one operator", id="none"),
    pytest.param("label: A", "labell: A", "8:9:", "did you mean 'label'?", id="unknown key"),
    pytest.param("label: A", "requires: B", "8:9:", "is not supported", id="unsupported"),
    pytest.param("from: $F, ", "", "14:", "a propagator needs 'from'", id="propagator"),
    pytest.param(
        "    pattern-sinks:\n", "    pattern-sink:\n", "9:5:", "pattern-sinks", id="sinks"
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), REFUSED)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, place: str, words: str) -> None:
    text = TAINT.replace(old, new)
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(text, shown="r.yaml")
    told = str(caught.value)
    assert f"r.yaml:{place}" in told
    assert words in told


LANGUAGES = [
    pytest.param("[python]", "pattern: x", True, id="python"),
    pytest.param("[js, python]", "pattern: x", True, id="among others"),
    pytest.param("[js]", "pattern: x", False, id="another"),
    pytest.param("[generic]", "pattern: a ... b", False, id="generic pattern"),
    pytest.param("[generic]", "pattern-regex: a", True, id="generic expression"),
    pytest.param("[regex]", "pattern-regex: a", True, id="expression"),
]


@pytest.mark.parametrize(("languages", "condition", "counts"), LANGUAGES)
def test_rules_of_other_languages_are_left_out(
    languages: str, condition: str, counts: bool
) -> None:
    text = f"rules:\n  - id: a\n    languages: {languages}\n    {condition}\n"
    book = parse_rulebook(text, shown="r.yaml")
    assert (len(book.rules), len(book.skipped)) == ((1, 0) if counts else (0, 1))
