"""All services use the identical secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import (
    Draft,
    Proposal,
    check,
    code,
    lessons,
    propose,
    sources,
)
from stuck_rules.model.lesson import Log, Role
from stuck_rules.model.rule import TESTS, Confidence, PathFilter

_IDENTICAL = re.compile(r"\b(?:identical|same|one shared) (?P<name>[A-Z][A-Za-z]+) secrets?\b")
_CONSISTENT = re.compile(r"\bsecrets?\b.*\bconsisten(?:t|cy)\b", re.IGNORECASE)
_ROLES = (Role.PROPOSAL, Role.PREVENTION, Role.REMEDIATION, Role.CORRECT)


def shared_secret(log: Log) -> Iterator[Proposal]:
    """A secret that must be configured, because a literal one differs from service to service."""
    for source in sources(log, *_ROLES):
        match = _IDENTICAL.search(source.lesson.text)
        if match is not None:
            agreeing = [
                s for s in lessons(source.entry, *_ROLES) if _CONSISTENT.search(s.lesson.text)
            ]
            yield propose(_draft(match["name"].lower()), "shared-secret", source, *agreeing)


def _draft(name: str) -> Draft:
    variable = f"{name.upper()}_SECRET_KEY"
    return Draft(
        id=f"{name}-secret-fallback",
        message=(
            f"The {name.upper()} secret falls back to a literal, so that services may sign and "
            "verify with different ones; a missing secret must be an error."
        ),
        condition=check("setting-fallback", words=(name, "secret"), names=(), default="literal"),
        confidence=Confidence.MEDIUM,
        paths=PathFilter(exclude=TESTS),
        note=(
            "The log asks for one identical secret; that a literal fallback breaks this is an "
            "inference. Enable it if your team agrees."
        ),
        bad=code(
            f'secret = env.get("{variable}", "dev")\n',
            f'secret = env.get("{variable}") or "dev"\n',
        ),
        good=code(
            f'secret = env["{variable}"]\n',
            f'secret = env.get("{variable}", "")\n',
            f'{variable} = "{variable}"\n',
        ),
    )
