"""Frozen, slotted dataclasses that a start can afford.

A type checker sees `dataclasses` itself, and at run time the same declarations mean the same
for a fraction of the cost: importing `dataclasses` takes as long as all of Python's own start,
and each of its frozen, slotted classes more than half a millisecond. A class made here takes
some microseconds, and each of its methods is written when it is called often. What asks
`dataclasses` about these classes and values is answered.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

__all__ = ["dataclass", "field", "fields", "replace"]

_MISSING = object()
_T = TypeVar("_T")
# A class, a value of it and the arguments, to what a method answers; `_MISSING` for none.
_Plain = Callable[[type, object, tuple[object, ...], dict[str, object]], object]
# So many runs take less time than to write a method.
_FEW = 20


class _Field:
    """A field of a class; `default` and `factory` are `_MISSING` where none was declared."""

    __slots__ = ("compare", "default", "factory", "init", "metadata", "name", "repr")

    def __init__(
        self,
        default: object,
        factory: object,
        flags: tuple[bool, bool, bool],
        metadata: Mapping[str, object],
    ) -> None:
        self.name = ""
        self.metadata = metadata
        self.default = default
        self.factory = factory
        self.init, self.compare, self.repr = flags


def _field(
    *,
    default: object = _MISSING,
    default_factory: object = _MISSING,
    init: bool = True,
    compare: bool = True,
    repr: bool = True,  # noqa: A002 - the name that dataclasses gives it
    metadata: Mapping[str, object] | None = None,
) -> _Field:
    """Declare a field, as `dataclasses.field` does."""
    return _Field(default, default_factory, (init, compare, repr), metadata or {})


def _dataclass(
    *, frozen: bool, slots: bool, eq: bool = True, order: bool = False
) -> Callable[[type], type]:
    """Make a class of values, as `dataclasses.dataclass` does with these arguments."""
    if not (frozen and slots):
        raise TypeError("only frozen, slotted classes; take dataclasses for any other")
    methods = {**_METHODS, **(_EQUALITY if eq else {}), **(_ORDER if order else {})}
    return lambda cls: _build(cls, methods)


def _replace(value: _T, **changes: object) -> _T:
    """A copy of a value with other fields, as `dataclasses.replace` makes it."""
    fields = _fields_of(type(value))
    kept = {field.name: getattr(value, field.name) for field in fields if field.init}
    return type(value)(**{**kept, **changes})


def _build(cls: type, methods: dict[str, object]) -> type:
    """The class anew, with slots for its fields and the methods that it does not write itself."""
    body = dict(vars(cls))
    own = [_take(body, name) for name in cls.__annotations__]
    known = {field.name: field for field in (*_fields_of(cls), *own)}
    if body.get("__hash__", _MISSING) is None:
        # Python puts it there where a class writes its own __eq__.
        del body["__hash__"]
    for unwanted in ("__dict__", "__weakref__"):
        body.pop(unwanted, None)
    body = {
        **methods,
        **body,
        "__slots__": tuple(field.name for field in own),
        "__match_args__": tuple(field.name for field in known.values() if field.init),
        "__dataclass_fields__": _FieldsForDataclasses(),
        "__fields": tuple(known.values()),
    }
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _take(body: dict[str, object], name: str) -> _Field:
    """A field out of a class's body, where its default must not stand in its slot's place."""
    default = body.pop(name, _MISSING)
    field = default if isinstance(default, _Field) else _field(default=default)
    field.name = name
    return field


def _fields_of(cls: type) -> tuple[_Field, ...]:
    fields: tuple[_Field, ...] = getattr(cls, "__fields", ())
    return fields


class _FieldsForDataclasses:
    """The fields as `dataclasses` has them, made where somebody asks it about a class."""

    def __get__(self, _instance: object, owner: type) -> object:
        import dataclasses

        names = [field.name for field in _fields_of(owner) if field.init]
        fields: object = vars(dataclasses.make_dataclass(owner.__name__, names))[
            "__dataclass_fields__"
        ]
        type.__setattr__(owner, "__dataclass_fields__", fields)
        return fields


def _write_late(
    name: str, lines: Callable[[type], list[str]], plain: _Plain
) -> Callable[..., object]:
    """A method that is written in Python's own words, which run fastest, once that pays.

    Writing one takes as long as many runs, and most classes have a few values: until then it
    runs plainly. What `plain` has no answer for, the written method tells.
    """
    runs: dict[type, int] = {}
    written: dict[type, Callable[..., object]] = {}

    def is_owner(cls: type) -> bool:
        # Somebody may still hold the method that was there before it was written.
        return cls in written or vars(cls).get(name) is method

    def method(self: object, *arguments: object, **named: object) -> object:
        owner = next(filter(is_owner, type(self).__mro__))
        runs[owner] = runs.get(owner, 0) + 1
        answer = plain(owner, self, arguments, named) if runs[owner] <= _FEW else _MISSING
        if answer is not _MISSING:
            return answer
        if owner not in written:
            written[owner] = _write(name, lines(owner), _names_of(owner))
            type.__setattr__(owner, name, written[owner])
        return written[owner](self, *arguments, **named)

    return method


def _write(name: str, lines: list[str], known: dict[str, object]) -> Callable[..., object]:
    names: dict[str, Callable[..., object]] = {}
    exec("\n".join(lines), known, names)  # noqa: S102 - as dataclasses does
    return names[name]


def _names_of(cls: type) -> dict[str, object]:
    """What the lines of a constructor speak of."""
    names: dict[str, object] = {"_MISSING": _MISSING}
    for field in _fields_of(cls):
        names[f"set_{field.name}"] = getattr(cls, field.name).__set__
        names[f"default_{field.name}"] = field.default
        names[f"make_{field.name}"] = field.factory
    return names


def _init_lines(cls: type) -> list[str]:
    parameters = ["self"]
    lines = ["    pass"]
    for field in _fields_of(cls):
        name, value = field.name, field.name
        if not field.init:
            continue
        if field.factory is not _MISSING:
            value = f"make_{name}() if {name} is _MISSING else {name}"
            parameters.append(f"{name}=_MISSING")
        else:
            parameters.append(name if field.default is _MISSING else f"{name}=default_{name}")
        lines.append(f"    set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    return [f"def __init__({', '.join(parameters)}):", *lines]


def _init_plainly(
    cls: type, value: object, given: tuple[object, ...], named: dict[str, object]
) -> object:
    fields = [field for field in _fields_of(cls) if field.init]
    told = dict(zip((field.name for field in fields), given, strict=False))
    if len(given) > len(fields) or not told.keys().isdisjoint(named):
        return _MISSING
    told.update(named)
    for field in fields:
        content = told.pop(field.name, field.default)
        if content is _MISSING and callable(field.factory):
            content = field.factory()
        if content is _MISSING:
            return _MISSING
        object.__setattr__(value, field.name, content)
    if told:
        return _MISSING
    after: Callable[[object], object] | None = getattr(cls, "__post_init__", None)
    if after is not None:
        after(value)
    return None


def _key(cls: type, owner: str) -> str:
    """What a value is compared by, as a tuple's text."""
    names = (field.name for field in _fields_of(cls) if field.compare)
    return f"({''.join(f'{owner}.{name}, ' for name in names)})"


def _key_of(cls: type, value: object) -> tuple[object, ...]:
    """What a value is compared by."""
    return tuple(getattr(value, field.name) for field in _fields_of(cls) if field.compare)


def _hash_lines(cls: type) -> list[str]:
    return ["def __hash__(self):", f"    return hash({_key(cls, 'self')})"]


def _hash_plainly(
    cls: type, value: object, given: tuple[object, ...], named: dict[str, object]
) -> object:
    return _MISSING if given or named else hash(_key_of(cls, value))


def _comparison(name: str, sign: str, compare: Callable[..., object]) -> Callable[..., object]:
    def plain(
        cls: type, value: object, given: tuple[object, ...], named: dict[str, object]
    ) -> object:
        if len(given) != 1 or named:
            return _MISSING
        if given[0].__class__ is not value.__class__:
            return NotImplemented
        return compare(_key_of(cls, value), _key_of(cls, given[0]))

    return _write_late(
        name,
        lambda cls: [
            f"def {name}(self, other):",
            "    if other.__class__ is not self.__class__:",
            "        return NotImplemented",
            f"    return {_key(cls, 'self')} {sign} {_key(cls, 'other')}",
        ],
        plain,
    )


def _refuse_change(self: object, name: str, *_value: object) -> None:
    raise AttributeError(f"{type(self).__name__} is frozen: its {name!r} stays as it is")


def _represent(self: object) -> str:
    fields = (field for field in _fields_of(type(self)) if field.repr)
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields)
    return f"{type(self).__qualname__}({shown})"


def _reduce_lines(cls: type) -> list[str]:
    """How a value is copied, and how it crosses to another process."""
    given = "".join(f"self.{field.name}, " for field in _fields_of(cls) if field.init)
    return ["def __reduce__(self):", f"    return self.__class__, ({given})"]


def _reduce_plainly(
    cls: type, value: object, given: tuple[object, ...], named: dict[str, object]
) -> object:
    told = tuple(getattr(value, field.name) for field in _fields_of(cls) if field.init)
    return _MISSING if given or named else (value.__class__, told)


_METHODS: dict[str, object] = {
    "__init__": _write_late("__init__", _init_lines, _init_plainly),
    "__repr__": _represent,
    "__reduce__": _write_late("__reduce__", _reduce_lines, _reduce_plainly),
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_change,
}
_EQUALITY: dict[str, object] = {
    "__eq__": _comparison("__eq__", "==", operator.eq),
    "__hash__": _write_late("__hash__", _hash_lines, _hash_plainly),
}
_ORDER: dict[str, object] = {
    f"__{compare.__name__}__": _comparison(f"__{compare.__name__}__", sign, compare)
    for compare, sign in (
        (operator.lt, "<"),
        (operator.le, "<="),
        (operator.gt, ">"),
        (operator.ge, ">="),
    )
}

if TYPE_CHECKING:
    from dataclasses import dataclass, field, fields, replace
else:
    dataclass, field, fields, replace = _dataclass, _field, _fields_of, _replace
