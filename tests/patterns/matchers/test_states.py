"""What lines of a pattern lead to, told for all places at once, and how much may be tried."""

from __future__ import annotations

import pytest

from stuck_rules.cst.source import parse
from stuck_rules.errors import ProblemKind, SourceError
from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.matchers.states import Ends, Onward, Reached, Work
from stuck_rules.patterns.scene import Scene

# Start, the place behind the last line, and the number of the statement that holds that.
WAYS = [(30, 41, 4), (30, 35, 3), (20, 41, 4), (10, 45, 4), (10, 15, 1)]
LEFT_OVER = [
    pytest.param(Ends.EACH, 10, [41, 35, 15], id="each end once, from its last start"),
    pytest.param(Ends.EACH, 11, [41, 35], id="not what begins before"),
    pytest.param(Ends.EACH, 31, [], id="nothing behind the last start"),
    pytest.param(Ends.FIRST, 0, [15], id="the first end of all"),
    pytest.param(Ends.FIRST, 11, [35], id="the first end from a place on"),
    pytest.param(Ends.LAST, 0, [41], id="the last end of all"),
    pytest.param(Ends.LAST, 31, [], id="no last end"),
]


@pytest.mark.parametrize(("ends", "place", "expected"), LEFT_OVER)
def test_what_is_reached_from_a_place_on(ends: Ends, place: int, expected: list[int]) -> None:
    env = Env(Scene(parse("a\n")))
    onward = Onward(0, ends)
    for start, behind, end in WAYS:
        onward.add(start, Reached(behind, env), end)
    assert [reached.place for reached in onward.after(place)] == expected


def test_too_many_tries_are_told() -> None:
    work = Work(size=0)
    for _ in range(50_000):
        work.spend()
    with pytest.raises(SourceError, match="was tried in more than 50000 ways") as caught:
        work.spend()
    assert caught.value.problems[0].kind is ProblemKind.TIMEOUT
