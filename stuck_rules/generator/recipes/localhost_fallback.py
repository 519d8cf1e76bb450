"""WRONG: a service falls back to localhost."""

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
from stuck_rules.generator.words import address_variables, service_of
from stuck_rules.model.lesson import Log, Polarity, Role
from stuck_rules.model.rule import TESTS, PathFilter, Severity

_FALLBACK = re.compile(
    r"\b(?:fall(?:s|ing)?[ -]?backs?|fell back|default(?:s|ed|ing)?)\b.*"
    r"(?:\blocalhost\b|127\.0\.0\.1|\bloopback\b)",
    re.IGNORECASE,
)
_ANY_FALLBACK = re.compile(r"\bfall(?:ing)?[ -]?backs?\b", re.IGNORECASE)


def localhost_fallback(log: Log) -> Iterator[Proposal]:
    """The address of a service that must be configured, and no silent localhost."""
    for source in sources(log, Role.WRONG, Role.PREVENTION, Role.ROOT_CAUSE):
        is_forbidden = source.lesson.polarity is Polarity.DONT
        if not is_forbidden or not _FALLBACK.search(source.lesson.text):
            continue
        service = service_of(source.entry)
        if service is None:
            continue
        texts = (lesson.text for lesson in source.entry.lessons)
        names = address_variables(" ".join(texts))
        agreeing = [
            s for s in lessons(source.entry, Role.PREVENTION) if _ANY_FALLBACK.search(s.lesson.text)
        ]
        yield propose(_draft(service, names), "localhost-fallback", source, *agreeing)


def _draft(service: str, names: tuple[str, ...]) -> Draft:
    variable = names[0] if names else f"{service.upper()}_URL"
    return Draft(
        id=f"{service}-localhost-fallback",
        message=(
            f"The {service.capitalize()} address silently falls back to this machine; "
            "outside development a missing setting must be an error."
        ),
        condition=check("setting-fallback", words=(service,), names=names, default="loopback"),
        severity=Severity.ERROR,
        paths=PathFilter(exclude=TESTS),
        bad=code(
            f'url = env.get("{variable}", "{service}://localhost:1234/0")\n',
            f'host = os.environ.get("{service.upper()}_HOST") or "127.0.0.1"\n',
        ),
        good=code(
            f'url = env["{variable}"]\n',
            "if self.is_development():\n"
            f'    url = env.get("{variable}", "{service}://localhost:1234/0")\n',
        ),
    )
