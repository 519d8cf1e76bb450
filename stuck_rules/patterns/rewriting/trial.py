"""Tries edits out on the part of a file around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.edit import Edit, apply_edits
from stuck_rules.model.source import Position, Span
from stuck_rules.patterns.rewriting.template import meaning_of
from stuck_rules.tokens import lines_of, read_lines
from stuck_rules.values import dataclass

_HEAD = "if 1:\n"
_TOP = re.compile(r"(?!(?:else|elif|except|finally)\b)[^\W\d]|@|\(|\[|\{")


@dataclass(frozen=True, slots=True)
class Trial:
    """Some lines of a file, enough of them to be read by themselves; `first` is the first's number.

    Where they are indented, the text begins with a line that lets them be.
    """

    first: int
    text: str
    meaning: str | None

    @classmethod
    def of_statements(cls, span: Span, tree: SyntaxTree) -> Trial:
        """The statements that a place lies in, else what `of_block` gives."""
        lines = lines_of(tree.source)
        first, last = lines.statement_at(span.start.line), lines.statement_at(span.end.line)
        if first is None or last is None:
            return cls.of_block(span, tree)
        text = "\n".join(tree.lines[first.first - 1 : last.last]) + "\n"
        indented = text.startswith((" ", "\t"))
        text = f"{_HEAD}{text}" if indented else text
        meaning = meaning_of(text)
        if meaning is None:
            return cls.of_block(span, tree)
        return cls(first.first - indented, text, meaning)

    @classmethod
    def of_block(cls, span: Span, tree: SyntaxTree) -> Trial:
        """The statement of the module around a place, or the whole file where that is unsure."""
        lines = tree.lines
        first, last = span.start.line, span.end.line
        while first > 1 and not (_TOP.match(lines[first - 1]) and not _is_decorated(lines, first)):
            first -= 1
        while last < len(lines) and not _TOP.match(lines[last]):
            last += 1
        text = "\n".join(lines[first - 1 : last]) + ("\n" if last < len(lines) else "")
        meaning = meaning_of(text)
        if meaning is None:
            return cls(1, tree.source, meaning_of(tree.source))
        return cls(first, text, meaning)

    def result(self, edits: Iterable[Edit]) -> str:
        """The lines with edits made."""
        return apply_edits(self.text, [Edit(self._shift(e.span), e.text) for e in edits])

    def _shift(self, span: Span) -> Span:
        start, end = span.start, span.end
        moved = self.first - 1
        return Span(
            Position(start.line - moved, start.column), Position(end.line - moved, end.column)
        )

    def read(self, edits: Iterable[Edit]) -> str | None:
        """What Python makes of the lines with edits made; None where they are no code.

        Of a file that this Python cannot read anyway, only whether LibCST reads it is known.
        """
        text = self.result(edits)
        if self.meaning is not None:
            return meaning_of(text)
        try:
            cst.parse_module(text)
        except cst.ParserSyntaxError:
            return None
        return ""

    def is_glued(self, span: Span) -> bool:
        """Whether a name or keyword stands right beside a place."""
        moved = self._shift(span)
        lines = self.text.split("\n")
        before = lines[moved.start.line - 1][: moved.start.column - 1][-1:]
        behind = lines[moved.end.line - 1][moved.end.column - 1 :][:1]
        return bool(re.match(r"\w", before) or re.match(r"\w", behind))

    def loses_comments(self, edits: Iterable[Edit]) -> bool:
        """Whether a comment of the lines is gone with the edits made."""
        if "#" not in self.text:
            return False
        before = Counter(comment.text for comment in read_lines(self.text).comments)
        after = Counter(comment.text for comment in read_lines(self.result(edits)).comments)
        return bool(before - after)


def _is_decorated(lines: list[str], number: int) -> bool:
    """Whether the line above belongs to the same statement."""
    above = lines[number - 2] if number > 1 else ""
    return above.startswith(("@", ")", "]", "}")) or above.endswith("\\")
