"""A part of a file's text that is enough for the rules that are asked."""

from __future__ import annotations

from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Whole statements of a file, and where they stand in it.

    `lines` gives for each line of `text` its line in the file. What stands on a line of
    `hidden` is there only for its name: its body was left out, and nothing in it counts.
    `starts` are the lines of `text`, from 1, at which its logical lines of code begin. With
    `edits` it is also enough to tell where an import belongs.
    """

    text: str
    lines: tuple[int, ...]
    hidden: frozenset[int] = frozenset()
    starts: tuple[int, ...] = ()
    edits: bool = False

    def line_of(self, line: int) -> int:
        """The line in the file; one behind the last goes on from there."""
        if line <= len(self.lines):
            return self.lines[line - 1]
        return self.lines[-1] + line - len(self.lines)
