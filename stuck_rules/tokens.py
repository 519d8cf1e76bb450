"""A file's logical lines and comments, from the standard library's tokenizer."""

from __future__ import annotations

import io
import tokenize
from bisect import bisect_right
from functools import lru_cache

from stuck_rules.values import dataclass

_SILENT = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
)


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """A simple statement, or the head of a compound one; `code` is its tokens, one space apart."""

    first: int
    last: int
    code: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its `#`; `alone` where no code stands on its line."""

    line: int
    column: int
    text: str
    alone: bool


@dataclass(frozen=True, slots=True)
class TokenLines:
    """The logical lines and comments of a file, in order; `whole` if it was read to its end."""

    statements: tuple[LogicalLine, ...]
    comments: tuple[Comment, ...]
    whole: bool = True

    def statement_at(self, line: int) -> LogicalLine | None:
        """The logical line that covers a physical line."""
        place = bisect_right(self.statements, line, key=lambda statement: statement.first)
        found = self.statements[place - 1] if place else None
        return found if found is not None and line <= found.last else None

    def statement_below(self, line: int) -> LogicalLine | None:
        """The first logical line that begins below a physical line."""
        place = bisect_right(self.statements, line, key=lambda statement: statement.first)
        return self.statements[place] if place < len(self.statements) else None


def read_lines(source: str) -> TokenLines:
    """Tokenize a file as far as it goes: newer syntax than the running Python ends it early."""
    statements: list[LogicalLine] = []
    comments: list[Comment] = []
    parts: list[tokenize.TokenInfo] = []
    whole = True
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                alone = token.line[: token.start[1]].strip() == ""
                comments.append(Comment(token.start[0], token.start[1] + 1, token.string, alone))
            if token.type == tokenize.NEWLINE and parts:
                statements.append(_logical_line(parts))
                parts = []
            elif token.type not in _SILENT:
                parts.append(token)
    except (tokenize.TokenError, SyntaxError):
        whole = False
    return TokenLines(tuple(statements), tuple(comments), whole)


@lru_cache(maxsize=1)
def lines_of(source: str) -> TokenLines:
    """`read_lines`, remembered for the file that is being looked at."""
    return read_lines(source)


def _logical_line(parts: list[tokenize.TokenInfo]) -> LogicalLine:
    code = " ".join(token.string for token in parts if token.string.strip())
    return LogicalLine(parts[0].start[0], parts[-1].end[0], code)
