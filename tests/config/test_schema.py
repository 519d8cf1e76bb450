"""The schema of the settings takes what the program takes, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from stuck_rules.config.known import SETTINGS
from stuck_rules.config.layers import load_config
from stuck_rules.config.schema import settings_schema
from stuck_rules.config.toml import parse
from stuck_rules.errors import ConfigError
from stuck_rules.rulebook.logschema import log_schema
from tests.config.test_showing import FULL
from tests.functional.program import run
from tests.rules.tables import ROOT

SCHEMA = json.loads(json.dumps(settings_schema(log_schema())))
VALIDATOR = Draft7Validator(SCHEMA)


def test_it_is_a_schema_of_all_settings() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert list(SCHEMA["properties"]) == list(SETTINGS)


def test_the_command_prints_it() -> None:
    answer = run(ROOT, "schema", "--settings")
    assert (answer.code, answer.report) == (0, SCHEMA)


@pytest.mark.parametrize("text", ["", FULL, "rulebook = 'x'\nlog = 'x.md'\n"])
def test_it_takes_what_is_right(text: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(parse(text, ""))] == []


@pytest.mark.parametrize(
    "text",
    [
        "selects = []",
        "select = 'a'",
        "fail-level = 'awful'",
        "max-file-size = 0",
        "max-file-size = true",
        "log-url = ''",
        "[severity]\na = 'critical'",
        "[[per-path]]\nignore = ['a']",
        "[[per-path]]\npaths = ['a']\nselects = []",
        "[rules.a]\nseverity = 'info'",
        "[rules.a.with]\nx = 1.5",
        "rules = 'a'",
        "per-path = 'a'",
    ],
)
def test_it_refuses_what_the_program_refuses(tmp_path: Path, text: str) -> None:
    assert list(VALIDATOR.iter_errors(parse(text, "")))
    (tmp_path / "stuck-rules.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_config(tmp_path, [tmp_path], tmp_path)
