"""The JSON Schema of a rulebook's `log:`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stuck_rules.model.logsettings import ID_SOURCES, LEVELS
from stuck_rules.model.logtable import _ROLES, _SWITCHES, KEYS
from stuck_rules.rulebook.shapes import FULL_TEXT, TEXT, Schema, choice, mapping

_LIST: Schema = {"type": "array", "items": FULL_TEXT}
_TEXTS: Schema = {"anyOf": [FULL_TEXT, {"type": "null"}, _LIST]}


def log_schema() -> Schema:
    """A path, a list of paths, or the mapping that says how to read the log."""
    switch: Schema = {"anyOf": [{"type": "boolean"}, choice(_SWITCHES)]}
    texts = ("paths", "skip-headings", "language")
    values: dict[str, Schema] = {
        **dict.fromkeys(texts, _TEXTS),
        "entries": _table(("level", "pattern"), {"level": {"enum": [*LEVELS, None]}}),
        "id": _table(("from", "pattern"), {"from": {"enum": [*ID_SOURCES, None]}}),
        "labels": _table(_ROLES, dict.fromkeys(_ROLES, _TEXTS)),
        "table": _table(("wrong", "correct", "id"), {}),
        "scopes": {"type": ["object", "null"], "additionalProperties": _TEXTS},
        "recipes": {"type": ["object", "null"], "additionalProperties": switch},
    }
    return {"anyOf": [FULL_TEXT, _LIST, _table(KEYS, values)]}


def _table(keys: Iterable[str], values: Mapping[str, Schema]) -> Schema:
    """A mapping, or nothing; keys have dashes or underscores."""
    spelled = {key: values.get(key, TEXT) for key in keys}
    spelled |= {key.replace("-", "_"): value for key, value in spelled.items()}
    return {**mapping(spelled, spelled), "type": ["object", "null"]}
