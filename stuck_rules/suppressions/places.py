"""The directives of a file with the lines that each is for, and what they hide."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from stuck_rules.model.source import Span
from stuck_rules.model.violation import Suppression, SuppressionKind, Violation
from stuck_rules.suppressions.directives import Directive
from stuck_rules.suppressions.ranges import Ranges
from stuck_rules.tokens import Comment
from stuck_rules.values import dataclass, replace

# Under this id stand the directives that are for any rule.
_ANY = ""
_WHOLE = (0, 1 << 62)


@dataclass(frozen=True, slots=True)
class PlacedDirective:
    """A directive with its comment and the first and last line that it is for.

    `lines` is None where it is for the whole file.
    """

    directive: Directive
    comment: Comment
    lines: tuple[int, int] | None

    @property
    def span(self) -> Span:
        """The place of the directive in the file."""
        return self.part((self.directive.start, self.directive.end))

    def part(self, part: tuple[int, int]) -> Span:
        """The place in the file of a part of the comment."""
        line, column = self.comment.line, self.comment.column
        return Span.of(line, column + part[0], line, column + part[1])


class Directives:
    """All directives of a file, in order; not `whole` if it could not be read to its end."""

    def __init__(self, placed: Iterable[PlacedDirective], *, whole: bool = True) -> None:
        self.placed = tuple(placed)
        self.whole = whole

    def mark(self, violations: Iterable[Violation]) -> list[Violation]:
        """The violations, those that a directive hides marked with its reason."""
        return [self._mark(violation) for violation in violations]

    def _mark(self, violation: Violation) -> Violation:
        one = self.hiding(violation.rule, violation.span.start.line)
        if one is None:
            return violation
        hidden = Suppression(SuppressionKind.INLINE, one.directive.reason)
        return replace(violation, suppressed=hidden)

    def hiding(self, rule: str, line: int) -> PlacedDirective | None:
        """A directive that hides a rule's violation on a line; one that names the rule first."""
        found = (self._by_id[name].at(line) for name in (rule, _ANY) if name in self._by_id)
        return next((one for one in found if one is not None), None)

    @cached_property
    def _by_id(self) -> dict[str, Ranges[PlacedDirective]]:
        ranges: dict[str, list[tuple[int, int, PlacedDirective]]] = {}
        for one in self.placed:
            if not one.directive.fault:
                for name in one.directive.ids or (_ANY,):
                    ranges.setdefault(name, []).append((*(one.lines or _WHOLE), one))
        return {name: Ranges(each) for name, each in ranges.items()}

    def hidden(self, violations: Iterable[Violation]) -> list[set[str]]:
        """For each directive, the rules of which it hides a violation."""
        lines: dict[str, list[int]] = {}
        for violation in violations:
            lines.setdefault(violation.rule, []).append(violation.span.start.line)
        for each in lines.values():
            each.sort()
        return [
            {rule for rule in one.directive.ids or lines if _meets(one, lines.get(rule, ()))}
            for one in self.placed
        ]


def _meets(placed: PlacedDirective, lines: Sequence[int]) -> bool:
    """Whether one of sorted lines is among those of a directive."""
    first, last = placed.lines or _WHOLE
    place = bisect_left(lines, first)
    return place < len(lines) and lines[place] <= last
