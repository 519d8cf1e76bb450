"""A baseline after a run: what is gone leaves it, what moved moves, what is new only if allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from stuck_rules.baseline.comparison import Comparison
from stuck_rules.baseline.known import Known, Place, place_of
from stuck_rules.model.violation import Violation


def prune(known: Known, comparison: Comparison) -> Known:
    """The baseline without what is no longer there."""
    left = Counter(dict(known))
    left.subtract(comparison.stale)
    return +left


def update(known: Known, comparison: Comparison, *, accept_new: bool) -> Known:
    """The baseline without what is gone, with what moved at its new place."""
    left = Counter(dict(prune(known, comparison)))
    for (old, new), count in comparison.moved.items():
        left[old] -= count
        left[new] += count
    if accept_new:
        left.update(comparison.new)
    return +left


def follow(
    known: Known,
    had: Sequence[Violation],
    left: Sequence[Violation],
    fixed: Iterable[Violation],
    *,
    is_gone: Callable[[str], bool],
) -> Known:
    """The baseline after fixes in a file, which change statements that hold other violations.

    `had` are the file's violations before, `left` those after them, and `fixed` those that the
    fixes were for. What was known of a statement is known of what became of it.
    """
    after = Counter(dict(known))
    changed = _without(_without(had, fixed), left)
    became = _without(left, had)
    for rule in {violation.rule for violation in became}:
        olds = [place_of(violation) for violation in changed if violation.rule == rule]
        news = [place_of(violation) for violation in became if violation.rule == rule]
        for old, new in zip(olds, news, strict=False):
            held = _holder(after, old, is_gone)
            if held is not None:
                after[held] -= 1
                after[new] += 1
    return +after


def _without(violations: Iterable[Violation], others: Iterable[Violation]) -> list[Violation]:
    """Those beyond what others have of the same place, in order, hidden ones left out."""
    left = Counter(place_of(violation) for violation in others if violation.suppressed is None)
    kept = []
    for violation in violations:
        if violation.suppressed is not None:
            continue
        place = place_of(violation)
        if left[place] > 0:
            left[place] -= 1
        else:
            kept.append(violation)
    return kept


def _holder(known: Counter[Place], place: Place, is_gone: Callable[[str], bool]) -> Place | None:
    """The place of the baseline that stands for one of the code: itself, or from where it moved."""
    if known[place] > 0:
        return place
    moved = (
        other
        for other, count in sorted(known.items())
        if count > 0 and other.debt == place.debt and is_gone(other.path)
    )
    return next(moved, None)
