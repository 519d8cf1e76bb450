"""The code of a module from its beginning on, read no further than one asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from stuck_rules.narrowing.outline import INNER, Code, code_of
from stuck_rules.values import dataclass

# Where a definition begins, or a decorator, at the top or below it. In brackets neither a `def`
# nor a `class` can stand; an `@` can.
_DEFINED = r"(?:(@)|(?:async[ \t]+)?(def|class)[ \t]+(\w+))"
TOP = re.compile(rf"\n(){_DEFINED}")
INSIDE = re.compile(rf"\n([ \t]+){_DEFINED}")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))


@dataclass(frozen=True, slots=True)
class Cut:
    """A line at which a statement begins, by its offset, or the text's end.

    `before` is the code since the cut before. The line may define `name`, where `kind` is `def`
    or `class`, or hold a decorator, of the kind `@`; `indent` stands in front of it.
    """

    place: int
    before: Code
    indent: str = ""
    kind: str = ""
    name: str = ""


class Cuts:
    """The cuts of a normalised text; fewer where one cannot be sure of more.

    `heads` finds what may begin a statement, behind the break of a line.
    """

    def __init__(self, text: str, heads: re.Pattern[str]) -> None:
        self._known: list[Cut] = []
        self._coming = _cuts_of(text, heads)
        self._length = len(text)

    def __iter__(self) -> Iterator[Cut]:
        return self.behind(0)

    def behind(self, number: int) -> Iterator[Cut]:
        """The cuts from one of this number on."""
        while number < len(self._known) or self._read_on():
            yield self._known[number]
            number += 1

    def all(self) -> tuple[Cut, ...] | None:
        """Every cut; None where one cannot be sure of all of the text."""
        known = tuple(self)
        return known if known and known[-1].place == self._length else None

    def _read_on(self) -> bool:
        found = next(self._coming, None)
        if found is not None:
            self._known.append(found)
        return found is not None


def depth_of(code: str) -> int:
    """How many more brackets are opened than closed in a text without strings."""
    return sum([code.count(opening) - code.count(closing) for opening, closing in _PAIRS])


def _cuts_of(text: str, heads: re.Pattern[str]) -> Iterator[Cut]:
    begin = failed = 0
    for found in chain(heads.finditer(text), (None,)):
        place = len(text) if found is None else found.start() + 1
        # What looks like a head may stand in a string or brackets, or go on with a line: to try
        # anew at each one in a long string would take time in proportion to the square of its
        # length.
        if found is not None and place - begin < 2 * failed:
            continue
        code = code_of(text[begin:place])
        if code is None or code.text.endswith(INNER) or depth_of(code.text):
            failed = place - begin
            continue
        yield _cut(place, code, found)
        begin, failed = place, 0


def _cut(place: int, before: Code, head: re.Match[str] | None) -> Cut:
    if head is None:
        return Cut(place, before)
    indent, decorator, kind, name = head.groups(default="")
    return Cut(place, before, indent, decorator or kind, name)
