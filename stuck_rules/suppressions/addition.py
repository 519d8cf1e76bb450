"""Suppressions written into Python code, each where it hides what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stuck_rules.errors import UsageError
from stuck_rules.model.edit import Edit
from stuck_rules.model.source import WHOLE_FILE, Span
from stuck_rules.model.violation import Violation
from stuck_rules.suppressions.directives import Directive, Scope, read_directives
from stuck_rules.suppressions.layout import Layout
from stuck_rules.suppressions.places import PlacedDirective
from stuck_rules.suppressions.ranges import Ranges
from stuck_rules.suppressions.reading import directives_of_code
from stuck_rules.suppressions.removal import COOKIE, name_ids
from stuck_rules.values import dataclass

# A longer line gets its comment above it.
WIDTH = 100

# In the place of lines, where a directive is for the whole file.
_FILE = (0, 0)


def check_reason(reason: str) -> str:
    """The reason without space around it; raises UsageError where a comment cannot hold it."""
    reason = reason.strip()
    if not reason:
        raise UsageError.at("a suppression needs a reason: --add-suppressions REASON")
    read = read_directives(f"# {Directive(Scope.LINE, ('a',), reason)}")
    if len(read) != 1 or read[0].reason != reason or not reason.isprintable():
        raise UsageError.at(
            f"the reason {reason!r} would not be read back as it is: it must be one line of plain "
            "text, without another comment in it"
        )
    return reason


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a new directive goes: at the end of a line, or above it, with the lines it is for."""

    line: int
    above: bool
    lines: tuple[int, int] | None


def add_directives(source: str, violations: Iterable[Violation], reason: str) -> tuple[Edit, ...]:
    """The edits that hide violations, of code whose lines end in a newline.

    A directive of the same reason takes further ids in; what no comment can hide is left out.
    """
    writer = _Writer(source, reason)
    for violation in sorted(violations, key=lambda violation: violation.order):
        writer.hide(violation.rule, violation.span)
    return tuple(writer.edits())


class _Writer:
    """Plans the directives of one file, and writes them when all are known."""

    def __init__(self, source: str, reason: str) -> None:
        self._layout = Layout(source)
        self._reason = reason
        self._known = [
            placed
            for placed in directives_of_code(source).placed
            if placed.directive.reason == reason and placed.directive.ids
        ]
        self._known_at = Ranges((*(each.lines or _FILE), n) for n, each in enumerate(self._known))
        self._merged: dict[int, set[str]] = {}
        self._new: dict[_Place, set[str]] = {}
        # The lines for which the new directives are, by rule.
        self._done: dict[str, set[int]] = {}

    def hide(self, rule: str, span: Span) -> None:
        line = _FILE[0] if span == WHOLE_FILE else span.start.line
        if line in self._done.get(rule, ()):
            return
        number = self._known_at.at(line)
        if number is not None and self._fits_in(self._known[number], number, rule):
            self._merged.setdefault(number, set()).add(rule)
            return
        place = self._top() if line == _FILE[0] else self._place(line, rule)
        if place is not None:
            self._new.setdefault(place, set()).add(rule)
            first, last = place.lines or _FILE
            self._done.setdefault(rule, set()).update(range(first, last + 1))

    def edits(self) -> Iterator[Edit]:
        for number, ids in self._merged.items():
            placed = self._known[number]
            yield name_ids(placed, [*placed.directive.ids, *sorted(ids)])
        for place, ids in self._new.items():
            yield self._edit(place, self._comment(place, ids))

    def _comment(self, place: _Place, ids: Iterable[str]) -> str:
        scope = Scope.FILE if place.lines is None else Scope.LINE
        return f"# {Directive(scope, tuple(sorted(ids)), self._reason)}"

    def _edit(self, place: _Place, comment: str) -> Edit:
        lines = self._layout.lines
        if place.line > len(lines):
            end = len(lines[-1]) + 1
            return Edit(Span.of(len(lines), end, len(lines), end), f"\n{comment}")
        text = lines[place.line - 1]
        if place.above:
            indent = "" if place.lines is None else text[: len(text) - len(text.lstrip(" \t"))]
            return Edit(Span.of(place.line, 1, place.line, 1), f"{indent}{comment}\n")
        code = len(text.rstrip()) + 1
        return Edit(Span.of(place.line, code, place.line, len(text) + 1), f"  {comment}")

    def _fits_in(self, placed: PlacedDirective, number: int, rule: str) -> bool:
        """Whether the line of a directive has room for a further id; one alone always has."""
        if placed.comment.alone:
            return True
        further = self._merged.get(number, set()) | {rule}
        text = self._layout.lines[placed.comment.line - 1]
        return len(text) + sum(len(name) + 2 for name in further) <= WIDTH

    def _place(self, line: int, rule: str) -> _Place | None:
        """The first place that suits: at the line's end or above it, else by its statement."""
        layout = self._layout
        statement = layout.statement_at(line)
        whole = (statement.first, statement.last)
        at_end = _Place(line, above=False, lines=whole if line in whole else (line, line))
        above = _Place(line, above=True, lines=whole if line == whole[0] else (line, line))
        places = (
            at_end if self._has_room(at_end, rule) else None,
            above if layout.takes_above(line) else None,
            _Place(whole[0], above=True, lines=whole) if layout.takes_above(whole[0]) else None,
            _Place(whole[1], above=False, lines=whole) if layout.takes_at_end(whole[1]) else None,
        )
        return next((place for place in places if place is not None), None)

    def _has_room(self, place: _Place, rule: str) -> bool:
        if not self._layout.takes_at_end(place.line):
            return False
        comment = self._comment(place, {*self._new.get(place, ()), rule})
        return len(self._layout.lines[place.line - 1].rstrip()) + 2 + len(comment) <= WIDTH

    def _top(self) -> _Place:
        """Below what Python and the system look for in a file's first two lines."""
        lines = self._layout.lines
        special = [
            number
            for number, text in enumerate(lines[:2], start=1)
            if self._layout.names_interpreter(number) or COOKIE.match(text)
        ]
        return _Place(max(special, default=0) + 1, above=True, lines=None)
