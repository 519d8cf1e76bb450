"""Values of the model as JSON and back.

JSON, because reading it runs no code, whoever wrote it. A value is a list of its class's name
and its fields, a tuple a list behind an empty name.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum
from functools import cache

from stuck_rules import errors
from stuck_rules.cache.fields import checked
from stuck_rules.model import (
    edit,
    formula,
    lesson,
    logsettings,
    pathrules,
    result,
    rule,
    rulebook,
    source,
    violation,
    words,
)

_MODULES = (
    *(edit, errors, formula, lesson, logsettings),
    *(pathrules, result, rule, rulebook, source, violation, words),
)


class BrokenError(ValueError):
    """The text does not stand for a value."""


def dump(value: object) -> bytes:
    """A value as text. Raises TypeError for what is neither of the model nor plain."""
    return json.dumps(encode(value), separators=(",", ":")).encode()


def load(data: bytes) -> object:
    """The value that a text stands for. Raises BrokenError where it stands for none."""
    try:
        told: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BrokenError(str(error)) from None
    return decode(told)


def encode(value: object) -> object:
    """A value as JSON has it. Raises TypeError for what is neither of the model nor plain."""
    if value is None or type(value) in {str, int, bool}:
        return value
    if isinstance(value, tuple):
        return ["", *(encode(item) for item in value)]
    if isinstance(value, frozenset):
        return ["frozenset", *sorted((encode(item) for item in value), key=str)]
    name = type(value).__name__
    if isinstance(value, Enum):
        fields: list[object] = [value.value]
    else:
        names: tuple[str, ...] = getattr(type(value), "__match_args__", ())
        fields = [encode(getattr(value, field)) for field in names]
    if name not in _makers():
        raise TypeError(f"{name} is no class of the model")
    return [name, *fields]


def decode(told: object) -> object:
    """The value that was encoded. Raises BrokenError where there is none."""
    try:
        return _decode(told, _makers())
    except (ValueError, TypeError, LookupError, RecursionError, AttributeError) as error:
        raise BrokenError(str(error)) from None


def _decode(told: object, makers: dict[str, Callable[..., object]]) -> object:
    if type(told) is not list:
        return told
    name, *items = told
    return makers[name](*[_decode(i, makers) if type(i) is list else i for i in items])


def _tuple(*items: object) -> tuple[object, ...]:
    return items


def _set(*items: object) -> frozenset[object]:
    return frozenset(items)


@cache
def _makers() -> dict[str, Callable[..., object]]:
    """What makes a value of its fields, by the name of its class."""
    classes = (item for module in _MODULES for item in vars(module).values())
    return {
        "": _tuple,
        "frozenset": _set,
        **{item.__name__: _maker(item) for item in classes if _is_value(item)},
    }


def _maker(cls: type) -> Callable[..., object]:
    """What makes values of a class; one that is never met costs nothing."""
    if issubclass(cls, Enum):
        return cls

    def make(*fields: object) -> object:
        if not made:
            made.append(checked(cls))
        return made[0](*fields)

    made: list[Callable[..., object]] = []
    return make


def _is_value(item: object) -> bool:
    if not isinstance(item, type):
        return False
    return "__match_args__" in vars(item) or (issubclass(item, Enum) and item is not Enum)
