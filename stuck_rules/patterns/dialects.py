r"""One way to write a regular expression made into another, a piece at a time.

A piece is an escape, a class, the start of a group, a count or a single character, so that
`\\z` is no `\z` and a bracket in a class opens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
    \\[pPNxuU]\{[^{}]*\} | \\.              # an escape
    | \[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]  # a class
    | \(\?<(?=[A-Za-z_])                    # a group named as in PCRE
    | \(\?[aiLmsux]+\)                      # flags for the whole
    | \{(?:\d+(?:,\d*)?|,\d*)\}             # a count
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD = r"\p{L}\p{N}_"
# The engine with a time limit draws these lines elsewhere than Python does.
_UNICODE = {
    r"\w": f"[{_WORD}]",
    r"\W": f"[^{_WORD}]",
    r"\b": f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))",
    r"\B": f"(?:(?<=[{_WORD}])(?=[{_WORD}])|(?<![{_WORD}])(?![{_WORD}]))",
}


def pieces_of(text: str) -> list[str]:
    """The pieces of an expression."""
    return _TOKEN.findall(text)


def to_python(text: str) -> str:
    r"""Python's way to write `(?<NAME>...)`, `\z` and flags that stand inside."""
    flags = ""
    pieces = []
    for piece in pieces_of(text):
        if piece.startswith("(?") and piece.endswith(")"):
            flags += "".join(letter for letter in piece[2:-1] if letter not in flags)
        else:
            pieces.append({"(?<": "(?P<", r"\z": r"\Z"}.get(piece, piece))
    return (f"(?{flags})" if flags else "") + "".join(pieces)


def to_linear(text: str) -> str:
    """RE2's way to write an expression of Python's."""
    return "".join(r"\z" if piece == r"\Z" else piece for piece in pieces_of(text))


def to_bounded(text: str, *, ascii_only: bool) -> str:
    """The way of the engine with a time limit, for which `{e}` is more than text."""
    return "".join(_bounded(piece, ascii_only) for piece in pieces_of(text))


def _bounded(piece: str, ascii_only: bool) -> str:
    if piece == "{":
        return r"\{"
    if ascii_only:
        return piece
    if piece.startswith("[") and len(piece) > 1:
        return re.sub(r"\\.", lambda found: _WORD if found[0] == r"\w" else found[0], piece)
    return _UNICODE.get(piece, piece)


def without_boundaries(text: str) -> str:
    r"""An expression without `\b` and `\B`."""
    return "".join(piece for piece in pieces_of(text) if piece not in {r"\b", r"\B"})


def most_copies(text: str) -> int:
    """How often engines must write the most repeated part of an expression out."""
    return max(_copies(text), default=1)


def _copies(text: str) -> Iterator[int]:
    opened = [1]
    last = 1
    for piece in pieces_of(text):
        if piece[0] == "{" and len(piece) > 1:
            last *= int(re.sub(r"\D.*", "", piece[1:]) or 1)
            opened[-1] = max(opened[-1], last)
        elif piece in {"(", "(?<"}:
            opened.append(1)
        elif piece == ")" and len(opened) > 1:
            last = opened.pop()
            opened[-1] = max(opened[-1], last)
        else:
            last = 1
        yield opened[-1]
