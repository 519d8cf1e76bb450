"""Small logs in a log's own syntax."""

from __future__ import annotations

from stuck_rules.lessons.reader import parse_log
from stuck_rules.model.lesson import Log


def log_of(body: str, title: str = "A title") -> Log:
    """A log of one entry."""
    return parse_log(f"## Entry 1: {title} - 2025-01-08\n\n{body}", path="log.md")
