"""A name for a violation that survives a shift of lines."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from stuck_rules.model.violation import Violation
from stuck_rules.tokens import TokenLines
from stuck_rules.values import replace


def add_fingerprints(
    violations: Iterable[Violation], lines: TokenLines, source: str
) -> list[Violation]:
    """Give each violation its fingerprint, in the order given.

    It hashes the rule, the path from the root, and the tokens of the smallest statement
    around; equals are told apart by a counter.
    """
    physical = source.split("\n")
    # A statement is hashed once, however many violations it holds.
    texts: dict[int, str] = {}
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for violation in violations:
        line = violation.span.start.line
        statement = lines.statement_at(line)
        first = statement.first if statement else line
        if first not in texts:
            texts[first] = _digest(statement.code if statement else physical[line - 1].strip())
        text = texts[first]
        number = seen[violation.rule, text]
        seen[violation.rule, text] += 1
        digest = _digest(violation.rule, violation.path.relative, text, str(number))
        found.append(replace(violation, fingerprint=digest[:32]))
    return found


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
