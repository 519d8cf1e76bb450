"""Where something stands: lines and columns are 1-based, columns in characters, ends exclusive."""

from __future__ import annotations

from stuck_rules.values import dataclass


def normalise_text(text: str) -> str:
    """Make every line end a newline and drop a byte order mark; lines and columns stay."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters of a file."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of characters of a file."""

    start: Position
    end: Position

    @classmethod
    def of(cls, line: int, column: int, end_line: int, end_column: int) -> Span:
        """Make a span of four numbers."""
        return cls(Position(line, column), Position(end_line, end_column))

    @property
    def last_line(self) -> int:
        """The last line with a character of the span, whose end is exclusive."""
        ends_before = self.end.column == 1 and self.end.line > self.start.line
        return self.end.line - 1 if ends_before else self.end.line

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span; equal counts."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class FilePath:
    """A file's two names, both with `/`.

    `relative` is relative to the project's root and decides globs, fingerprints and what
    machines read; `shown` is what a user would type from where they stand.
    """

    relative: str
    shown: str
