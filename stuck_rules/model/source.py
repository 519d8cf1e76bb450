"""Where something stands: lines and columns are 1-based, columns in characters, ends exclusive."""

from __future__ import annotations

from stuck_rules.values import dataclass


def normalise_text(text: str) -> str:
    """Make every line end a newline and drop a byte order mark; lines and columns stay."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


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


# What is said of a file as a whole stands at its beginning.
WHOLE_FILE = Span.of(1, 1, 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class FilePath:
    """A file's two names, both with `/`.

    `relative` is relative to the project's root and decides globs, fingerprints and what
    machines read; `shown` is what a user would type from where they stand. `cell` is the number
    of a notebook's cell that a place is in, counted from 1, and 0 in any other file.
    """

    relative: str
    shown: str
    cell: int = 0

    @property
    def place(self) -> str:
        """What lines and columns are counted in: the file, or a notebook's cell."""
        return in_cell(self.shown, self.cell)

    @property
    def file(self) -> FilePath:
        """The file without the cell."""
        return FilePath(self.relative, self.shown) if self.cell else self

    def in_cell(self, cell: int) -> FilePath:
        """A cell of the notebook."""
        return FilePath(self.relative, self.shown, cell)


def in_cell(path: str, cell: int | None) -> str:
    """A file's path, with the cell that is meant if it has cells."""
    return f"{path}:cell {cell}" if cell else path
