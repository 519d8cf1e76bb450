"""A pattern's text made to ask for less, to find out what of it did not match."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.patterns.tokens import Bracket, Piece, Token, read_brackets


def _text(pieces: list[Piece]) -> str:
    return "".join(
        piece.text if isinstance(piece, Token) else _bracket_text(piece) for piece in pieces
    )


def _bracket_text(bracket: Bracket) -> str:
    inside = ",".join(_text(part) for part in bracket.parts)
    return f"{bracket.opening}{inside}{bracket.closing}"


def apart(text: str) -> tuple[str, dict[str, list[str]]]:
    """The pattern with each further occurrence of a metavariable renamed, and the new names."""
    seen: dict[str, list[str]] = {}
    renamed: dict[str, list[str]] = {}

    def rename(found: re.Match[str]) -> str:
        name = found[0]
        if name == "$_":
            return name
        if name not in seen:
            seen[name] = []
            return name
        other = f"{name}_{len(seen[name]) + 2}_APART"
        seen[name].append(other)
        renamed[name] = seen[name]
        return other

    return re.sub(r"\$[A-Z_][A-Z_0-9]*", rename, text), renamed


def first_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """The pattern cut behind its lines, the longest first: how many, their text, the next line."""
    lines = text.rstrip().split("\n")
    for count in range(len(lines) - 1, 0, -1):
        head = "\n".join(lines[:count]).rstrip()
        is_whole = not head.endswith(":") and not lines[count].startswith((" ", "\t"))
        if is_whole and head != "..." and lines[count].strip() != "...":
            yield count, head, lines[count].strip()


def by_argument(text: str) -> Iterator[tuple[str, str]]:
    """The pattern with one argument of its last call after the other left open, and which."""
    pieces = read_brackets(text.strip())
    call = _last_call(pieces)
    if call is None or len(call.parts) < 1:
        return
    parts = call.parts
    for number, part in enumerate(parts):
        argument = _text(part).strip()
        if not argument or argument == "..." or argument.startswith("$..."):
            continue
        call.parts = [*parts[:number], [Token("dots", "...")], *parts[number + 1 :]]
        yield _text(pieces), argument
        call.parts = parts


def loosened(text: str) -> str | None:
    """The pattern with all arguments of its last call left open; None where there is no call."""
    pieces = read_brackets(text.strip())
    call = _last_call(pieces)
    if call is None:
        return None
    call.parts = [[Token("dots", "...")]]
    return _text(pieces)


def _last_call(pieces: list[Piece]) -> Bracket | None:
    """The call that a pattern ends with."""
    last = pieces[-1] if pieces else None
    is_call = isinstance(last, Bracket) and last.kind == "call"
    return last if is_call and isinstance(last, Bracket) else None
