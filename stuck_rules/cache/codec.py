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
from stuck_rules.model import (
    edit,
    formula,
    lesson,
    logsettings,
    result,
    rule,
    rulebook,
    source,
    violation,
    words,
)

_MODULES = (
    *(edit, errors, formula, lesson, logsettings),
    *(result, rule, rulebook, source, violation, words),
)


class BrokenError(ValueError):
    """The text does not stand for a value."""


def dump(value: object) -> bytes:
    """A value as text. Raises TypeError for what is neither of the model nor plain."""
    return json.dumps(_encode(value), separators=(",", ":")).encode()


def load(data: bytes) -> object:
    """The value that a text stands for. Raises BrokenError where it stands for none."""
    try:
        return _decode(json.loads(data), _makers())
    except (ValueError, TypeError, LookupError, RecursionError, AttributeError) as error:
        raise BrokenError(str(error)) from None


def _encode(value: object) -> object:
    if value is None or type(value) in {str, int, bool}:
        return value
    if isinstance(value, tuple):
        return ["", *(_encode(item) for item in value)]
    name = type(value).__name__
    if isinstance(value, Enum):
        fields: list[object] = [value.value]
    else:
        names: tuple[str, ...] = getattr(type(value), "__match_args__", ())
        fields = [_encode(getattr(value, field)) for field in names]
    if name not in _makers():
        raise TypeError(f"{name} is no class of the model")
    return [name, *fields]


def _decode(told: object, makers: dict[str, Callable[..., object]]) -> object:
    if type(told) is not list:
        return told
    name, *items = told
    return makers[name](*[_decode(i, makers) if type(i) is list else i for i in items])


def _tuple(*items: object) -> tuple[object, ...]:
    return items


@cache
def _makers() -> dict[str, Callable[..., object]]:
    """What makes a value of its fields, by the name of its class."""
    classes = (item for module in _MODULES for item in vars(module).values())
    return {"": _tuple, **{item.__name__: item for item in classes if _is_value(item)}}


def _is_value(item: object) -> bool:
    if not isinstance(item, type):
        return False
    return "__match_args__" in vars(item) or (issubclass(item, Enum) and item is not Enum)
