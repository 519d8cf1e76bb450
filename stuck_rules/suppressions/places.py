"""The directives of a file with the lines that each is for, and what they hide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stuck_rules.model.source import Span
from stuck_rules.model.violation import Suppression, SuppressionKind, Violation
from stuck_rules.suppressions.directives import Directive
from stuck_rules.tokens import Comment
from stuck_rules.values import dataclass, replace


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

    def hides(self, rule: str) -> bool:
        """Whether the directive is for a rule at all."""
        directive = self.directive
        return not directive.fault and (not directive.ids or rule in directive.ids)


class Directives:
    """All directives of a file, in order; not `whole` if it could not be read to its end."""

    def __init__(self, placed: Iterable[PlacedDirective], *, whole: bool = True) -> None:
        self.placed = tuple(placed)
        self.whole = whole
        # Those for the whole file stand under 0.
        self._by_line: dict[int, list[PlacedDirective]] = {}
        for one in self.placed:
            first, last = one.lines or (0, 0)
            for line in range(first, last + 1):
                self._by_line.setdefault(line, []).append(one)

    def mark(self, violations: Sequence[Violation]) -> list[Violation]:
        """The violations, those that a directive hides marked with its reason."""
        return [self._mark(violation) for violation in violations]

    def _mark(self, violation: Violation) -> Violation:
        for one in self.hiding(violation.rule, violation.span.start.line):
            kind = SuppressionKind.INLINE
            return replace(violation, suppressed=Suppression(kind, one.directive.reason))
        return violation

    def hiding(self, rule: str, line: int) -> list[PlacedDirective]:
        """The directives that hide a rule's violation on a line."""
        near = (*self._by_line.get(line, ()), *self._by_line.get(0, ()))
        return [one for one in near if one.hides(rule)]

    def hidden(self, violations: Iterable[Violation]) -> dict[int, set[str]]:
        """The rules of which each directive hides a violation, by its number in `placed`."""
        numbers = {id(one): number for number, one in enumerate(self.placed)}
        found: dict[int, set[str]] = {number: set() for number in numbers.values()}
        for violation in violations:
            for one in self.hiding(violation.rule, violation.span.start.line):
                found[numbers[id(one)]].add(violation.rule)
        return found
