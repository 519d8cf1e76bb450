"""What would keep a rule from running is told before anything runs."""

from __future__ import annotations

import sys
import textwrap

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.model.rule import Rule
from stuck_rules.model.unfollowed import unfollowed
from stuck_rules.rulebook.loader import load_rulebook, parse_rulebook
from stuck_rules.validation import validate
from tests.patterns.probes import Probe, read_probes
from tests.rules.tables import ROOT


def rules_of(condition: str) -> tuple[Rule, ...]:
    body = textwrap.indent(condition, "    ")
    text = f"rules:\n  - id: a\n    message: m\n{body}"
    return parse_rulebook(text, shown="rules.yaml").rules


def problems(condition: str) -> list[tuple[int | None, str]]:
    with pytest.raises(RulebookError) as caught:
        validate(rules_of(condition))
    assert {(p.path, p.rule) for p in caught.value.problems} == {("rules.yaml", "a")}
    return [(problem.line, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param("pattern: f($X, ...)\n", id="pattern"),
        pytest.param("check: test-module\n", id="check without options"),
        pytest.param("check: relative-import\nwith: {allow-in-init: true}\n", id="option"),
        pytest.param("check: undefined-name\nwith: {names: [a]}\n", id="defaults"),
        pytest.param("text: '{a}+'\nwith: {a: '('}\npaths: {include: [x]}\n", id="text"),
        pytest.param("files: {glob: '**/x'}\n", id="files"),
    ],
)
def test_what_can_run_is_let_through(condition: str) -> None:
    validate(rules_of(condition))


@pytest.mark.parametrize(
    ("condition", "line", "words"),
    [
        pytest.param(
            "check: relative-imports\n",
            4,
            "unknown check 'relative-imports'; did you mean 'relative-import'?",
            id="unknown check",
        ),
        pytest.param("check: zzz\n", 4, "unknown check 'zzz'", id="unknown check like no other"),
        pytest.param(
            "check: undefined-name\nwith:\n  names: [a]\n  modul: b\n",
            7,
            "check 'undefined-name' has no option 'modul'; did you mean 'module'?",
            id="unknown option",
        ),
        pytest.param(
            "check: undefined-name\n",
            4,
            "check 'undefined-name' needs the option 'names': the names",
            id="missing option",
        ),
        pytest.param(
            "check: relative-import\nwith: {allow-in-init: maybe}\n",
            5,
            "option 'allow-in-init' must be true or false",
            id="no boolean",
        ),
        pytest.param(
            "check: setting-fallback\nwith: {words: [a], default: any}\n",
            5,
            "option 'default' must be one of loopback, literal",
            id="no choice",
        ),
        pytest.param(
            "text: '('\npaths: {include: [x]}\n",
            4,
            "not a regular expression: ",
            id="regular expression of a text rule",
        ),
        pytest.param(
            "patterns:\n  - pattern: f($X)\n  - metavariable-regex: {metavariable: $Y, regex: a}\n",
            6,
            "no pattern beside it binds $Y",
            id="condition on what nothing binds",
        ),
        pytest.param(
            "patterns:\n  - pattern: f($X)\n  - pattern-not: f([$Y])\n  - focus-metavariable: $Y\n",
            7,
            "no pattern beside it binds $Y",
            id="focus on what only a negative names",
        ),
        pytest.param(
            "pattern: f($X)\nfix: g($Y)\n",
            5,
            "no pattern of this rule binds $Y of the fix",
            id="fix of the unbound",
        ),
        pytest.param(
            "pattern: f($X)\noptions: {foo: true}\n",
            5,
            "the option 'foo' is not supported",
            id="option",
        ),
        pytest.param("pattern-regex: '('\n", 4, "", id="regular expression"),
        pytest.param(
            "pattern: f($Xy)\n", 4, "'$Xy' is no metavariable", id="small letter in a metavariable"
        ),
        pytest.param(
            "pattern: f()\nfix-regex: {regex: '(', replacement: a}\n",
            5,
            "not a regular expression",
            id="regular expression of a fix",
        ),
        pytest.param(
            "mode: taint\npattern-sources: [{pattern: a()}]\npattern-sinks: [{pattern: b()}]\n"
            "pattern-propagators:\n  - {pattern: f($X), from: $Z, to: $X}\n",
            8,
            "the propagator's pattern does not bind $Z",
            id="propagator of the unbound",
        ),
        pytest.param("pattern: f(\n", 4, "", id="pattern that does not parse"),
        pytest.param("pattern: |\n  if $X:\n      f(\n", 6, "", id="line in a pattern"),
        pytest.param("patterns:\n  - pattern: a\n  - pattern-not: f(\n", 6, "", id="nested"),
    ],
)
def test_what_cannot_run_is_told_at_its_line(condition: str, line: int, words: str) -> None:
    ((found, message),) = problems(condition)
    assert found == line
    assert message
    assert message.startswith(words)


def test_all_problems_of_all_rules_are_told() -> None:
    text = "rules:\n  - {id: a, pattern: f(}\n  - {id: b, check: zzz}\n"
    with pytest.raises(RulebookError) as caught:
        validate(parse_rulebook(text, shown="r").rules)
    assert [problem.rule for problem in caught.value.problems] == ["a", "b"]


def test_the_bundled_rules_can_run() -> None:
    validate(load_rulebook(ROOT / "rules.yaml", shown="rules.yaml").rules)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        pytest.param(
            "mode: taint\npattern-sources: [{pattern: s(), label: INPUT}]\n"
            "pattern-sinks: [{pattern: k(...), requires: INPUTS}]\n",
            "no source gives the label 'INPUTS'; did you mean 'INPUT'?",
            id="label that no source gives",
        ),
        pytest.param(
            "patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n"
            "      metavariable: $Y\n      comparison: $X > 1\n",
            "no pattern beside it binds $Y",
            id="comparison of the unbound",
        ),
    ],
)
def test_a_rule_that_could_never_match_is_told(condition: str, words: str) -> None:
    ((_, message),) = problems(condition)
    assert message.startswith(words)


PLACES = [
    pytest.param(
        "pattern: f()\npaths:\n  include: [a.py, b.py]\n  exclude: [b.py, a.py]\n",
        [(6, 3, "paths excludes all that it includes, so the rule looks at no file")],
        id="paths",
    ),
    pytest.param(
        "patterns:\n  - pattern: f($X)\n  - pattern-not: f($X)\n",
        [(6, 18, "this pattern-not excludes all that the pattern on line 5 matches")],
        id="matched and excluded",
    ),
    pytest.param(
        "patterns:\n  - pattern: f($X)\n  - metavariable-pattern:\n      metavariable: $X\n"
        "      patterns:\n        - pattern: g(...)\n        - metavariable-regex:\n"
        "            metavariable: $Z\n            regex: a\n",
        [(12, 20, "no pattern beside it binds $Z")],
        id="deep in a metavariable-pattern",
    ),
    pytest.param(
        "patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n"
        "      comparison: 1 > 2\n",
        [(7, 7, "the comparison '1 > 2' speaks of no metavariable")],
        id="comparison of nothing",
    ),
    pytest.param(
        "pattern: f($X)\nfix: g($X\n",
        [(5, 6, "the fix is no Python once its metavariables are filled: '(' was never")],
        id="fix",
    ),
    pytest.param(
        "pattern: f($URL)\nfix: g($URI)\n",
        [(5, 6, "no pattern of this rule binds $URI of the fix; did you mean '$URL'?")],
        id="fix of the misspelt",
    ),
    pytest.param(
        "pattern: f($X)\nfix-regex: {regex: (f), replacement: '\\2'}\n",
        [(5, 20, "the replacement's \\2 has no group: the expression has 1 group")],
        id="replacement",
    ),
    pytest.param(
        "pattern: f($X)\nfix-regex: {regex: (?P<a>f), replacement: '\\g<a>'}\n",
        [(5, 20, "the replacement's \\g<a> is not understood; number the group")],
        id="replacement by name",
    ),
    pytest.param(
        "pattern: f()\noptions:\n  go_deeper_stmt: false\n  symetric_eq: true\n",
        [
            (6, 3, "Semgrep's option 'go_deeper_stmt' is not followed: it is always true"),
            (7, 3, "the option 'symetric_eq' is not supported; did you mean 'symmetric_eq'?"),
        ],
        id="options",
    ),
    pytest.param(
        "patterns:\n  - pattern: f($X)\n  - metavariable-pattern:\n      metavariable: $X\n"
        "      language: generic\n      pattern: a ... b\noptions: {generic_caseless: true}\n",
        [(10, 11, "Semgrep's option 'generic_caseless' is not followed")],
        id="option of generic patterns",
    ),
    pytest.param(
        "patterns:\n  - pattern: f(\n  - pattern-not: g(\n  - pattern-inside: h(\n",
        [(5, 15, "not a Python"), (6, 19, "not a Python"), (7, 22, "not a Python")],
        id="several at once",
    ),
    pytest.param(
        "pattern: >\n  f(a)\n\n  g(\n", [(5, 3, "not a Python pattern")], id="folded lines"
    ),
    pytest.param(
        'pattern: "f(a)\\ng("\n', [(4, 11, "not a Python pattern")], id="escaped lines"
    ),
    pytest.param(
        "pattern: f($Xa,\n  b)\n", [(4, 10, "'$Xa' is no metavariable")], id="lines of plain text"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "expected"), PLACES)
def test_what_could_do_nothing_is_told_at_its_place(
    condition: str, expected: list[tuple[int, int, str]]
) -> None:
    with pytest.raises(RulebookError) as caught:
        validate(rules_of(condition))
    found = caught.value.problems
    # The rule is indented by four.
    places = [(problem.line, (problem.column or 0) - 4) for problem in found]
    assert places == [(line, column) for line, column, _ in expected]
    for problem, (_, _, words) in zip(found, expected, strict=True):
        assert problem.message.startswith(words)


def test_an_option_that_asks_for_more_than_is_done_is_noted() -> None:
    rules = rules_of("pattern: f()\noptions: {interfile: true, taint_intrafile: false}\n")
    validate(rules)
    (note,) = unfollowed(rules)
    assert note == (
        "rules.yaml:5: rule a: the option 'interfile' is not followed: "
        "each function is read by itself"
    )


FIXES = [
    pytest.param("pattern: f($X)\nfix: g($X, ...)\n", id="expression"),
    pytest.param("pattern: f($X)\nfix: ''\n", id="nothing"),
    pytest.param("pattern: f($X)\nfix: |\n  $X = g()\n  return $X\n", id="statements"),
    pytest.param("pattern: f($X)\nfix: |\n  (a +\n  b)\n", id="expression on lines"),
    pytest.param('pattern: f($X)\nfix: "a\\n+ b"\n', id="expression on lines, in brackets"),
    pytest.param('pattern: "@f($X)"\nfix: "@g($X)"\n', id="decorator"),
    pytest.param("pattern: f($...A)\nfix: g(a, $...A, k=1)\n", id="arguments"),
    pytest.param("pattern: 'def $F(): ...'\nfix: 'def new_$F(): ...'\n", id="part of a name"),
    pytest.param(
        "patterns:\n  - pattern: f($X, ...)\n  - focus-metavariable: $X\nfix: a, b=1\n",
        id="piece of code for what is focused on",
    ),
    pytest.param("pattern-regex: a\nfix: '('\n", id="text for what an expression finds"),
    pytest.param("pattern: f()\nfix-regex: {regex: '(f)(x)?', replacement: '\\2'}\n", id="group"),
    pytest.param("pattern: f()\nfix: g()\nfix-imports: ['import a, b']\n", id="imports"),
]


@pytest.mark.parametrize("condition", FIXES)
def test_a_fix_that_may_make_code_is_let_through(condition: str) -> None:
    validate(rules_of(condition))


@pytest.mark.parametrize("probe", read_probes(), ids=lambda probe: probe.id)
def test_a_rule_that_matches_something_is_let_through(probe: Probe) -> None:
    if probe.hits and probe.id != "fix-unbound":
        validate(parse_rulebook(probe.rulebook, shown="rules.yaml").rules)


def test_a_misspelt_language_is_told() -> None:
    with pytest.raises(RulebookError, match="unknown language 'pyhton'; did you mean 'python'"):
        rules_of("pattern: x\nlanguages: [pyhton]\n")


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param("pattern: " + "f(" * 3000 + "x" + ")" * 3000 + "\n", id="calls"),
        pytest.param("pattern: " + "(" * 3000 + "x" + ")" * 3000 + "\n", id="parentheses"),
        pytest.param("pattern: " + "x + " * 20_000 + "x\n", id="a chain"),
        pytest.param("pattern: x" + ".y" * 20_000 + "\n", id="attributes"),
        pytest.param("pattern-regex: " + "(" * 2000 + "a" + ")" * 2000 + "\n", id="groups"),
        pytest.param("text: " + "(" * 2000 + "a" + ")" * 2000 + "\npaths: {include: [x]}\n",
            id="groups of a text"),
        pytest.param(
            "patterns: " + "[{patterns: " * 150 + "[{pattern: " + "f(" * 900 + ")" * 900 + "}]"
            + "}]" * 150 + "\n",
            id="a formula",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_nests_too_deeply_is_refused(condition: str) -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)  # as at a start: whoever checked code before raised it
    try:
        assert [line for line, _ in problems(condition)]
    finally:
        sys.setrecursionlimit(before)
