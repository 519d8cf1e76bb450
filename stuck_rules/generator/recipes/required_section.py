"""A part that each document of a kind must have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import Draft, Proposal, propose, sources
from stuck_rules.model.lesson import Log, Polarity, Role
from stuck_rules.model.rule import Confidence, Example, PathFilter, Severity, TextCondition

_INCLUDE = re.compile(
    r"\binclude (?P<section>\w+) (?:procedures?|sections?|steps?|plans?)\b", re.IGNORECASE
)
_TITLE = re.compile(r"\b(?P<subject>[A-Z]\w+) (?:Documentation|Documents?|Docs)\b")


def required_section(log: Log) -> Iterator[Proposal]:
    """A section that documents of the entry's subject must have."""
    for source in sources(log, Role.PREVENTION, Role.CORRECT, Role.REMEDIATION):
        section = _INCLUDE.search(source.lesson.text)
        subject = _TITLE.search(source.entry.title)
        if section is None or subject is None or source.lesson.polarity is Polarity.DONT:
            continue
        draft = _draft(subject["subject"].lower(), section["section"].lower())
        yield propose(draft, "required-section", source)


def _draft(subject: str, section: str) -> Draft:
    path = f"docs/{subject}_paths.md"
    return Draft(
        id=f"{subject}-doc-{section}",
        message=f"A {subject} document without a {section} section.",
        condition=TextCondition(rf"(?ims)\A(?!.*^#{{1,6}}[^\n]*{section})", (), 0),
        severity=Severity.INFO,
        confidence=Confidence.LOW,
        paths=PathFilter(include=(f"*{subject}*.md", f"*{subject.upper()}*.md")),
        languages=("generic",),
        note="Which documents need one is for people to say; narrow paths.include, then enable it.",
        bad=(Example("# Move the users\n\n## Steps\n", path),),
        good=(Example(f"# Move the users\n\n## {section.capitalize()}\n", path),),
    )
