"""The kinds of values that settings take: how each is called, read, and parsed from plain text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from stuck_rules.config.reading import Located, Reader
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.rule import Severity
from stuck_rules.values import dataclass

if TYPE_CHECKING:
    from stuck_rules.model.logsettings import LogSettings

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T_co]):
    """A kind of value; `words` says for people what is wanted.

    `read` makes a value of what TOML gives and answers None where it refused it. `parse` makes
    of a variable's text what TOML would give; None where no variable can hold such a value.
    """

    words: str
    read: Callable[[str, object, Reader], T_co | None]
    parse: Callable[[str], object] | None = None

    @property
    def is_list(self) -> bool:
        """Whether a variable's text stands for several values."""
        return self.parse is _split


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]


def _number(text: str) -> object:
    digits = text.strip().replace("_", "")
    return int(digits) if digits.isdecimal() else text


def _switch(text: str) -> object:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip().lower(), text)


def _read_text(key: str, value: object, reader: Reader) -> str | None:
    if isinstance(value, str) and value:
        return value
    reader.refuse_value(key, "a string that is not empty", value)
    return None


def _read_texts(key: str, value: object, reader: Reader) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(text, str) and text for text in value):
        return tuple(value)
    reader.refuse_value(key, "a list of strings, none of them empty", value)
    return None


def _read_path(key: str, value: object, reader: Reader) -> Located | None:
    text = _read_text(key, value, reader)
    return None if text is None else Located(text, reader.source.folder)


def _read_globs(key: str, value: object, reader: Reader) -> tuple[Located, ...] | None:
    texts = _read_texts(key, value, reader)
    return None if texts is None else _located(texts, reader)


def _read_paths(key: str, value: object, reader: Reader) -> tuple[Located, ...] | None:
    values = [value] if isinstance(value, str) else value
    if isinstance(values, list) and all(isinstance(text, str) and text for text in values):
        return _located(tuple(values), reader)
    reader.refuse_value(key, "a string or a list of strings, none of them empty", value)
    return None


def _located(texts: tuple[str, ...], reader: Reader) -> tuple[Located, ...]:
    return tuple(Located(text, reader.source.folder) for text in texts)


def _read_level(key: str, value: object, reader: Reader) -> Severity | None:
    levels = [severity.value for severity in Severity]
    if isinstance(value, str) and value.lower() in levels:
        return Severity(value.lower())
    reader.refuse_value(key, f"one of {', '.join(levels)}", value)
    return None


def _read_size(key: str, value: object, reader: Reader) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    reader.refuse_value(key, "a number above 0", value)
    return None


def _read_seconds(key: str, value: object, reader: Reader) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    reader.refuse_value(key, "a number of seconds, or 0", value)
    return None


def _read_flag(key: str, value: object, reader: Reader) -> bool | None:
    if isinstance(value, bool):
        return value
    reader.refuse_value(key, "true or false", value)
    return None


def _read_log(key: str, value: object, reader: Reader) -> LogSettings | None:
    from stuck_rules.model.logtable import read_log_table

    settings, complaints = read_log_table(value)
    for complaint in complaints:
        reader.refuse(".".join((key, *complaint.keys)), complaint.message)
    return settings


TEXT = Kind("a string", _read_text, str)
NAMES = Kind("a list of ids of rules or entries, with `*` for any part", _read_texts, _split)
PATH = Kind("a path", _read_path, str)
PATHS = Kind("a path, or a list of paths", _read_paths, _split)
GLOBS = Kind("a list of globs, as in `.gitignore`", _read_globs, _split)
LEVEL = Kind("`info`, `warning` or `error`", _read_level, str)
SIZE = Kind("a number above 0", _read_size, _number)
SECONDS = Kind("a number of seconds, or 0", _read_seconds, _number)
FLAG = Kind("true or false", _read_flag, _switch)
LOG = Kind("a path, a list of paths, or a table", _read_log)

SIMPLE_KINDS: dict[str, Kind[object]] = {
    "flag": FLAG,
    "globs": GLOBS,
    "level": LEVEL,
    "log": LOG,
    "names": NAMES,
    "path": PATH,
    "paths": PATHS,
    "size": SIZE,
    "seconds": SECONDS,
    "text": TEXT,
}
