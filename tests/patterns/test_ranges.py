"""Sets of ranges, joined and narrowed."""

from __future__ import annotations

import pytest

from stuck_rules.cst.source import parse
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.ranges import (
    Extent,
    Range,
    drop_equal,
    drop_inside,
    drop_nested,
    intersect,
    keep_inside,
)
from stuck_rules.patterns.scene import Scene

SCENE = Scene(parse("x\n"))


def stretch(start: int, end: int, **bound: str) -> Range:
    env = Env(SCENE, tuple((f"${name}", Bound(text=text)) for name, text in bound.items()))
    return Range(((start, 0), (end, 0)), env)


def extents(ranges: list[Range]) -> list[Extent]:
    return [found.extent for found in ranges]


def ends(*pairs: tuple[int, int]) -> list[Extent]:
    return [((start, 0), (end, 0)) for start, end in pairs]


def test_intersect_keeps_the_smaller_of_a_nested_pair() -> None:
    left = [stretch(0, 9), stretch(2, 3), stretch(20, 25)]
    right = [stretch(1, 5), stretch(22, 30)]
    assert extents(intersect(left, right)) == ends((1, 5), (2, 3))


def test_intersect_asks_for_bindings_that_agree() -> None:
    assert intersect([stretch(0, 9, X="a")], [stretch(1, 2, X="b")]) == []
    (found,) = intersect([stretch(0, 9, X="a")], [stretch(1, 2, Y="b")])
    assert [name for name, _ in found.env.bound] == ["$X", "$Y"]


def test_keep_inside_never_takes_the_outer_range() -> None:
    assert extents(keep_inside([stretch(1, 2), stretch(0, 20)], [stretch(0, 9)])) == ends((1, 2))


def test_keep_inside_tells_each_outer_binding() -> None:
    outers = [stretch(0, 9, F="a"), stretch(0, 5, F="b")]
    assert len(keep_inside([stretch(1, 2)], outers)) == 2


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        pytest.param(stretch(1, 5), 0, id="equal"),
        pytest.param(stretch(0, 9), 1, id="around"),
        pytest.param(stretch(2, 3), 1, id="within"),
        pytest.param(stretch(1, 5, X="b"), 1, id="equal, but bound to something else"),
    ],
)
def test_drop_equal(other: Range, kept: int) -> None:
    assert len(drop_equal([stretch(1, 5, X="a")], [other])) == kept


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        pytest.param(stretch(1, 5), 0, id="equal"),
        pytest.param(stretch(0, 9), 0, id="around"),
        pytest.param(stretch(2, 3), 1, id="within"),
        pytest.param(stretch(0, 9, X="b"), 1, id="around, but bound to something else"),
    ],
)
def test_drop_inside(other: Range, kept: int) -> None:
    assert len(drop_inside([stretch(1, 5, X="a")], [other])) == kept


def test_drop_nested_drops_both_ways() -> None:
    ranges = [stretch(1, 5), stretch(10, 20), stretch(30, 40)]
    others = [stretch(0, 9), stretch(12, 13), stretch(35, 45)]
    assert extents(drop_nested(ranges, others)) == ends((30, 40))
