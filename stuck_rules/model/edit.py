"""Changes to a file's text, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from stuck_rules.model.source import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` where `span` stands."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """Edits of one file that belong together; a safe fix keeps what the code means."""

    edits: tuple[Edit, ...]
    safe: bool = True
