"""Words of a lesson that recipes look for: names, services, numbers."""

from __future__ import annotations

import re

from stuck_rules.model.lesson import Entry

_CALL = re.compile(r"(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\(\)")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_ADDRESS_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:URL|URI|HOST|DSN|ADDRESS)\b")
_CLASS = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][A-Za-z0-9]*)+\b")
_SERVICE_NOUN = r"(?:configuration|config|connection|settings?|cache|client|credentials|setup)"
_SERVICE = re.compile(rf"\b(?P<service>[A-Z]\w*)\s+{_SERVICE_NOUN}\b", re.IGNORECASE)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_CREATING = ("create_", "make_", "new_", "build_")


def called_name(span: str) -> str | None:
    """The dotted name that a span `a.b()` calls, or None."""
    match = _CALL.fullmatch(span.strip())
    return match["name"] if match else None


def is_name(span: str) -> bool:
    """Whether a span is an identifier or a dotted name."""
    return _NAME.fullmatch(span) is not None


def address_variables(text: str) -> tuple[str, ...]:
    """The environment variables of addresses that a text names, each once."""
    return tuple(dict.fromkeys(_ADDRESS_VARIABLE.findall(text)))


def class_names(text: str) -> tuple[str, ...]:
    """The names in a text that read as classes: two humps or more."""
    return tuple(dict.fromkeys(_CLASS.findall(text)))


def service_of(entry: Entry) -> str | None:
    """The service whose configuration an entry is about, in lower case: its title says it best."""
    for text in (entry.title, *(lesson.text for lesson in entry.lessons)):
        match = _SERVICE.search(text)
        if match is not None:
            return match["service"].lower()
    return None


def dashed(name: str) -> str:
    """A name as an id writes it: `MagicNone`, `DATABASE_URL` and `create_ledger` in dashes."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)
    return "-".join(part.lower() for part in parts)


def without_creating(name: str) -> str:
    """The thing that a function makes: `create_ledger_handle` makes a `ledger_handle`."""
    for prefix in _CREATING:
        if name.startswith(prefix) and name != prefix:
            return name.removeprefix(prefix)
    return name


def number_word(text: str) -> str:
    """A number as an id writes it: a single digit as a word."""
    return _DIGITS[int(text)] if text.isdigit() and int(text) < len(_DIGITS) else text
