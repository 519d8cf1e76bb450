from __future__ import annotations

import json
from dataclasses import replace

from stuck_rules.reporters.json import render
from tests.reporters.reports import (
    CLEAN,
    HOSTILE,
    ONE_CALL,
    PLAIN,
    REPORT,
    hostile,
    suppressed,
    with_violations,
)


def test_clean() -> None:
    assert (
        render(CLEAN, PLAIN)
        == """\
{
  "version": 1,
  "tool": {
    "name": "stuck-rules",
    "version": "1.2.3"
  },
  "rulebooks": [
    {
      "path": "rules.yaml",
      "bundled": false
    }
  ],
  "summary": {
    "files": 4,
    "violations": 0,
    "errors": 0
  },
  "violations": [],
  "errors": []
}
"""
    )


def test_violation_with_fix() -> None:
    report = with_violations(replace(ONE_CALL, message="値"))
    text = render(report, PLAIN)
    assert (
        text[text.index('  "violations": [') :]
        == """\
  "violations": [
    {
      "rule": "magic-none",
      "severity": "error",
      "message": "値",
      "path": "test_a.py",
      "cell": null,
      "line": 2,
      "column": 11,
      "end_line": 2,
      "end_column": 20,
      "entries": [
        {
          "id": "unit-tests",
          "title": "Unit Test Failures [part 1]",
          "path": "docs/log.md",
          "line": 240,
          "url": "https://example.com/log.md#unit-tests"
        }
      ],
      "fingerprint": "f1",
      "fix": {
        "safe": true,
        "edits": [
          {
            "path": "test_a.py",
            "cell": null,
            "line": 1,
            "column": 1,
            "end_line": 1,
            "end_column": 1,
            "text": "import é\\n"
          },
          {
            "path": "test_a.py",
            "cell": null,
            "line": 2,
            "column": 11,
            "end_line": 2,
            "end_column": 20,
            "text": "M()"
          }
        ]
      },
      "suppressed": null
    }
  ],
  "errors": []
}
"""
    )


def test_problems_are_errors() -> None:
    text = render(replace(CLEAN, problems=REPORT.problems), PLAIN)
    assert '    "errors": 2\n' in text
    assert (
        text[text.index('  "errors": [') :]
        == """\
  "errors": [
    {
      "kind": "syntax",
      "path": "bad.py",
      "cell": null,
      "rule": null,
      "line": 3,
      "column": 5,
      "message": "syntax error: '(' was never closed"
    },
    {
      "kind": "timeout",
      "path": "slow.py",
      "cell": null,
      "rule": "magic-none",
      "line": null,
      "column": null,
      "message": "took more than 5 s"
    }
  ]
}
"""
    )


def test_suppressed_violation_is_listed_but_not_counted() -> None:
    document = json.loads(render(with_violations(ONE_CALL, suppressed(ONE_CALL)), PLAIN))
    assert document["summary"]["violations"] == 1
    assert [violation["suppressed"] for violation in document["violations"]] == [
        None,
        {"kind": "inline", "reason": "legacy"},
    ]


def test_violation_without_fix_and_of_no_rulebook() -> None:
    document = json.loads(
        render(with_violations(replace(ONE_CALL, rule="unused", fix=None)), PLAIN)
    )
    (violation,) = document["violations"]
    assert violation["fix"] is None
    assert violation["entries"] == []


def test_texts_from_files_come_back_as_they_were() -> None:
    document = json.loads(render(hostile(), PLAIN))
    assert document["violations"][0]["message"] == HOSTILE
    assert document["violations"][0]["path"] == f"::error::{HOSTILE}"
