"""Changes to a file's text, as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stuck_rules.model.source import Position, Span
from stuck_rules.values import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` where `span` stands, in a notebook's `cell` if it is no 0."""

    span: Span
    text: str
    cell: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """Edits of one file that belong together; a safe fix keeps what the code means."""

    edits: tuple[Edit, ...]
    safe: bool = True


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap applied; new lines end as the text's first does."""
    ends = list(_LINE_END.finditer(source))
    # A byte order mark is no column, and a line may end in any of three ways.
    starts = [int(source.startswith("\ufeff")), *(end.end() for end in ends)]
    line_end = ends[0][0] if ends else "\n"

    def offset(position: Position) -> int:
        return starts[position.line - 1] + position.column - 1

    pieces: list[str] = []
    done = 0
    for edit in sorted(edits):
        pieces += (source[done : offset(edit.span.start)], edit.text.replace("\n", line_end))
        done = offset(edit.span.end)
    return "".join([*pieces, source[done:]])
