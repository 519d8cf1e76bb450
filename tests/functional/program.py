"""The program as a user meets it: arguments in, exit code and two streams out."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stuck_rules.cli.console import Console
from stuck_rules.cli.main import main

RULES = """\
version: 1
log: docs/log.md
rules:
  - id: magic-none
    message: MagicNone is defined nowhere.
    severity: error
    entries: [mocks-of-nothing]
    pattern: MagicNone
  - id: old-call
    message: old() is slow.
    severity: warning
    entries: [slow-calls]
    pattern: old(...)
  - id: hint
    message: new(1) reads better as one().
    severity: info
    entries: [slow-calls]
    pattern: new(1)
entries:
  mocks-of-nothing:
    {title: Mocks of Nothing, date: "2025-01-08", path: docs/log.md, line: 5, anchor: mocks}
  slow-calls:
    {title: Slow Calls, path: docs/log.md, line: 11, anchor: slow}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run gave back."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, object]:
        """The JSON on stdout."""
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    def objects(self, key: str) -> list[dict[str, object]]:
        """One of the lists of the JSON on stdout."""
        listed = self.report[key]
        assert isinstance(listed, list)
        return listed


def run(cwd: Path, *argv: str, environment: Mapping[str, str] | None = None) -> Answer:
    """Run the program as somebody who stands in `cwd`."""
    out, err = io.StringIO(), io.StringIO()
    code = main(argv, Console(out, err, cwd, environment or {}))
    return Answer(code, out.getvalue(), err.getvalue())


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Make files, bytes as they are."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def assert_told_once(answer: Answer, place: str) -> None:
    """One line of the errors begins with the place, and nothing shows the program's inside."""
    assert [line for line in answer.err.splitlines() if line.startswith(place)] != []
    told = [
        line
        for line in answer.err.splitlines()
        if "error:" in line or line.startswith("stuck-rules:")
    ]
    assert len(told) == 1, answer.err
    assert "Traceback" not in answer.err
    assert "fault of the program" not in answer.err
    assert len(told[0]) < 400
