"""A notebook's text with other cells, all else byte for byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from stuck_rules.model.source import normalise_text
from stuck_rules.values import dataclass

_BLANK = re.compile(r"[ \t\r\n]*")
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in a JSON text, from `start` to `end`."""

    start: int
    end: int


def rewrite(text: str, sources: Mapping[int, str]) -> str:
    """The text with the sources of cells, by their number from 1, in the place of theirs."""
    pieces: list[str] = []
    done = 0
    for number, value in enumerate(_sources(text), start=1):
        if value is None or number not in sources:
            continue
        pieces += (text[done : value.start], _written(text, value, sources[number]))
        done = value.end
    return "".join([*pieces, text[done:]])


def line_numbers(text: str) -> dict[tuple[int, int], int]:
    """The line of the text in which each line of each cell begins, all from 1."""
    found: dict[tuple[int, int], int] = {}
    line, counted = 1, 0
    for number, value in enumerate(_sources(text), start=1):
        inner = 1
        for part in _strings(text, value) if value else ():
            line += text.count("\n", counted, part.start)
            counted = part.start
            *whole, rest = _line_of(text, part).split("\n")
            for _ in whole:
                # A line may be in pieces, and begins with the first.
                found.setdefault((number, inner), line)
                inner += 1
            if rest:
                found.setdefault((number, inner), line)
        found.setdefault((number, inner), line)
    return found


def _written(text: str, value: _Value, source: str) -> str:
    """A cell's source as the old one is written: a string, or a list with its white space."""
    ascii_only = text.isascii()
    if text[value.start] != "[":
        return json.dumps(source, ensure_ascii=ascii_only)
    parts = list(_strings(text, value))
    # Lines that stay are written as they were, whatever was escaped in them.
    written = {_line_of(text, part): text[part.start : part.end] for part in parts}
    lines = [
        written.get(line) or json.dumps(line, ensure_ascii=ascii_only)
        for line in _LINE.findall(source)
    ]
    if not parts:
        return f"[{', '.join(lines)}]"
    between = [text[one.end : two.start] for one, two in pairwise(parts)]
    before, after = text[value.start : parts[0].start], text[parts[-1].end : value.end]
    comma = between[0] if between else f",{before[1:] or ' '}"
    return f"{before}{comma.join(lines)}{after}"


def _line_of(text: str, part: _Value) -> str:
    return normalise_text(_DECODER.raw_decode(text, part.start)[0])


def _sources(text: str) -> Iterator[_Value | None]:
    """Where the source of each cell stands; None for a cell without one."""
    document = dict(_members(text, _skip(text, int(text.startswith("\ufeff")))))
    for cell in _items(text, document["cells"]):
        yield dict(_members(text, cell.start)).get("source")


def _strings(text: str, value: _Value) -> Iterator[_Value]:
    """The strings of a source, which is one or a list of them."""
    if text[value.start] == "[":
        yield from _items(text, value)
    else:
        yield value


def _members(text: str, at: int) -> Iterator[tuple[str, _Value]]:
    """The keys and values of the object at a place; the JSON is known to be valid."""
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        value = _value(text, _skip(text, _skip(text, at) + 1))
        yield key, value
        at = _after_comma(text, value.end)


def _items(text: str, value: _Value) -> Iterator[_Value]:
    """The values of a list."""
    at = _skip(text, value.start + 1)
    while text[at] != "]":
        item = _value(text, at)
        yield item
        at = _after_comma(text, item.end)


def _value(text: str, at: int) -> _Value:
    return _Value(at, _DECODER.raw_decode(text, at)[1])


def _after_comma(text: str, at: int) -> int:
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    """The first place that is not blank."""
    found = _BLANK.match(text, at)
    return found.end() if found else at
