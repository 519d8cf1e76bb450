"""The JSON Schema of a rulebook, for editors; made of the tables that its reader goes by.

The reader takes scalars as the text that stands there, so text may be a number or a boolean too.
What needs more than a look at keys and values, such as whether a pattern is Python, only the
program itself says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stuck_rules.model.rule import Confidence
from stuck_rules.rulebook.conditions import _PART_KEYS, OPERATORS, OURS, POSITIVE
from stuck_rules.rulebook.fixes import FIX_REGEX_KEYS
from stuck_rules.rulebook.loader import _ENTRY_KEYS, _REMINDER_KEYS, _TOP_KEYS
from stuck_rules.rulebook.logschema import log_schema
from stuck_rules.rulebook.rules import (
    _ANY_LANGUAGE,
    _ID,
    _KEPT,
    _KNOWN,
    _ORIGIN_KEYS,
    _PYTHON,
    _SEVERITIES,
)
from stuck_rules.rulebook.shapes import (
    FLAG,
    FULL_TEXT,
    LINES,
    NUMBER,
    SOME_TEXTS,
    TEXT,
    TEXTS,
    Schema,
    choice,
    mapping,
    one_of,
    ref,
)
from stuck_rules.rulebook.taint import _FLAGS, PROPAGATORS, SINKS, SOURCES, TAINT_KEYS

_DIALECT = "http://json-schema.org/draft-07/schema#"
_HELP = {
    "id": "Stable for ever: suppressions and baselines name it.",
    "message": "What is wrong and what to do instead; $X stands for what a pattern bound.",
    "enabled": "false: a person says yes first.",
    "note": "Why a rule waits, or what to know about it.",
    "entries": "The entries of the log that taught the rule.",
    "origin": "Written by generate; absent on rules that people write.",
    "fix": "What to put where the pattern matches.",
    "fix-imports": "Imports that the fix needs.",
    "examples": "The rule's own proof: bad is flagged, good is not, fixed is what the fix makes.",
    "paths": "Gitignore-style globs, relative to this file's folder.",
    "check": "A hand-written check; its options stand under with.",
    "text": "A regular expression over the files that paths.include chooses.",
    "files": "How many files may match a glob.",
    "log": "The log that the rules come from, or how it is to be read.",
    "reminders": "The lessons that no rule holds.",
}

_IMPORT: Schema = {"type": "string", "pattern": r"^\s*(import|from)\s"}
_REFS = {key: ref(key) for key in OPERATORS}


def rulebook_schema(checks: Iterable[str] = ()) -> dict[str, object]:
    """The schema as a document; `checks` are names to offer, others are allowed all the same."""
    entry = mapping(_ENTRY_KEYS, {"line": NUMBER})
    top: dict[str, Schema] = {
        "version": {"enum": [1, "1", "1.0"]},
        "log": log_schema(),
        "rules": {"type": "array", "items": ref("rule")},
        "reminders": {"type": "array", "items": _reminder()},
        "entries": {"type": "object", "additionalProperties": entry},
    }
    return {
        "$schema": _DIALECT,
        "title": "stuck-rules rulebook",
        **mapping(_TOP_KEYS, _told(top), ["rules"]),
        "definitions": {
            "rule": {
                "type": "object",
                "properties": {"id": _name(), "languages": TEXTS},
                "required": ["id"],
                "if": _is_python(),
                "then": _rule(tuple(checks)),
            },
            "operand": {"anyOf": [FULL_TEXT, {**mapping(OPERATORS, _REFS), **one_of(OPERATORS)}]},
            "parts": {
                "type": "array",
                "minItems": 1,
                "items": {**mapping(OPERATORS, _REFS), "minProperties": 1},
            },
            **_operators(),
        },
    }


def _name() -> Schema:
    return {"type": ["string", "number", "boolean"], "pattern": f"^({_ID.pattern})$"}


def _told(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The schemas with a word on each key for who hovers over it."""
    return {
        key: {"description": _HELP[key], "allOf": [schema]} if key in _HELP else schema
        for key, schema in schemas.items()
    }


def _reminder() -> Schema:
    applies = mapping(("paths", "words"), {"paths": TEXTS, "words": TEXTS})
    return mapping(_REMINDER_KEYS, {"lines": LINES, "applies-to": applies})


def _is_python() -> Schema:
    """A rule that is read: one for Python among its languages, or a regular expression."""
    ours = choice(sorted(_PYTHON | _ANY_LANGUAGE))
    named = {"anyOf": [ours, {"type": "array", "contains": ours}, {"maxItems": 0, "type": "array"}]}
    generic = choice(["generic"])
    only_generic = {
        "required": ["languages"],
        "properties": {
            "languages": {"anyOf": [generic, {"type": "array", "items": generic, "minItems": 1}]}
        },
        "anyOf": [{"required": [key]} for key in (*OPERATORS, "mode")],
        "not": {"required": ["pattern-regex"]},
    }
    return {"properties": {"languages": named}, "not": only_generic}


def _rule(checks: Sequence[str]) -> Schema:
    conditions = (*POSITIVE, *OURS)
    keys = dict.fromkeys(_KNOWN, TEXT) | dict.fromkeys(_KEPT, Schema()) | _rule_values(checks)
    is_taint = {"required": ["mode"], "properties": {"mode": {"const": "taint"}}}
    return {
        **mapping(_KNOWN, _told(keys)),
        "if": is_taint,
        "then": {"required": [SOURCES, SINKS], "not": _any_of(conditions)},
        "else": {**one_of(conditions), "not": _any_of(TAINT_KEYS)},
        "dependencies": {"text": ["paths"], "fix": {"not": {"required": ["fix-regex"]}}},
    }


def _any_of(keys: Iterable[str]) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def _rule_values(checks: Sequence[str]) -> dict[str, Schema]:
    options: Schema = {"type": "object", "additionalProperties": TEXTS}
    example = mapping(("path", "code"), {}, ["code"])
    examples: Schema = {"type": "array", "items": {"anyOf": [TEXT, example]}}
    kinds = ("bad", "good", "fixed")
    named = [{"enum": list(checks)}] if checks else []
    return {
        "severity": choice(_SEVERITIES),
        "confidence": choice(each.value for each in Confidence),
        "enabled": FLAG,
        "mode": {"enum": ["search", "taint"]},
        "entries": TEXTS,
        "languages": TEXTS,
        "fix-imports": {"anyOf": [_IMPORT, {"type": "array", "items": _IMPORT}]},
        "origin": mapping(_ORIGIN_KEYS, {"lines": LINES}),
        "fix-regex": mapping(FIX_REGEX_KEYS, {"count": NUMBER}, ["regex", "replacement"]),
        "examples": mapping(kinds, dict.fromkeys(kinds, examples)),
        "paths": mapping(("include", "exclude"), {"include": TEXTS, "exclude": TEXTS}),
        "options": options,
        "with": options,
        "check": {"anyOf": [*named, FULL_TEXT]},
        "text": FULL_TEXT,
        "files": mapping(
            ("glob", "max", "per"), {"glob": FULL_TEXT, "max": NUMBER, "per": FULL_TEXT}, ["glob"]
        ),
        **{key: ref(key) for key in POSITIVE},
        **{key: _taint_items(key) for key in TAINT_KEYS},
    }


def _operators() -> dict[str, Schema]:
    """What each operator takes."""
    keys = (*OPERATORS, "metavariable", "language")
    named = dict.fromkeys(("metavariable", "language"), FULL_TEXT)
    within = {**mapping(keys, _REFS | named, ["metavariable"]), **_any_of(OPERATORS)}
    return {
        "pattern": FULL_TEXT,
        "patterns": ref("parts"),
        "pattern-either": ref("parts"),
        "pattern-regex": FULL_TEXT,
        "pattern-not": ref("operand"),
        "pattern-not-regex": FULL_TEXT,
        "pattern-inside": ref("operand"),
        "pattern-not-inside": ref("operand"),
        "metavariable-regex": _part("metavariable-regex", "metavariable", "regex"),
        "metavariable-pattern": within,
        "metavariable-comparison": _part("metavariable-comparison", "comparison"),
        "metavariable-type": {
            **_part("metavariable-type", "metavariable"),
            **_any_of(("type", "types")),
        },
        "focus-metavariable": SOME_TEXTS,
    }


def _part(name: str, *required: str) -> Schema:
    values = {
        **dict.fromkeys(required, FULL_TEXT),
        "metavariable": FULL_TEXT,
        "constant-propagation": FLAG,
        "base": NUMBER,
        "strip": FLAG,
        "type": SOME_TEXTS,
        "types": SOME_TEXTS,
    }
    return mapping(_PART_KEYS[name], values, required)


def _taint_items(key: str) -> Schema:
    """What taint mode takes as sources, sinks and the like; flags with dashes or underscores."""
    side: Schema = {"anyOf": [FLAG, {"const": "only"}]}
    values: dict[str, Schema] = {"exact": FLAG, "by-side-effect": side}
    flags = [*_FLAGS[key], *(name.replace("-", "_") for name in _FLAGS[key])]
    given = {name: values.get(name.replace("_", "-"), TEXT) for name in flags}
    required = ("from", "to") if key == PROPAGATORS else ()
    item = mapping((*OPERATORS, *flags), {**_REFS, **given}, required)
    return {"type": "array", "minItems": 1, "items": {**item, **one_of(OPERATORS)}}
