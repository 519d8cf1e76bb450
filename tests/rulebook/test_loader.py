"""What a rulebook's file reads as, and how everything wrong with one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Confidence, Rule, Severity
from stuck_rules.model.rulebook import AppliesTo, EntryRef, Reminder
from stuck_rules.rulebook.loader import is_rulebook, load_rulebook, parse_rulebook

RULE = "  - {id: a, message: m, pattern: x}\n"


def only_rule(text: str) -> Rule:
    (rule,) = parse_rulebook(text, shown="rules.yaml").rules
    return rule


def problems(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(text, shown="rules.yaml")
    assert all(problem.path == "rules.yaml" for problem in caught.value.problems)
    return [(problem.line, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("", 1, "the rulebook is empty: it needs at least 'rules:'", id="empty"),
        pytest.param("# a comment\n", 1, "the rulebook is empty", id="comments only"),
        pytest.param("- a\n- b\n", 1, "the rulebook must be a mapping", id="a list"),
        pytest.param("words\n", 1, "the rulebook must be a mapping", id="a scalar"),
        pytest.param("version: 1\n", 1, "the rulebook needs 'rules'", id="no rules"),
        pytest.param("rules: {a: b}\n", 1, "rules must be a list", id="rules as a mapping"),
        pytest.param("rules:\n  - words\n", 2, "a rule must be a mapping", id="a rule as text"),
        pytest.param(
            "rules: []\nreminder: []\n",
            2,
            "unknown key 'reminder' in the rulebook; did you mean 'reminders'?",
            id="unknown key at the top",
        ),
        pytest.param(
            "rules: []\nzzzzz: []\n",
            2,
            "unknown key 'zzzzz' in the rulebook",
            id="unknown key like no other",
        ),
        pytest.param(
            "rules: []\nrules: []\n",
            2,
            "the rulebook has 'rules' twice, first on line 1",
            id="duplicate key at the top",
        ),
        pytest.param(
            "version: 2\nrules: []\n", 1, "version must be 1; a newer stuck-rules", id="version"
        ),
        pytest.param(
            "version: one\nrules: []\n", 1, "version must be 1", id="version that is no number"
        ),
    ],
)
def test_a_wrong_file_is_refused(text: str, line: int, words: str) -> None:
    ((found, message),) = problems(text)
    assert found == line
    assert words in message


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        pytest.param(
            "id: a\npattern: x\nmesage: m\n",
            4,
            "unknown key 'mesage' in rule 'a'; did you mean 'message'?",
            id="unknown key",
        ),
        pytest.param(
            "id: a\npattern: x\nseverety: error\n",
            4,
            "did you mean 'severity'?",
            id="misspelt severity",
        ),
        pytest.param(
            "id: a\npatern: x\npattern: x\n",
            3,
            "unknown key 'patern' in rule 'a'; did you mean 'pattern'?",
            id="misspelt operator",
        ),
        pytest.param(
            "id: a\npattern: x\nmessage: m\nmessage: n\n",
            5,
            "a rule has 'message' twice, first on line 4",
            id="duplicate key",
        ),
        pytest.param("message: m\npattern: x\n", 2, "a rule needs an 'id'", id="no id"),
        pytest.param("id: ''\npattern: x\n", 2, "a rule needs an 'id'", id="empty id"),
        pytest.param(
            "id: two words\npattern: x\n",
            2,
            "rule id 'two words' may hold only letters, digits, '_', '.' and '-'",
            id="id with a space",
        ),
        pytest.param("id: [a]\npattern: x\n", 2, "id must be text", id="id as a list"),
        pytest.param("id: a\nmessage: m\n", 2, "it has none", id="no condition"),
        pytest.param(
            "id: a\npattern: x\npattern-regex: y\n",
            4,
            "rule 'a' needs exactly one condition",
            id="two conditions",
        ),
        pytest.param(
            "id: a\npattern: x\ncheck: relative-import\n",
            4,
            "it has pattern, check",
            id="a pattern and a check",
        ),
        pytest.param(
            "id: a\npattern: x\nseverity: fatal\n",
            4,
            "severity must be one of info, warning, error, not 'fatal'",
            id="severity",
        ),
        pytest.param(
            "id: a\npattern: x\nconfidence: sure\n",
            4,
            "confidence must be one of low, medium, high, not 'sure'",
            id="confidence",
        ),
        pytest.param(
            "id: a\npattern: x\nenabled: maybe\n", 4, "enabled must be true or false", id="enabled"
        ),
        pytest.param(
            "id: a\nmode: taint\npattern: x\n",
            4,
            "'pattern' does not go with mode taint",
            id="taint with a pattern",
        ),
        pytest.param(
            "id: a\npattern-sources: [{pattern: x}]\n",
            3,
            "'pattern-sources' needs 'mode: taint'",
            id="sources without the mode",
        ),
        pytest.param(
            "id: a\nmode: tant\npattern: x\n",
            3,
            "rule 'a': mode 'tant' is not supported, only search and taint; did you mean 'taint'?",
            id="mode",
        ),
        pytest.param(
            "id: a\npattern: x\noptions: a\n", 4, "options must be a mapping", id="options"
        ),
        pytest.param(
            "id: a\nmode: join\njoin: {}\n",
            3,
            "rule 'a': Semgrep's mode 'join' is not supported: it looks at more than one file",
            id="mode of Semgrep's",
        ),
        pytest.param(
            "id: a\nmatch: {all: [{pattern: x}]}\n",
            3,
            "Semgrep's 'match' is not supported here: write it with pattern, patterns,",
            id="Semgrep's other syntax",
        ),
        pytest.param(
            "id: a\npatterns: [{pattern: x}, {pattern-where-python: vars}]\n",
            3,
            "Semgrep's 'pattern-where-python' is not supported here: write metavariable-comparison",
            id="operator of Semgrep's",
        ),
        pytest.param(
            "id: a\npattern: x\nfix: y\nfix-imports: [import y, z w]\n",
            5,
            "'z w' is no import; write 'import NAME' or 'from MODULE import NAME'",
            id="fix-imports",
        ),
        pytest.param(
            "id: a\npattern: x\nfix-regex: {regex: a}\n",
            4,
            "fix-regex needs 'replacement'",
            id="fix-regex",
        ),
        pytest.param(
            "id: a\npattern: x\npaths: {includes: [a]}\n",
            4,
            "unknown key 'includes' in paths; did you mean 'include'?",
            id="paths",
        ),
        pytest.param(
            "id: a\npattern: x\norigin: {recipe: r, line: [1, 2]}\n",
            4,
            "unknown key 'line' in origin; did you mean 'lines'?",
            id="origin",
        ),
        pytest.param(
            "id: a\npattern: x\norigin: {lines: [1]}\n",
            4,
            "lines must be the first and the last line",
            id="one line number",
        ),
        pytest.param(
            "id: a\npattern: x\norigin: {lines: [1, b]}\n",
            4,
            "lines must be a whole number",
            id="a line that is no number",
        ),
        pytest.param(
            "id: a\npattern: x\nexamples: {goods: [y]}\n",
            4,
            "unknown key 'goods' in examples; did you mean 'good'?",
            id="examples",
        ),
        pytest.param(
            "id: a\npattern: x\nexamples: {bad: y}\n", 4, "bad must be a list", id="bad as text"
        ),
        pytest.param(
            "id: a\npattern: x\nexamples: {bad: [{path: y}]}\n",
            4,
            "an example needs 'code'",
            id="example without code",
        ),
        pytest.param(
            "id: a\ntext: x\n", 3, "rule 'a': 'text' needs 'paths.include'", id="text without paths"
        ),
    ],
)
def test_a_wrong_rule_is_refused_at_its_line(body: str, line: int, words: str) -> None:
    first, *rest = body.splitlines()
    text = f"rules:\n  - {first}\n" + "".join(f"    {line}\n" for line in rest)
    found = problems(text)
    assert any(place == line and words in message for place, message in found), found


def test_the_same_id_twice_names_the_first_line() -> None:
    assert problems(f"rules:\n{RULE}{RULE}") == [(3, "rule 'a' stands twice, first on line 2")]


def test_all_problems_are_told_at_once_in_order() -> None:
    text = """\
version: 3
rules:
  - id: a
    pattern: x
    severity: fatal
  - message: no id
    pattern: y
  - id: c
reminder: []
"""
    assert [line for line, _ in problems(text)] == [1, 5, 6, 8, 9]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("rules:\n  - id: a\n   pattern: x\n", 3, id="indent"),
        pytest.param("rules: [\n", 2, id="open bracket"),
        pytest.param('rules:\n  - message: "a\n', 3, id="open quote"),
        pytest.param("rules: []\n\tversion: 1\n", 2, id="tab"),
        pytest.param("rules: *unknown\n", 1, id="unknown alias"),
        pytest.param("rules: []\n---\nrules: []\n", 2, id="two documents"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int) -> None:
    ((found, message),) = problems(text)
    assert message.startswith("no valid YAML: ")
    assert found == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("rules:\n  " + "[" * 9_000 + "]" * 9_000, 2, id="brackets"),
        pytest.param("rules: " + "{a: " * 9_000 + "}" * 9_000, 1, id="mappings"),
        pytest.param("rules:\n" + "- " * 9_000 + "a\n", 2, id="a list in a list"),
        pytest.param("".join(" " * n + "a:\n" for n in range(3000)), 501, id="columns"),
    ],
)
def test_what_nests_without_end_is_told(text: str, line: int) -> None:
    ((told, message),) = problems(text)
    assert told == line
    # Newer versions of the C parser have a limit of their own.
    assert "nests more than 500 deep" in message or "maximum nesting depth" in message


def test_a_control_character_is_told() -> None:
    ((_, message),) = problems("rules: []\n# \x01\n")
    assert message.startswith("no valid YAML: ")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("error", Severity.ERROR),
        ("ERROR", Severity.ERROR),
        ("Warning", Severity.WARNING),
        ("INFO", Severity.INFO),
        ("info", Severity.INFO),
        ("CRITICAL", Severity.ERROR),
        ("HIGH", Severity.ERROR),
        ("MEDIUM", Severity.WARNING),
        ("LOW", Severity.INFO),
    ],
)
def test_severities_are_read_in_either_case_and_by_other_names(
    written: str, expected: Severity
) -> None:
    text = f"rules:\n  - {{id: a, pattern: x, severity: {written}}}\n"
    assert only_rule(text).severity is expected


def test_what_is_not_said_has_a_default() -> None:
    rule = only_rule("rules:\n  - {id: a, message: m, pattern: x}\n")
    assert rule == Rule("a", "m", Pattern("x", 2), rulebook="rules.yaml", line=2)
    assert (rule.severity, rule.confidence) == (Severity.WARNING, Confidence.HIGH)
    assert rule.enabled
    assert rule.languages == ("python",)


@pytest.mark.parametrize(
    "scalar",
    ["no", "2024-01-02", "0o17", "1_000", "1e3", "null", "~", "true", "12:30:00", "0x1F", "1.0"],
)
def test_a_scalar_stays_the_text_that_stands_there(scalar: str) -> None:
    text = f"rules:\n  - {{id: a, message: {scalar}, pattern: {scalar}, note: {scalar}}}\n"
    rule = only_rule(text)
    assert (rule.message, rule.note) == (scalar, scalar)
    assert rule.condition == Pattern(scalar, 2)


def test_dates_and_titles_of_entries_stay_text() -> None:
    text = (
        "rules: []\nentries:\n  no:\n    title: 2024\n    date: 2024-01-02\n"
        "    path: a.md\n    line: 7\n    anchor: x\n"
    )
    (entry,) = parse_rulebook(text, shown="r").entries
    assert entry == EntryRef("no", "2024", "2024-01-02", "a.md", 7, "x")


def test_reminders_are_read() -> None:
    text = """\
rules: []
reminders:
  - entry: e
    role: prevention
    text: Look first
    lines: [3, 4]
    reason: asks for judgement
    applies-to: {paths: [a.py], words: [b c]}
"""
    assert parse_rulebook(text, shown="r").reminders == (
        Reminder(
            "e",
            "prevention",
            "Look first",
            (3, 4),
            "asks for judgement",
            AppliesTo(("a.py",), ("b c",)),
        ),
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("reminders: {}\n", 2, "reminders must be a list", id="reminders"),
        pytest.param(
            "reminders:\n  - {entry: e, txt: t}\n", 3, "did you mean 'text'?", id="reminder's key"
        ),
        pytest.param(
            "reminders:\n  - {applies-to: {path: [a]}}\n", 3, "did you mean 'paths'?", id="applies"
        ),
        pytest.param("entries: []\n", 2, "entries must be a mapping", id="entries"),
        pytest.param(
            "entries:\n  e: {titel: t}\n", 3, "in an entry; did you mean 'title'?", id="entry's key"
        ),
        pytest.param("entries:\n  e: {line: x}\n", 3, "line must be a whole number", id="line"),
        pytest.param("entries:\n  e: {}\n  e: {}\n", 4, "has 'e' twice", id="entry twice"),
    ],
)
def test_wrong_reminders_and_entries_are_refused(text: str, line: int, words: str) -> None:
    ((found, message),) = problems("rules: []\n" + text)
    assert found == line
    assert words in message


@pytest.mark.parametrize(
    ("languages", "kept"),
    [
        ("[python]", True),
        ("[Python]", True),
        ("[js, python]", True),
        ("[py]", True),
        ("python", True),
        ("[generic]", False),
        ("[regex]", True),
        ("[js]", False),
        ("[java, go]", False),
    ],
)
def test_rules_for_other_languages_alone_are_skipped(languages: str, kept: bool) -> None:
    text = f"rules:\n  - {{id: a, message: m, pattern: x, languages: {languages}}}\n"
    rulebook = parse_rulebook(text, shown="r")
    assert [rule.id for rule in rulebook.rules] == (["a"] if kept else [])
    assert [rule.id for rule in rulebook.skipped] == ([] if kept else ["a"])


def test_a_skipped_rule_may_hold_what_this_program_does_not_know() -> None:
    text = "rules:\n  - {id: a, languages: [go], mode: taint, pattern-sources: [{pattern: x}]}\n"
    (skipped,) = parse_rulebook(text, shown="r").skipped
    assert skipped.languages == ("go",)


def test_metadata_of_other_tools_is_kept_for_showing() -> None:
    text = """\
rules:
  - id: a
    message: m
    pattern: x
    metadata: {cwe: ["CWE-1", "CWE-2"], owner: {team: core}}
    technology: [flask]
    min-version: 1.50.0
"""
    assert only_rule(text).metadata == (
        ("metadata", "cwe: CWE-1, CWE-2, owner: team: core"),
        ("technology", "flask"),
        ("min-version", "1.50.0"),
    )


def test_examples_keep_path_and_line() -> None:
    text = """\
rules:
  - id: a
    message: m
    pattern: x
    examples:
      bad:
        - x = 1
        - |
          def f():
              x
      good:
        - path: tests/a.py
          code: |
            y
      fixed: ["z"]
"""
    examples = only_rule(text).examples
    assert [(e.code, e.path, e.line) for e in examples.bad] == [
        ("x = 1", None, 7),
        ("def f():\n    x\n", None, 9),
    ]
    assert [(e.code, e.path) for e in examples.good] == [("y\n", "tests/a.py")]
    assert [e.code for e in examples.fixed] == ["z"]


def write(folder: Path, content: bytes) -> Path:
    path = folder / "rules.yaml"
    path.write_bytes(content)
    return path


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"^shown.yaml: no such rulebook$"):
        load_rulebook(tmp_path / "none.yaml", shown="shown.yaml")


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"^shown.yaml: not UTF-8: .* at byte 9$"):
        load_rulebook(write(tmp_path, b"rules: []\xe9"), shown="shown.yaml")


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"^shown.yaml: cannot be read: "):
        load_rulebook(tmp_path, shown="shown.yaml")


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbfrules: []\r\nlog: a.md\r\n")
    rulebook = load_rulebook(path, shown="shown.yaml")
    assert (rulebook.log, rulebook.rules) == ("a.md", ())
    assert rulebook.folder == str(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("rules: []\n", True, id="no rules yet"),
        pytest.param("rules:\n  - {id: a, pattern: x}\n", True, id="pattern"),
        pytest.param("rules:\n  - {id: a, check: x}\n", True, id="check"),
        pytest.param("rules:\n  - {id: a, message: x, mode: taint}\n", True, id="taint"),
        pytest.param("rules:\n  - {id: a, patern: x, message: m}\n", True, id="with a slip"),
        pytest.param("version: 1\nrules:\n  - id: a\n bad\n", True, id="broken"),
        pytest.param("", False, id="empty"),
        pytest.param("name: x\n", False, id="no rules"),
        pytest.param("rules: {a: b}\n", False, id="a mapping of rules"),
        pytest.param("rules:\n  - {name: a, when: b}\n", False, id="another tool's rules"),
        pytest.param("rules:\n  - alert: Down\n    expr: up == 0\n", False, id="alerts"),
        pytest.param("rules: [a, b]\n", False, id="names"),
        pytest.param("- a\n", False, id="a list"),
        pytest.param("a: [\n", False, id="broken and no rules"),
    ],
)
def test_a_rulebook_is_told_from_other_yaml(text: str, expected: bool) -> None:
    assert is_rulebook(text) is expected
