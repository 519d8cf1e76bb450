"""What would keep a rule from running is told before anything runs."""

from __future__ import annotations

import textwrap

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.model.rule import Rule
from stuck_rules.rulebook.loader import load_rulebook, parse_rulebook
from stuck_rules.validation import validate
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
            2,
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
    assert [line for line, _ in problems(condition)]
