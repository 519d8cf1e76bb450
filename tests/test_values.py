from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Protocol

import pytest

from stuck_rules.values import dataclass, field, fields, replace


class Sized(Protocol):
    def size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Box(Sized):
    """A box."""

    width: int
    height: int = 2
    labels: list[str] = field(default_factory=list)
    place: str = field(default="", compare=False, repr=False)

    def size(self) -> int:
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Crate(Box):
    wood: str = "oak"


@dataclass(frozen=True, slots=True, order=True)
class Version:
    major: int
    minor: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    name: str


@dataclass(frozen=True, slots=True)
class Doubled:
    number: int
    twice: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.number)


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    line: int

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Folded:
    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folded) and self.name.lower() == other.name.lower()

    def __hash__(self) -> int:
        return hash(self.name.lower())


def test_fields_take_what_is_given_and_else_their_defaults() -> None:
    assert (Box(3).size(), Box(3, 5).size(), Box(width=1, height=1).size()) == (6, 15, 1)
    assert Box(1).labels == []
    assert Box(1).labels is not Box(1).labels


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(Box, id="one is missing"),
        pytest.param(lambda: Version(1, 2, 3), id="one too many"),  # type: ignore[call-arg]
        pytest.param(lambda: Version(1, patch=2), id="one of another name"),  # type: ignore[call-arg]
        pytest.param(lambda: Doubled(1, twice=3), id="one that is computed"),  # type: ignore[call-arg]
    ],
)
def test_a_constructor_refuses_other_arguments(make: Callable[[], object]) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            make()


def test_values_are_equal_by_their_class_and_the_fields_that_compare() -> None:
    assert Box(1, place="here") == Box(1, place="there")
    assert Box(1) != Box(2)
    assert Nothing() == Nothing()
    assert Crate(1, labels=["a"]) == Crate(1, labels=["a"])
    assert Crate(1) != Box(1)
    assert Event("x") != Event("x")


def test_equal_values_have_one_hash() -> None:
    assert {Version(1), Version(1, 0), Version(2)} == {Version(1), Version(2)}
    assert hash(Nothing()) == hash(Nothing())
    assert hash(Named("a", 1)) == hash("a")
    assert Folded("A") == Folded("a")
    assert len({Folded("A"), Folded("a")}) == 1


def test_values_are_ordered_by_their_fields_where_their_class_says_so() -> None:
    assert sorted([Version(2), Version(1, 9), Version(1)]) == [
        Version(1),
        Version(1, 9),
        Version(2),
    ]
    assert Version(1) <= Version(1) >= Version(0, 9)
    assert not Version(1) > Version(1)
    with pytest.raises(TypeError):
        assert Box(1) < Box(2)  # type: ignore[operator]
    with pytest.raises(TypeError):
        assert Version(1) < 2  # type: ignore[operator]


def _tell(action: Callable[[], object]) -> str:
    """What an action gives back, or the words of its refusal."""
    try:
        return repr(action())
    except TypeError as error:
        return str(error)


def test_a_method_tells_the_same_at_its_first_and_at_every_later_run() -> None:
    @dataclass(frozen=True, slots=True, order=True)
    class Fresh:
        number: int
        size: int = 2
        labels: tuple[str, ...] = field(default_factory=tuple)
        place: str = field(default="", compare=False)
        twice: int = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "twice", 2 * self.number)

    def answers() -> list[str]:
        one, other = Fresh(1), Fresh(number=2, labels=("a",))
        actions: list[Callable[[], object]] = [
            *(lambda: one, lambda: other, lambda: Fresh(1, 3, ("b",), "there").place),
            *(lambda: hash(one) == hash((1, 2, ())), lambda: one == Fresh(1, place="x")),
            *(lambda: one == other, lambda: one != other, lambda: one < other),
            *(lambda: one >= other, lambda: one > (1, 2)),  # type: ignore[operator]
            *(lambda: copy.copy(one), one.__reduce__),
            lambda: Fresh(),  # type: ignore[call-arg]  # noqa: PLW0108 - a class is no action
            lambda: Fresh(1, 2, (), "", 5),  # type: ignore[call-arg]
            lambda: Fresh(1, number=1),  # type: ignore[misc]
            *(lambda: Fresh(1, odd=1), lambda: Fresh(1, twice=2)),  # type: ignore[call-arg]
        ]
        return [_tell(action) for action in actions]

    first = answers()
    assert [answers() for _ in range(50)] == [first] * 50
    assert first[0].endswith("Fresh(number=1, size=2, labels=(), place='', twice=2)")
    assert first[2:9] == ["'there'", "True", "True", "False", "True", "True", "False"]


def test_a_value_cannot_be_changed() -> None:
    version = Version(1)
    with pytest.raises(AttributeError):
        version.major = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del version.major
    with pytest.raises(AttributeError):
        version.patch = 2  # type: ignore[attr-defined]
    assert version == Version(1)


def test_a_copy_may_have_other_fields() -> None:
    box = Box(1, labels=["a"], place="here")
    assert replace(box, width=4) == Box(4, labels=["a"])
    assert replace(box, width=4).place == "here"
    assert dataclasses.replace(box, width=4) == Box(4, labels=["a"])
    assert replace(Doubled(1), number=4).twice == 8
    with pytest.raises(TypeError):
        replace(box, depth=4)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(Version(1, 2), id="plain"),
        pytest.param(Crate(1, 2, ["a"], "here", "elm"), id="with inherited fields"),
        pytest.param(Doubled(3), id="with a computed field"),
        pytest.param(Nothing(), id="without fields"),
    ],
)
def test_a_value_survives_a_copy_and_another_process(value: object) -> None:
    sent = pickle.loads(pickle.dumps(value))  # noqa: S301 - it was made in the line itself
    for again in (sent, copy.deepcopy(value), copy.copy(value)):
        assert again == value
        assert repr(again) == repr(value)


def test_a_value_shows_its_fields() -> None:
    assert repr(Box(1, place="here")) == "Box(width=1, height=2, labels=[])"
    assert repr(Doubled(2)) == "Doubled(number=2, twice=4)"


def test_a_value_can_be_taken_apart_by_its_fields() -> None:
    match Version(1, 2):
        case Version(major, minor):
            assert (major, minor) == (1, 2)


def test_dataclasses_knows_the_fields() -> None:
    assert dataclasses.is_dataclass(Box)
    assert [f.name for f in dataclasses.fields(Crate(1))] == [
        "width",
        "height",
        "labels",
        "place",
        "wood",
    ]


def test_a_value_takes_no_dictionary() -> None:
    assert not hasattr(Version(1), "__dict__")


def test_other_kinds_of_dataclasses_are_refused() -> None:
    with pytest.raises(TypeError, match="only frozen"):

        @dataclass(frozen=False, slots=True)
        class Open:
            number: int


def test_fields_tell_what_was_said_of_them() -> None:
    @dataclass(frozen=True, slots=True)
    class Told:
        plain: int
        said: int = field(default=1, metadata={"doc": "words"})

    assert [(each.name, dict(each.metadata)) for each in fields(Told)] == [
        ("plain", {}),
        ("said", {"doc": "words"}),
    ]
