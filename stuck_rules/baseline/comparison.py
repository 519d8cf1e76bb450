"""A run's violations against a baseline: what is known, what is new, what is gone.

The answer for a file is the same whatever other files a run looks at: what seems to have moved
is asked of the whole project.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from stuck_rules.baseline.known import Known, Place, place_of
from stuck_rules.model.violation import Suppression, SuppressionKind, Violation
from stuck_rules.values import dataclass, replace

_Debt = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rest:
    """What a look at the files that a run left out gave; `files` are those that were checked."""

    violations: tuple[Violation, ...]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a run looked at, by paths from the root.

    `files` are those about which every rule had its say; `folders` end with `/`, the root is
    empty. `is_gone` says of a path that no file has it any more, and `rest` checks what else the
    project holds, as far as the paths are wanted, against the rules of these ids.
    """

    rules: frozenset[str]
    files: frozenset[str]
    folders: tuple[str, ...]
    is_gone: Callable[[str], bool]
    rest: Callable[[frozenset[str], Callable[[str], bool]], Rest]

    def covers(self, place: Place) -> bool:
        """Whether the run would have met what the baseline has there."""
        if place.rule not in self.rules:
            return False
        if place.path in self.files:
            return True
        return place.path.startswith(self.folders) and self.is_gone(place.path)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`violations` are those of the run, the known ones marked, in the order given.

    `new` are places that the baseline lacks, `stale` those that hold less than it says, and
    `moved` what it knows of one place and stands in another, each with the number.
    """

    violations: tuple[Violation, ...]
    new: Known
    stale: Known
    moved: dict[tuple[Place, Place], int]


def compare(
    known: Known, violations: Sequence[Violation], looked: Looked, *, reason: str
) -> Comparison:
    """Mark what a baseline knows, its own file first, then by content what moved.

    Of equal violations the first are taken for the known ones.
    """
    matching = _Matching(known, looked)
    claims = matching.take_own(violations)
    moved = matching.take_moved(claims)
    marked = []
    unknown: Counter[Place] = Counter()
    for index, violation in enumerate(violations):
        if index in moved:
            marked.append(_mark(violation, f"{reason}, there for {moved[index].path}"))
        elif index in claims:
            unknown[place_of(violation)] += 1
            marked.append(violation)
        elif violation.suppressed is None:
            marked.append(_mark(violation, reason))
        else:
            marked.append(violation)
    moves = Counter((old, place_of(violations[index])) for index, old in moved.items())
    return Comparison(tuple(marked), unknown, matching.stale(), dict(moves))


def _mark(violation: Violation, reason: str) -> Violation:
    return replace(violation, suppressed=Suppression(SuppressionKind.BASELINE, reason))


class _Matching:
    """What is left of a baseline while violations take from it."""

    def __init__(self, known: Known, looked: Looked) -> None:
        self._left = Counter(dict(known))
        self._looked = looked
        self._rivals: list[Violation] = []
        self._files = looked.files

    def take_own(self, violations: Iterable[Violation]) -> dict[int, Violation]:
        """Take what the violations' own places hold; those that found nothing, by index."""
        claims = {}
        for index, violation in enumerate(violations):
            if violation.suppressed is not None:
                continue
            place = place_of(violation)
            if self._left[place] > 0:
                self._left[place] -= 1
            else:
                claims[index] = violation
        return claims

    def take_moved(self, claims: dict[int, Violation]) -> dict[int, Place]:
        """Take what other places hold no more; the places, by the index of who took from them.

        Violations of files that the run left out have the same right to it, in order of paths.
        """
        debts = {place_of(violation).debt for violation in claims.values()}
        self._ask_rest(debts)
        pool = self._pool(debts)
        wanting = [*claims.items(), *((-1, violation) for violation in self._rivals)]
        found = {}
        for index, violation in sorted(wanting, key=lambda pair: _order(pair[1])):
            places = pool.get(place_of(violation).debt)
            if places:
                old = places.pop(0)
                self._left[old] -= 1
                if index >= 0:
                    found[index] = old
        return found

    def stale(self) -> Known:
        """What is left of the places that the run looked at."""
        return {
            place: count
            for place, count in self._left.items()
            if count > 0 and self._looked.covers(place)
        }

    def _ask_rest(self, debts: set[_Debt]) -> None:
        """Look at the rest of the project where it decides what moved or is gone.

        That another file holds the same is soon seen from this file; only where something is
        left over, all files may have a right to it.
        """
        left = [place for place, count in self._left.items() if count > 0]
        alike = [place for place in left if place.debt in debts]
        rules = frozenset(place.rule for place in alike)
        if self._looked.folders:
            covered = {place.rule for place in left if self._looked.covers(place)}
            self._take_rest(rules | covered, lambda _: True)
            return
        holders = {place.path for place in alike} - self._files
        self._take_rest(rules, holders.__contains__)
        if self._pool(debts):
            self._take_rest(rules, lambda path: path not in holders)

    def _take_rest(self, rules: frozenset[str], wanted: Callable[[str], bool]) -> None:
        if rules:
            rest = self._looked.rest(rules, wanted)
            self._files |= rest.files
            self._rivals.extend(self.take_own(rest.violations).values())

    def _pool(self, debts: set[_Debt]) -> dict[_Debt, list[Place]]:
        """What places hold that are gone, or that were seen to hold less."""
        debts = debts | {place_of(violation).debt for violation in self._rivals}
        pool: dict[_Debt, list[Place]] = {}
        for place, count in sorted(self._left.items()):
            if count > 0 and place.debt in debts:
                if place.path in self._files or self._looked.is_gone(place.path):
                    pool.setdefault(place.debt, []).extend([place] * count)
        return pool


def _order(violation: Violation) -> tuple[object, ...]:
    return violation.path.relative, violation.path.cell, violation.span
