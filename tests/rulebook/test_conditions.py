"""What a rule's condition reads as, in Semgrep's operators and in ours."""

from __future__ import annotations

import textwrap

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.model import formula as f
from stuck_rules.model.rule import CheckCall, Condition, FilesCondition, Option, TextCondition
from stuck_rules.rulebook.loader import parse_rulebook


def book(condition: str, extra: str = "") -> str:
    body = textwrap.indent(textwrap.dedent(condition), "    ")
    return f"rules:\n  - id: a\n    message: m\n{body}{extra}"


def read(condition: str, extra: str = "") -> Condition:
    (rule,) = parse_rulebook(book(condition, extra), shown="rules.yaml").rules
    return rule.condition


def problems(condition: str) -> list[tuple[int | None, str]]:
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(book(condition), shown="rules.yaml")
    return [(problem.line, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("pattern: f(...)\n", f.Pattern("f(...)", 4), id="pattern"),
        pytest.param(
            "pattern: |\n  if $X:\n      ...\n",
            f.Pattern("if $X:\n    ...\n", 5),
            id="pattern in a block: the line of its text",
        ),
        pytest.param("pattern-regex: a|b\n", f.Regex("a|b", 4), id="regex"),
        pytest.param(
            "pattern-either:\n  - pattern: a\n  - pattern-regex: b\n",
            f.Either((f.Pattern("a", 5), f.Regex("b", 6)), 5),
            id="either",
        ),
        pytest.param(
            """\
            patterns:
              - pattern: a
              - pattern-not: b
              - pattern-inside: c
              - pattern-not-inside: d
              - pattern-not-regex: e
            """,
            f.All(
                (
                    f.Pattern("a", 5),
                    f.Not(f.Pattern("b", 6), 6),
                    f.Inside(f.Pattern("c", 7), 7),
                    f.NotInside(f.Pattern("d", 8), 8),
                    f.Not(f.Regex("e", 9), 9),
                ),
                5,
            ),
            id="all the operators of a list",
        ),
        pytest.param(
            """\
            patterns:
              - pattern-either:
                  - patterns:
                      - pattern: a
                      - pattern-not: b
                  - pattern: c
              - pattern-not-inside:
                  pattern-either:
                    - pattern: d
            """,
            f.All(
                (
                    f.Either(
                        (
                            f.All((f.Pattern("a", 7), f.Not(f.Pattern("b", 8), 8)), 7),
                            f.Pattern("c", 9),
                        ),
                        6,
                    ),
                    f.NotInside(f.Either((f.Pattern("d", 12),), 12), 11),
                ),
                5,
            ),
            id="nested",
        ),
        pytest.param(
            """\
            patterns:
              - pattern: f($X)
              - metavariable-regex:
                  metavariable: $X
                  regex: ^a
                  constant-propagation: true
              - metavariable-pattern:
                  metavariable: $X
                  language: python
                  patterns:
                    - pattern-not: b
              - metavariable-comparison:
                  {metavariable: $X, comparison: $X > 3, base: 16, strip: yes}
              - metavariable-type: {metavariable: $X, types: [int, str]}
              - focus-metavariable: $X
              - focus-metavariable: [$X, $Y]
            """,
            f.All(
                (
                    f.Pattern("f($X)", 5),
                    f.MetavariableRegex("$X", "^a", True, 8),
                    f.MetavariablePattern(
                        "$X", f.All((f.Not(f.Pattern("b", 14), 14),), 14), "python", 11
                    ),
                    f.MetavariableComparison("$X > 3", "$X", 16, True, 16),
                    f.MetavariableType("$X", ("int", "str"), 17),
                    f.Focus(("$X",), 18),
                    f.Focus(("$X", "$Y"), 19),
                ),
                5,
            ),
            id="metavariables and focus",
        ),
        pytest.param(
            """\
            patterns:
              - metavariable-pattern:
                  metavariable: $X
                  pattern: a
                  pattern-not: b
            """,
            f.All(
                (
                    f.MetavariablePattern(
                        "$X",
                        f.All((f.Pattern("a", 7), f.Not(f.Pattern("b", 8), 8)), 6),
                        None,
                        6,
                    ),
                ),
                5,
            ),
            id="several operators on a metavariable",
        ),
    ],
)
def test_semgreps_operators_are_read(text: str, expected: Condition) -> None:
    assert read(text) == expected


def test_a_check_with_its_options() -> None:
    text = """\
    check: c
    with:
      words: [a, b]
      one: a
      on: true
      off: false
      number: 0
      quoted: "true"
    """
    assert read(text) == CheckCall(
        "c",
        (
            Option("words", ("a", "b"), 6),
            Option("one", "a", 7),
            Option("on", True, 8),
            Option("off", False, 9),
            Option("number", "0", 10),
            Option("quoted", "true", 11),
        ),
        4,
    )


def test_a_text_condition_with_its_paths() -> None:
    text = "text: a{flag}\nwith: {flag: --x}\npaths: {include: ['*.sh']}\n"
    assert read(text) == TextCondition("a{flag}", (Option("flag", "--x", 5),), 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("files: {glob: '**/a.py'}\n", FilesCondition("**/a.py", 0, None, 4)),
        ("files: {glob: b, max: 2, per: tests/}\n", FilesCondition("b", 2, "tests/", 4)),
    ],
)
def test_a_condition_on_files(text: str, expected: Condition) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("pattern: ''\n", 4, "pattern is empty", id="empty pattern"),
        pytest.param("pattern-regex: ''\n", 4, "pattern-regex is empty", id="empty regex"),
        pytest.param("pattern: [a]\n", 4, "pattern must be text", id="pattern as a list"),
        pytest.param("patterns: a\n", 4, "a list of patterns must be a list", id="no list"),
        pytest.param("patterns: []\n", 4, "must not be empty", id="empty list"),
        pytest.param("pattern-either: []\n", 4, "must not be empty", id="empty either"),
        pytest.param(
            "patterns:\n  - patern: a\n",
            5,
            "unknown key 'patern' in a list of patterns; did you mean 'pattern'?",
            id="misspelt in a list",
        ),
        pytest.param(
            "patterns:\n  - a\n", 5, "an item of a list of patterns must be a mapping", id="item"
        ),
        pytest.param(
            "patterns:\n  - pattern-not: {pattern: a, pattern-regex: b}\n",
            5,
            "a nested pattern needs exactly one operator",
            id="two nested operators",
        ),
        pytest.param(
            "patterns:\n  - pattern-not: {patern: a}\n",
            5,
            "unknown key 'patern' in a nested pattern",
            id="misspelt nested",
        ),
        pytest.param(
            "patterns:\n  - metavariable-regex: {metavariable: $X}\n",
            5,
            "metavariable-regex needs 'regex'",
            id="no regex",
        ),
        pytest.param(
            "patterns:\n  - metavariable-regex: {regex: a}\n",
            5,
            "metavariable-regex needs 'metavariable'",
            id="no metavariable",
        ),
        pytest.param(
            "patterns:\n  - metavariable-regex: {metavariable: $X, regx: a}\n",
            5,
            "did you mean 'regex'?",
            id="misspelt regex",
        ),
        pytest.param(
            "patterns:\n  - metavariable-pattern: {metavariable: $X}\n",
            5,
            "metavariable-pattern needs 'metavariable' and a pattern",
            id="no pattern",
        ),
        pytest.param(
            "patterns:\n  - metavariable-comparison: {metavariable: $X}\n",
            5,
            "metavariable-comparison needs 'comparison'",
            id="no comparison",
        ),
        pytest.param(
            "patterns:\n  - metavariable-type: {metavariable: $X}\n",
            5,
            "metavariable-type needs 'type' or 'types'",
            id="no type",
        ),
        pytest.param("files: {max: 1}\n", 4, "files needs 'glob'", id="no glob"),
        pytest.param("files: a\n", 4, "files must be a mapping", id="files as text"),
        pytest.param("files: {glob: a, max: -1}\n", 4, "max must be a whole number", id="max"),
        pytest.param(
            "files: {glob: a, mx: 1}\n",
            4,
            "unknown key 'mx' in files; did you mean 'max'?",
            id="mx",
        ),
        pytest.param("check: c\nwith: [a]\n", 5, "with must be a mapping", id="with as a list"),
        pytest.param("check: c\nwith: {a: {b: c}}\n", 5, "a must be text", id="nested option"),
        pytest.param("check: c\nwith: {a: b, a: c}\n", 5, "with has 'a' twice", id="option twice"),
    ],
)
def test_a_wrong_condition_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    found = problems(text)
    assert any(place == line and words in message for place, message in found), found


@pytest.mark.parametrize("key", ["pattern-not", "pattern-inside", "focus-metavariable"])
def test_a_condition_that_finds_nothing_by_itself_is_refused(key: str) -> None:
    ((line, message),) = problems(f"{key}: $X\n")
    assert line == 4
    assert key in message
