"""What an editor says of a rulebook is what the program says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from stuck_rules.checks import CHECKS
from stuck_rules.errors import RulebookError
from stuck_rules.rulebook.loader import parse_rulebook
from stuck_rules.rulebook.schema import rulebook_schema
from tests.functional.program import RULES, run
from tests.patterns.probes import PROBES

ROOT = Path(__file__).parents[2]
VALIDATOR = Draft7Validator(rulebook_schema(CHECKS))

# A rulebook with every key that there is.
FULL = """\
version: 1
log:
  paths: [a.md]
  entries: {level: h2, pattern: x}
  id: {from: title}
  labels: {wrong: [a]}
  table: {wrong: w}
  skip-headings: [x]
  scopes: {tests: t/}
  recipes: {a: off}
  language: [python]
rules:
  - id: search
    message: m
    severity: HIGH
    confidence: low
    enabled: no
    note: n
    entries: [e]
    origin: {recipe: r, lines: [1, 2], digest: d, written: w}
    fix: x
    fix-imports: [import a]
    examples: {bad: [x, {path: a.py, code: x}], good: [], fixed: ["y"]}
    paths: {include: [a], exclude: b}
    languages: [python, js]
    options: {symmetric_eq: true}
    metadata: {a: [1]}
    patterns:
      - pattern: f($X)
      - pattern-either: [{pattern: a}, {patterns: [{pattern: b}]}]
      - pattern-not: c
      - pattern-not: {pattern-either: [{pattern: a}]}
      - pattern-inside: {patterns: [{pattern: a}]}
      - pattern-not-inside: d
      - pattern-not-regex: z
      - pattern-regex: q
      - metavariable-regex: {metavariable: $X, regex: a, constant-propagation: true}
      - metavariable-pattern: {metavariable: $X, language: generic, patterns: [{pattern: a}]}
      - metavariable-comparison: {comparison: $X > 1, metavariable: $X, base: 8, strip: true}
      - metavariable-type: {metavariable: $X, types: [int]}
      - focus-metavariable: [$X]
  - id: taint
    mode: taint
    fix-regex: {regex: a, replacement: b, count: 1}
    pattern-sources: [{pattern: a, exact: true, by-side-effect: only, label: A}]
    pattern-sinks:
      - {patterns: [{pattern: s($X)}, {focus-metavariable: $X}], requires: A, exact: false}
    pattern-sanitizers: [{pattern: c, by_side_effect: true}]
    pattern-propagators: [{pattern: $X.a($Y), from: $Y, to: $X}]
  - {id: check, check: undefined-name, with: {names: [a], replacement: b}}
  - {id: text, text: TODO, paths: {include: ["*.md"]}}
  - {id: files, files: {glob: a, max: 1, per: b}}
  - {id: other-language, languages: [js], whatever: 1}
  - {id: generic, languages: [generic], pattern: x ... y, whatever: 1}
  - {id: regex, languages: [regex], pattern-regex: x}
  - {id: mode, mode: search, pattern: "8"}
reminders:
  - {entry: e, role: r, text: t, lines: [1, 1], reason: r, applies-to: {paths: [a], words: [b]}}
entries:
  e: {title: t, date: 2025-01-01, path: p, line: 3, anchor: a}
"""


class _EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: no dates, and `no` is a word."""


_EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:null"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editors_read(text: str) -> object:
    loader = _EditorLoader(text)
    try:
        document: object = loader.get_single_data()
    finally:
        loader.dispose()
    return document


def complaints(document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)]


def is_refused(document: object) -> bool:
    """Whether the program refuses a rulebook; it goes by keys and values alone."""
    try:
        parse_rulebook(json.dumps(document), shown="rules.yaml")
    except RulebookError:
        return True
    return False


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(rulebook_schema())
    Draft7Validator.check_schema(rulebook_schema(CHECKS))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param((ROOT / "rules.yaml").read_text("utf-8"), id="the bundled one"),
        pytest.param(RULES, id="a small one"),
        pytest.param(FULL, id="every key"),
        pytest.param("rules: []\n", id="empty"),
        pytest.param("rules:\n  - {id: a, check: of-a-plug-in}\n", id="a check of a plug-in"),
    ],
)
def test_rulebooks_are_valid(text: str) -> None:
    parse_rulebook(text, shown="rules.yaml")
    assert complaints(as_editors_read(text)) == []


def test_rules_in_semgrep_s_syntax_are_valid() -> None:
    rules = [json.loads(line)["rule"] for line in PROBES.read_text("utf-8").splitlines()]
    wrong = {
        rule["id"]: complaints({"rules": [rule]})
        for rule in rules
        if complaints({"rules": [rule]}) and not is_refused({"rules": [rule]})
    }
    assert len(rules) > 100
    assert wrong == {}


BROKEN = [
    pytest.param("a", id="text"),
    pytest.param("version: 1", id="no rules"),
    pytest.param("rules: {}", id="rules that are no list"),
    pytest.param("rules: []\nversoin: 1", id="unknown key"),
    pytest.param("rules: []\nversion: 2", id="another version"),
    pytest.param("rules: [{pattern: x}]", id="no id"),
    pytest.param("rules: [{id: a b, pattern: x}]", id="no valid id"),
    pytest.param("rules: [{id: a}]", id="no condition"),
    pytest.param("rules: [{id: a, pattern: x, check: y}]", id="two conditions"),
    pytest.param("rules: [{id: a, pattern-not: x}]", id="only what must not be"),
    pytest.param("rules: [{id: a, pattern: ''}]", id="empty pattern"),
    pytest.param("rules: [{id: a, pattern: [x]}]", id="a list as a pattern"),
    pytest.param("rules: [{id: a, patern: x}]", id="unknown key of a rule"),
    pytest.param("rules: [{id: a, pattern: x, severity: bad}]", id="severity"),
    pytest.param("rules: [{id: a, pattern: x, enabled: maybe}]", id="flag"),
    pytest.param("rules: [{id: a, pattern: x, mode: join}]", id="mode"),
    pytest.param(
        "rules: [{id: a, pattern: x, fix: b, fix-regex: {regex: a, replacement: b}}]",
        id="two fixes",
    ),
    pytest.param("rules: [{id: a, pattern: x, examples: {bad: x}}]", id="examples"),
    pytest.param("rules: [{id: a, pattern: x, examples: {bad: [{path: x}]}}]", id="no code"),
    pytest.param("rules: [{id: a, patterns: []}]", id="no patterns"),
    pytest.param("rules: [{id: a, patterns: [{pattern-nto: x}]}]", id="unknown operator"),
    pytest.param("rules: [{id: a, mode: taint, pattern-sources: [{pattern: x}]}]", id="no sinks"),
    pytest.param("rules: [{id: a, pattern: x, pattern-sinks: [{pattern: x}]}]", id="no mode"),
    pytest.param("rules: [{id: a, text: x}]", id="text without paths"),
    pytest.param("rules: [{id: a, files: {max: 1}}]", id="files without glob"),
    pytest.param("rules: [{id: a, files: {glob: x, max: -1}}]", id="a negative number"),
    pytest.param("rules: []\nlog: {path: x}", id="unknown key of the log"),
    pytest.param("rules: []\nreminders: [{lines: [1]}]", id="one line"),
    pytest.param("rules: []\nentries: [x]", id="entries that are a list"),
]


@pytest.mark.parametrize("text", BROKEN)
def test_broken_rulebooks_are_not_valid(text: str) -> None:
    with pytest.raises(RulebookError):
        parse_rulebook(text, shown="rules.yaml")
    assert complaints(as_editors_read(text)) != []


def _places(value: object, *way: str | int) -> Iterator[tuple[str | int, ...]]:
    yield way
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, *way, key)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _places(item, *way, number)


def _changed(document: object, way: tuple[str | int, ...], value: object) -> object:
    """The document with another value at one place; without the place where that is None."""
    if not way:
        return value
    first, *rest = way
    is_left_out = not rest and value is None
    if isinstance(document, dict):
        items = {key: item for key, item in document.items() if key != first or not is_left_out}
        return {k: _changed(i, (*rest,), value) if k == first else i for k, i in items.items()}
    assert isinstance(document, list)
    kept = [(n, item) for n, item in enumerate(document) if n != first or not is_left_out]
    return [_changed(item, (*rest,), value) if n == first else item for n, item in kept]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="left out"),
        pytest.param("word", id="a word"),
        pytest.param(["a"], id="a list"),
        pytest.param({"zz": "a"}, id="a mapping with another key"),
    ],
)
def test_any_change_is_refused_by_both_or_by_neither(value: object) -> None:
    full = as_editors_read(FULL)
    differing = []
    for way in list(_places(full))[1:]:
        changed = _changed(full, way, value)
        # An item that holds nothing looks like a slip to an editor, and changes no meaning.
        is_emptied = value is None and way[-3:-2] in {("patterns",), ("pattern-either",)}
        if VALIDATOR.is_valid(changed) is is_refused(changed) and not is_emptied:
            differing.append((way, is_refused(changed)))
    assert differing == []


def test_the_command_prints_the_schema(tmp_path: Path) -> None:
    done = run(tmp_path, "schema")
    assert done.code == 0
    assert done.report == rulebook_schema(CHECKS)
    assert done.report["$schema"] == "http://json-schema.org/draft-07/schema#"
