"""A new entry for a log, in the form that the reader understands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stuck_rules.model.lesson import Log
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is known of an entry to be written; `date` is ISO."""

    title: str
    date: str
    root_cause: str = ""
    wrong: str = ""
    correct: str = ""
    prevention: Sequence[str] = ()


def render_entry(entry: NewEntry, log: Log | None) -> str:
    """The entry as Markdown, with the heading form and the number that the log uses."""
    level = re.search(r"h(\d)", log.files[0].level) if log is not None and log.files else None
    marks = "#" * (int(level[1]) if level else 2)
    numbers = [e.number for e in log.entries if e.number is not None] if log is not None else []
    number = f"Entry {max(numbers) + 1}: " if numbers else ""
    parts = [f"{marks} {number}{entry.title} - {entry.date}"]
    if entry.root_cause:
        parts.append(f"**Root Cause**: {entry.root_cause}")
    if entry.wrong:
        parts.append(f"**WRONG**:\n\n{_fenced(entry.wrong)}")
    if entry.correct:
        parts.append(f"**CORRECT**:\n\n{_fenced(entry.correct)}")
    if entry.prevention:
        items = "\n".join(f"- {' '.join(item.split())}" for item in entry.prevention)
        parts.append(f"**Prevention**:\n{items}")
    return "\n\n".join(parts) + "\n"


def _fenced(code: str) -> str:
    longest = max((len(found[0]) for found in re.finditer(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}python\n{code.rstrip()}\n{fence}"


def append_entry(text: str, entry: str) -> str:
    """A log's text with an entry behind it, a blank line between."""
    if not text.strip():
        return f"# Getting stuck log\n\n{entry}"
    ending = "\r\n" if "\r\n" in text else "\n"
    joined = text.rstrip("\r\n") + "\n\n" + entry
    return joined.replace("\r\n", "\n").replace("\n", ending)
