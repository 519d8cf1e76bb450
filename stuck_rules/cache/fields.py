"""Whether values are what the fields of a class declare: what is read may come from anybody."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Literal, Union, get_args, get_origin

Holds = Callable[[object], bool]


@cache
def _hint(module: str, annotation: str) -> object:
    """What an annotation means in a module; asking `typing` would take five times as long."""
    names = vars(sys.modules[module])
    return names.get(annotation) or eval(annotation, names)  # noqa: S307 - text of our own


def checked(cls: type) -> Callable[..., object]:
    """What makes a value of the class; raises TypeError where a field is of another kind."""
    names: tuple[str, ...] = getattr(cls, "__match_args__", ())
    hints = {name: _hint(cls.__module__, cls.__annotations__[name]) for name in names}
    kinds = tuple(_kinds(hints[name]) for name in names)
    tests = tuple((at, _test(hints[name])) for at, name in enumerate(names) if _holds(hints[name]))

    def make(*fields: object) -> object:
        if len(fields) != len(kinds) or not all(map(isinstance, fields, kinds)):
            raise TypeError(f"{cls.__name__} holds something else")
        for at, test in tests:
            if fields[at] != () and not test(fields[at]):
                raise TypeError(f"{cls.__name__} holds something else in {names[at]}")
        return cls(*fields)

    return make


def _kinds(hint: object) -> tuple[type, ...]:
    """The classes of a field's values, as far as `isinstance` can tell them."""
    if get_origin(hint) in {Union, UnionType}:
        return tuple(kind for each in get_args(hint) for kind in _kinds(each))
    origin = get_origin(hint) or hint
    if origin is Literal:
        return (str,)
    assert isinstance(origin, type), f"no field is a {hint}"
    return (origin,)


def _holds(hint: object) -> bool:
    """Whether the values of a field hold others, or are some of their class."""
    is_union = get_origin(hint) in {Union, UnionType}
    return any(map(_holds, get_args(hint))) if is_union else bool(get_args(hint))


def _test(hint: object) -> Holds:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _any_of([_test(each) for each in inner])
    if origin is Literal:
        return lambda value: value in inner
    kinds = _kinds(hint)
    if not inner:
        return lambda value: isinstance(value, kinds)
    if kinds == (tuple,) and inner[-1] is not Ellipsis:
        return _items([_test(each) for each in inner])
    # A mapping cannot be read, so nothing has to hold of its items.
    return _all_of(kinds, _test(inner[0]))


def _any_of(tests: list[Holds]) -> Holds:
    return lambda value: any(test(value) for test in tests)


def _items(tests: list[Holds]) -> Holds:
    def holds(value: object) -> bool:
        if not isinstance(value, tuple) or len(value) != len(tests):
            return False
        return all(test(item) for test, item in zip(tests, value, strict=True))

    return holds


def _all_of(kinds: tuple[type, ...], test: Holds) -> Holds:
    return lambda value: isinstance(value, kinds) and all(test(item) for item in _iterate(value))


def _iterate(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (tuple, frozenset)) else ()
