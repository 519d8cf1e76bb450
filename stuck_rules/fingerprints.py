"""A name for a violation that survives a shift of lines and another layout."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from stuck_rules.model.source import Span
from stuck_rules.model.violation import Violation
from stuck_rules.values import replace

_LENGTH = 32


def add_fingerprints(
    violations: Iterable[Violation], statement_at: Callable[[Span], str]
) -> list[Violation]:
    """Give each violation its fingerprint and the hash of its statement, in the order given.

    `statement_at` gives the smallest statement where a span starts, without its layout. The
    fingerprint hashes rule, path and statement; equals are told apart by a counter.
    """
    seen: Counter[tuple[str, str]] = Counter()
    # A long statement may hold thousands of violations: it is hashed once.
    digests: dict[str, str] = {"": ""}
    found = []
    for violation in violations:
        text = statement_at(violation.span)
        if text not in digests:
            digests[text] = _digest(text)
        statement = digests[text]
        number = seen[violation.rule, statement]
        seen[violation.rule, statement] += 1
        fingerprint = _digest(violation.rule, violation.path.relative, statement, str(number))
        found.append(replace(violation, fingerprint=fingerprint, statement=statement))
    return found


def _digest(*parts: str) -> str:
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:_LENGTH]
