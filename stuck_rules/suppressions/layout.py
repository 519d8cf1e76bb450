"""Where in Python code a comment can be added without changing what the code says."""

from __future__ import annotations

import contextlib
import io
import tokenize
from functools import cached_property

from stuck_rules.tokens import LogicalLine, TokenLines, lines_of

# Python 3.12 and later give the parts of an f-string one by one.
_OPENING = frozenset({"FSTRING_START", "TSTRING_START"})
_CLOSING = frozenset({"FSTRING_END", "TSTRING_END"})
_UNSEEN = frozenset({tokenize.COMMENT, tokenize.NL})


class Layout:
    """The physical lines of code whose lines end in a newline; numbers are 1-based."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = source.split("\n")

    @property
    def tokens(self) -> TokenLines:
        """The logical lines and comments."""
        return lines_of(self.source)

    def statement_at(self, line: int) -> LogicalLine:
        """The logical line that covers a line; where none does, the line by itself."""
        return self.tokens.statement_at(line) or LogicalLine(line, line, "")

    def takes_at_end(self, line: int) -> bool:
        """Whether a comment can stand at the end of a line."""
        if line in self._open or self._is_continued(line):
            return False
        return not self.names_interpreter(line)

    def takes_above(self, line: int) -> bool:
        """Whether a comment can stand on a line of its own above a line."""
        if line == 1:
            return not self.names_interpreter(line)
        return line - 1 not in self._open and not self._is_continued(line - 1)

    def names_interpreter(self, line: int) -> bool:
        """Whether the system would run the file with what stands on a line."""
        return line == 1 and self.lines[0].startswith("#!")

    def _is_continued(self, line: int) -> bool:
        return self.lines[line - 1].endswith("\\") and line not in self._commented

    @cached_property
    def _commented(self) -> frozenset[int]:
        return frozenset(comment.line for comment in self.tokens.comments)

    @cached_property
    def _open(self) -> frozenset[int]:
        """The lines at whose end a string goes on."""
        found: set[int] = set()
        starts: list[int] = []
        for token in tokens_of(self.source):
            kind = tokenize.tok_name[token.type]
            if kind in _OPENING:
                starts.append(token.start[0])
            elif kind in _CLOSING:
                found.update(range(starts.pop(), token.end[0]))
            elif token.type == tokenize.STRING:
                found.update(range(token.start[0], token.end[0]))
        return frozenset(found)


def tokens_of(source: str) -> list[tokenize.TokenInfo]:
    """All tokens, as far as the code can be read."""
    found: list[tokenize.TokenInfo] = []
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        found.extend(tokenize.generate_tokens(io.StringIO(source).readline))
    return found


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts differ in comments and blank lines alone."""
    return _words(one) == _words(other)


def _words(source: str) -> list[tuple[int, str]]:
    # The last line of a file may end without a line end.
    return [
        (token.type, token.string.strip("\n") if token.type == tokenize.NEWLINE else token.string)
        for token in tokens_of(source)
        if token.type not in _UNSEEN
    ]
