"""Patterns over plain text: words and signs in order, `$X` for a word, `...` for what lies between.

White space does not matter. As with Semgrep's generic language, `...` reaches over at most ten
lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from stuck_rules.values import dataclass

_TOKEN = re.compile(r"\w+|[^\w\s]|\n")
_PART = re.compile(r"\$\.\.\.[A-Z_][A-Z_0-9]*|\$[A-Z_][A-Z_0-9]*|\.\.\.|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
_MAX_LINES = 10

Found = Mapping[str, str]
_Bound = tuple[tuple[str, str], ...]
# The part of the pattern and the token that come next, and what is bound so far.
_State = tuple[int, int, _Bound]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text's tokens with their places, and the line of each."""

    source: str
    tokens: tuple[re.Match[str], ...]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, source: str) -> _Text:
        line = 0
        tokens: list[re.Match[str]] = []
        lines: list[int] = []
        for token in _TOKEN.finditer(source):
            if token[0] == "\n":
                line += 1
                continue
            tokens.append(token)
            lines.append(line)
        return cls(source, tuple(tokens), tuple(lines))

    def between(self, first: int, last: int) -> str:
        """The source from a token up to another, that one left out."""
        if first == last:
            return ""
        return self.source[self.tokens[first].start() : self.tokens[last - 1].end()]


@lru_cache(maxsize=200)
def _parts(pattern: str) -> tuple[str, ...]:
    parts = _PART.findall(pattern)
    while parts and parts[0] == "...":
        parts = parts[1:]
    while parts and parts[-1] == "...":
        parts = parts[:-1]
    return tuple(parts)


def find_generic(pattern: str, text: str) -> Iterator[Found]:
    """The metavariables' texts for each place at which a pattern begins to match, the first way."""
    parts, target = _parts(pattern), _Text.of(text)
    if not parts:
        yield {}
        return
    hopeless: set[_State] = set()
    for start in range(len(target.tokens)):
        found = _match(parts, target, start, hopeless)
        if found is not None:
            yield found


def _match(parts: tuple[str, ...], text: _Text, start: int, hopeless: set[_State]) -> Found | None:
    """Try a place; a state that led nowhere from one place is not tried from another."""
    tried: set[_State] = set()
    pending: list[_State] = [(0, start, ())]
    while pending:
        state = pending.pop()
        if state in tried or state in hopeless:
            continue
        tried.add(state)
        number, place, bound = state
        if number == len(parts):
            return dict(bound)
        pending.extend(reversed(list(_steps(parts[number], text, number, place, bound))))
    hopeless |= tried
    return None


def _steps(part: str, text: _Text, number: int, place: int, bound: _Bound) -> Iterator[_State]:
    """Where a part of the pattern leads from a token, the nearest first."""
    if part == "..." or part.startswith("$..."):
        first = text.lines[place - 1] if place else 0
        for end in range(place, len(text.tokens) + 1):
            if end < len(text.tokens) and text.lines[end] - first > _MAX_LINES:
                return
            named = _bind(bound, part.replace("...", ""), text.between(place, end))
            if part == "...":
                yield number + 1, end, bound
            elif named is not None:
                yield number + 1, end, named
        return
    if place == len(text.tokens):
        return
    token = text.tokens[place][0]
    if part.startswith("$") and len(part) > 1:
        named = _bind(bound, part, token) if _WORD.fullmatch(token) else None
        if named is not None:
            yield number + 1, place + 1, named
    elif part == token:
        yield number + 1, place + 1, bound


def _bind(bound: _Bound, name: str, value: str) -> _Bound | None:
    known = dict(bound)
    if name == "$_":
        return bound
    if known.setdefault(name, value) != value:
        return None
    return tuple(sorted(known.items()))
