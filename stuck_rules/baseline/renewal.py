"""A baseline after a run: what is gone leaves it, what moved moves, what is new only if allowed."""

from __future__ import annotations

from collections import Counter

from stuck_rules.baseline.comparison import Comparison
from stuck_rules.baseline.known import Known


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
