"""The settings that hold, written as TOML again, each with the place that it comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from stuck_rules.config.known import SETTINGS
from stuck_rules.config.reading import Located
from stuck_rules.config.rulesettings import (
    KINDS,
    RULES,
    SEVERITIES,
    PerPath,
    RuleChange,
    SeverityChange,
)
from stuck_rules.config.settings import Config
from stuck_rules.config.tables import Table, settings_of
from stuck_rules.model.logsettings import LogSettings


def show_settings(config: Config) -> Iterator[str]:
    """A line for each setting; what has no value is a comment."""
    for key, setting in SETTINGS.items():
        value = plain(getattr(config, setting.field))
        if value == [] and setting.kind in (SEVERITIES, RULES):
            value = {}
        places = config.places.get(key, ())
        where = ", ".join(map(str, places)) or "default"
        yield f"# {key} has no value" if value is None else f"{key} = {to_toml(value)}  # {where}"


def plain(value: object) -> object:
    """A value as the tables and lists that TOML has."""
    match value:
        case Enum():
            return value.value
        case Located():
            return value.text
        case LogSettings():
            return _log(value)
        case PerPath():
            return _table(value)
        case (SeverityChange(), *_) | (RuleChange(), *_) | (tuple(), *_):
            return _named(value)
        case tuple():
            return [plain(each) for each in value]
        case _:
            return value


def _named(values: Sequence[object]) -> dict[str, object]:
    """The table that was read as values with names."""
    pairs = [(str(each[0]), plain(each[1])) for each in values if isinstance(each, tuple)]
    levels = [(v.name, v.level.value) for v in values if isinstance(v, SeverityChange)]
    return {**dict(pairs), **dict(levels), **_rules(values)}


def _rules(values: Sequence[object]) -> dict[str, dict[str, object]]:
    """What is said of a rule in several places, as one table."""
    rules: dict[str, dict[str, object]] = {}
    for change in values:
        if not isinstance(change, RuleChange):
            continue
        table = rules.setdefault(change.id, {})
        for key, value in _table(change).items():
            before = table.get(key)
            if isinstance(before, dict) and isinstance(value, dict):
                table[key] = {**before, **value}
            else:
                table[key] = value
    return rules


def _table(value: Table) -> dict[str, object]:
    """The keys of a table that say something."""
    told = {
        key: getattr(value, setting.field)
        for key, setting in settings_of(type(value), KINDS).items()
    }
    return {key: plain(each) for key, each in told.items() if each not in ((), None)}


def _log(log: LogSettings) -> dict[str, object]:
    """The `log` table that these settings were read from."""
    told: dict[str, object] = {
        "paths": list(log.paths),
        "entries": _some({"level": log.level, "pattern": log.title_pattern}),
        "id": _some({"from": log.id_from, "pattern": log.id_pattern}),
        "labels": {each.role.value: list(each.words) for each in log.labels},
        "table": _some(
            {"wrong": log.table.wrong, "correct": log.table.correct, "id": log.table.id}
        ),
        "skip-headings": list(log.skip_headings),
        "scopes": {scope.word: list(scope.globs) for scope in log.scopes},
        "recipes": {each.recipe: "on" if each.is_on else "off" for each in log.recipes},
        "language": list(log.languages),
    }
    return {key: value for key, value in told.items() if value}


def _some(values: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value is not None}


def to_toml(value: object) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {to_toml(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(to_toml, value))}]"
    if isinstance(value, bool | int):
        return str(value).lower()
    # JSON's strings are TOML's, but for one character that TOML wants escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else to_toml(name)
