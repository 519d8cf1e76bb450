"""Parts of a JSON Schema: texts, numbers and mappings as the rulebook's reader takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stuck_rules.rulebook.nodes import _FALSE, _TRUE

Schema = dict[str, object]

TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
FULL_TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
SOME_TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}
NUMBER: Schema = {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$"}
LINES: Schema = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}


def choice(names: Iterable[str]) -> Schema:
    """One of some names, in either case."""
    names = list(names)
    cases = (str.lower, str.upper, str.capitalize)
    return {"enum": list(dict.fromkeys(case(name) for case in cases for name in names))}


FLAG: Schema = {"anyOf": [{"type": "boolean"}, choice(sorted(_TRUE | _FALSE))]}


def ref(name: str) -> Schema:
    """A definition by its name."""
    return {"$ref": f"#/definitions/{name}"}


def mapping(
    keys: Iterable[str], values: Mapping[str, Schema], required: Sequence[str] = ()
) -> Schema:
    """A mapping of these keys and no others, to text where `values` says nothing else."""
    return {
        "type": "object",
        "properties": {key: values.get(key, TEXT) for key in keys},
        "required": list(required),
        "additionalProperties": False,
    }


def one_of(keys: Iterable[str]) -> Schema:
    """Exactly one of the keys is there."""
    return {"oneOf": [{"required": [key]} for key in keys]}
