"""LibCST's tree of a text, parsed piece by piece.

Its parser needs up to a kilobyte for a letter of dense code, and takes longer for a letter the
longer the text is; the tree itself needs a tenth of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import libcst as cst

_LENGTH = 20_000
# A definition behind an empty line or an indented one begins a statement, but in a string or
# behind a decorator of several lines. Cut there, one of the two pieces is no Python.
_BEGINS = re.compile(r"^(?:[ \t].*)?\n(?=@|def |class |async )", re.MULTILINE)


def pieces_of(text: str) -> Iterator[str]:
    """The text cut in front of definitions, as far as lines alone tell where those are."""
    start = 0
    while (found := _BEGINS.search(text, start + _LENGTH)) is not None:
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


def _joined(modules: Sequence[cst.Module]) -> cst.Module | None:
    """One module of several; None where they indent differently, so that the tree would."""
    first, *others = modules
    if any(other.default_indent != first.default_indent for other in others):
        return None
    body, footer = [*first.body], first.footer
    for module in others:
        head, *rest = module.body
        body.extend((head.with_changes(leading_lines=footer), *rest))
        footer = module.footer
    return first.with_changes(
        body=body, footer=footer, has_trailing_newline=modules[-1].has_trailing_newline
    )


def parse_pieces(text: str) -> cst.Module:
    """What `libcst.parse_module` gives and raises."""
    pieces = list(pieces_of(text))
    if len(pieces) > 1:
        try:
            joined = _joined([cst.parse_module(piece) for piece in pieces])
        except (cst.ParserSyntaxError, UnicodeEncodeError):
            # The whole tells whether it is Python, and where it is not.
            joined = None
        if joined is not None:
            return joined
    return cst.parse_module(text)
