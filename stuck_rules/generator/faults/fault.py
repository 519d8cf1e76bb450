"""A fault that a log names in words alone, with the rule that finds it."""

from __future__ import annotations

import re

from stuck_rules.generator.phrases import phrase
from stuck_rules.generator.proposal import Draft
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Words that name a fault, and the rule that it becomes.

    `asked` are words that ask for its contrary, so that they forbid it.
    """

    words: re.Pattern[str]
    draft: Draft
    asked: re.Pattern[str] | None = None


def fault(words: str, draft: Draft, asked: str | None = None) -> Fault:
    """A fault of these expressions, in which a space is any white space."""
    return Fault(phrase(words), draft, phrase(asked) if asked else None)
