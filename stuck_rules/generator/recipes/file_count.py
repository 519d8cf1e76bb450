"""Several files of one name that may duplicate each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import Draft, Proposal, code, lessons, propose, sources
from stuck_rules.generator.words import dashed
from stuck_rules.model.lesson import Log, Role
from stuck_rules.model.rule import Confidence, FilesCondition, Severity

_DUPLICATED = re.compile(r"`?(?P<file>[\w-]+\.\w+)`? files?\b.*\bduplicat", re.IGNORECASE)


def file_count(log: Log) -> Iterator[Proposal]:
    """A file that should stand once in each tests folder."""
    for source in sources(log, Role.REMEDIATION, Role.PREVENTION):
        match = _DUPLICATED.search(source.lesson.text)
        if match is None:
            continue
        name = match["file"]
        agreeing = [
            s
            for s in lessons(source.entry, Role.PREVENTION)
            if f"{name} consolidat" in s.lesson.text
        ]
        yield propose(_draft(name), "file-count", source, *agreeing)


def _draft(name: str) -> Draft:
    return Draft(
        id=f"{dashed(name.partition('.')[0])}-duplication",
        message=f"More than one {name} in a tests folder; see that they do not repeat each other.",
        condition=FilesCondition(f"**/{name}", 1, "**/tests", 0),
        severity=Severity.INFO,
        confidence=Confidence.LOW,
        note=f"Several {name} are normal; enable it to look through them once.",
        bad=code(f"tests/{name}\ntests/unit/{name}\n"),
        good=code(f"tests/{name}\n", f"a/tests/{name}\nb/tests/{name}\n"),
    )
