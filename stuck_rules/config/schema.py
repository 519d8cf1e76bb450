"""The JSON Schema of the settings, for editors; made of their declarations."""

from __future__ import annotations

from collections.abc import Mapping

from stuck_rules.config.rulesettings import PerPath, RuleChange
from stuck_rules.config.settings import Config
from stuck_rules.config.tables import Table
from stuck_rules.model.rule import Severity
from stuck_rules.values import fields

Schema = Mapping[str, object]

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_LEVEL: Schema = {"enum": [severity.value for severity in Severity]}
_OPTION: Schema = {
    "anyOf": [
        {"type": ["string", "integer", "boolean"]},
        {"type": "array", "items": {"type": "string"}},
    ]
}


def settings_schema(log: Schema) -> Schema:
    """The schema of `stuck-rules.toml` and of the table in `pyproject.toml`.

    `log` is the schema of the table of that name, which rulebooks have too.
    """
    kinds: dict[str, Schema] = {
        "flag": {"type": "boolean"},
        "globs": _TEXTS,
        "level": _LEVEL,
        "log": log,
        "names": _TEXTS,
        "options": {"type": "object", "additionalProperties": _OPTION},
        "path": _TEXT,
        "paths": {"anyOf": [_TEXT, _TEXTS]},
        "severities": {"type": "object", "additionalProperties": _LEVEL},
        "size": {"type": "integer", "minimum": 1},
        "seconds": {"type": "integer", "minimum": 0},
        "text": _TEXT,
    }
    paths = {**_table(PerPath, kinds), "required": ["paths"]}
    kinds["per-path"] = {"type": "array", "items": paths}
    kinds["rules"] = {"type": "object", "additionalProperties": _table(RuleChange, kinds)}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of stuck-rules",
        **_table(Config, kinds),
    }


def _table(table: type[Table], kinds: Mapping[str, Schema]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {
            each.name.rstrip("_").replace("_", "-"): {
                "description": each.metadata["doc"],
                **kinds[each.metadata["kind"]],
            }
            for each in fields(table)
            if each.metadata
        },
        "additionalProperties": False,
    }
