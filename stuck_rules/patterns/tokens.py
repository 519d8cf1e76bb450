"""A pattern's text as tokens and brackets: Python's, and `$X`, `$...X`, `...`, `<... ...>`."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\f]+|\\\n)
    |(?P<newline>\n)
    |(?P<comment>\#[^\n]*)
    |(?P<string>[rRbBuUfFtT]{0,2}(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"
        |'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))
    |(?P<many>\$\.\.\.[A-Z_][A-Z_0-9]*)
    |(?P<hole>\$(?:[A-Z_][A-Z_0-9]*|[0-9]+))
    |(?P<deep><\.\.\.)
    |(?P<deep_end>\.\.\.>)
    |(?P<dots>\.\.\.)
    |(?P<name>[^\W\d]\w*)
    |(?P<number>0[xXoObB][0-9a-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?[jJ]?)
    |(?P<op>\*\*=?|->|:=|[-+*/%@&|^<>=!]=|//=?|<<=?|>>=?|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPEN = {"(": ")", "[": "]", "{": "}"}
_BLANK = frozenset({"space", "newline", "comment"})
# Python's own parser refuses more.
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a pattern; the texts of all tokens are the pattern."""

    kind: str
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether it carries no meaning of its own inside brackets."""
        return self.kind in _BLANK


@dataclass(slots=True)
class Bracket:
    """A bracket pair; `parts` is what stands between its commas.

    `kind` is call, params, bases, group, braces or index.
    """

    kind: str
    opening: str
    closing: str = ""
    parts: list[list[Piece]] = field(default_factory=lambda: [[]])


Piece = Token | Bracket


def tokenize(text: str) -> Iterator[Token]:
    """Cut a pattern's text into tokens; what no rule of the language fits becomes an `op`."""
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "op", match[0])


def meaningful(pieces: list[Piece]) -> list[Piece]:
    """The pieces without white space and comments."""
    return [p for p in pieces if isinstance(p, Bracket) or not p.is_blank]


def _bracket_kind(opening: str, before: list[Piece]) -> str:
    """What a bracket is for, told by what stands before it."""
    if opening != "(":
        return "braces" if opening == "{" else "index"
    last = before[-1] if before else None
    if isinstance(last, Bracket):
        return "group" if last.kind == "braces" else "call"
    if last is None or not _may_be_called(last):
        return "group"
    head = before[-2] if len(before) > 1 else None
    word = head.text if isinstance(head, Token) else ""
    return {"def": "params", "class": "bases"}.get(word, "call")


def _may_be_called(token: Token) -> bool:
    if token.kind == "name":
        return not keyword.iskeyword(token.text)
    return token.kind in {"hole", "string", "deep_end", "dots"}


def read_brackets(text: str) -> list[Piece]:
    """A pattern's tokens as a tree of brackets.

    Unbalanced ones, and those that nest too deeply, are left for the parser to tell.
    """
    top: list[Piece] = []
    current = top
    stack: list[tuple[Bracket, list[Piece]]] = []
    for token in tokenize(text):
        if token.kind == "op" and token.text in _OPEN and len(stack) < _DEEPEST:
            bracket = Bracket(_bracket_kind(token.text, meaningful(current)), token.text)
            current.append(bracket)
            stack.append((bracket, current))
            current = bracket.parts[0]
        elif stack and token.text == _OPEN[stack[-1][0].opening]:
            bracket, current = stack.pop()
            bracket.closing = token.text
        elif stack and token.text == ",":
            current = []
            stack[-1][0].parts.append(current)
        else:
            current.append(token)
    return top
