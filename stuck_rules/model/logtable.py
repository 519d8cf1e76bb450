"""The `log:` mapping of a rulebook or a settings file -> LogSettings, with all that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stuck_rules.errors import did_you_mean
from stuck_rules.model.lesson import Role
from stuck_rules.model.logsettings import (
    ID_SOURCES,
    LEVELS,
    LabelWords,
    LogSettings,
    RecipeSwitch,
    ScopeWord,
    TableColumns,
)
from stuck_rules.values import dataclass

KEYS = (
    "paths",
    "entries",
    "id",
    "labels",
    "table",
    "skip-headings",
    "scopes",
    "recipes",
    "language",
)
_ROLES = {role.value: role for role in Role} | {"ignore": Role.METADATA}
_SWITCHES = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with the value at `keys`, the way to it from `log`."""

    keys: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(('log', *self.keys))} {self.message}"


class _Reader:
    """Reads values on their way into the settings; gathers the complaints."""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []

    def complain(self, message: str, *keys: str) -> None:
        self.complaints.append(Complaint(keys, message))

    def mapping(self, value: object, *keys: str) -> Mapping[str, object]:
        if value is None:
            return {}
        if isinstance(value, Mapping):
            return {_normal(str(key)): item for key, item in value.items()}
        self.complain("must be a mapping of keys to values", *keys)
        return {}

    def known(self, table: Mapping[str, object], known: Sequence[str], *keys: str) -> None:
        for name in table:
            if name not in known:
                hint = did_you_mean(name, known) or f"; known are {', '.join(known)}"
                self.complain(f"is no setting{hint}", *keys, name)

    def texts(self, value: object, *keys: str) -> tuple[str, ...]:
        values = [value] if isinstance(value, str) else value
        if values is None:
            return ()
        if isinstance(values, (list, tuple)) and all(isinstance(v, str) and v for v in values):
            return tuple(values)
        self.complain("must be a string or a list of strings, none of them empty", *keys)
        return ()

    def text(self, value: object, *keys: str) -> str | None:
        if value in (None, "null", "~"):
            return None
        if isinstance(value, str) and value:
            return value
        self.complain("must be a string that is not empty", *keys)
        return None

    def choice(self, value: object, choices: Sequence[str], *keys: str) -> str:
        if value is None or value in choices:
            return str(value or choices[0])
        self.complain(f"must be one of {', '.join(choices)}", *keys)
        return choices[0]

    def regex(self, value: object, *keys: str) -> str | None:
        text = self.text(value, *keys)
        try:
            re.compile(text or "")
        except re.error as error:
            self.complain(f"is no regular expression: {error}", *keys)
            return None
        return text

    def switch(self, value: object, *keys: str) -> bool:
        told = _SWITCHES.get(str(value).lower())
        if told is None:
            self.complain("must be on or off", *keys)
        return told is not False


def _normal(key: str) -> str:
    return key.replace("_", "-")


def _labels(reader: _Reader, value: object) -> tuple[LabelWords, ...]:
    table = reader.mapping(value, "labels")
    reader.known(table, tuple(_ROLES), "labels")
    return tuple(
        LabelWords(_ROLES[name], reader.texts(words, "labels", name))
        for name, words in table.items()
        if name in _ROLES
    )


def _columns(reader: _Reader, value: object) -> TableColumns:
    table = reader.mapping(value, "table")
    reader.known(table, ("wrong", "correct", "id"), "table")
    found = {key: reader.text(table.get(key), "table", key) for key in ("wrong", "correct", "id")}
    return TableColumns(**found)


def _scopes(reader: _Reader, value: object) -> tuple[ScopeWord, ...]:
    table = value if isinstance(value, Mapping) else reader.mapping(value, "scopes")
    named = ((str(word), globs) for word, globs in table.items())
    return tuple(ScopeWord(word, reader.texts(globs, "scopes", word)) for word, globs in named)


def _recipes(reader: _Reader, value: object, known: Sequence[str]) -> tuple[RecipeSwitch, ...]:
    table = reader.mapping(value, "recipes")
    if known:
        reader.known(table, known, "recipes")
    return tuple(
        RecipeSwitch(name, reader.switch(told, "recipes", name)) for name, told in table.items()
    )


def read_log_table(
    value: object, *, recipes: Sequence[str] = ()
) -> tuple[LogSettings, tuple[Complaint, ...]]:
    """The settings in a `log` value: a path, a list of paths or the mapping; and the complaints.

    Where `recipes` are given, other names of recipes are complained of.
    """
    reader = _Reader()
    if isinstance(value, (str, list, tuple)):
        return LogSettings(paths=reader.texts(value)), tuple(reader.complaints)
    table = reader.mapping(value)
    reader.known(table, KEYS)
    entries = reader.mapping(table.get("entries"), "entries")
    reader.known(entries, ("level", "pattern"), "entries")
    ids = reader.mapping(table.get("id"), "id")
    reader.known(ids, ("from", "pattern"), "id")
    settings = LogSettings(
        paths=reader.texts(table.get("paths"), "paths"),
        level=reader.choice(entries.get("level"), LEVELS, "entries", "level"),
        title_pattern=reader.regex(entries.get("pattern"), "entries", "pattern"),
        id_from=reader.choice(ids.get("from"), ID_SOURCES, "id", "from"),
        id_pattern=reader.regex(ids.get("pattern"), "id", "pattern"),
        labels=_labels(reader, table.get("labels")),
        table=_columns(reader, table.get("table")),
        skip_headings=reader.texts(table.get("skip-headings"), "skip-headings"),
        scopes=_scopes(reader, table.get("scopes")),
        recipes=_recipes(reader, table.get("recipes"), recipes),
        languages=reader.texts(table.get("language"), "language") or ("python",),
    )
    return settings, tuple(reader.complaints)
