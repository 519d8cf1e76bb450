"""The page on configuration says of each setting what its declaration says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stuck_rules.config.asked import Asked
from stuck_rules.config.known import SETTINGS
from stuck_rules.config.layers import load_config
from stuck_rules.config.rulesettings import KINDS, PerPath, RuleChange
from stuck_rules.config.settings import Config
from stuck_rules.config.showing import plain, to_toml
from stuck_rules.config.tables import settings_of
from stuck_rules.config.toml import parse
from tests.rules.tables import ROOT

PAGE = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[str]:
    """The lines of the table below a heading."""
    table = PAGE.partition(f"{heading}\n")[2].partition("|---")[2].partition("\n")[2]
    return [line for line in table.partition("\n\n")[0].splitlines() if line]


def default(key: str) -> str:
    value = plain(getattr(Config(None, Path()), SETTINGS[key].field))
    return "" if value in (None, []) else f"`{to_toml(value)}`"


def test_every_setting_stands_in_the_table() -> None:
    assert rows("## Settings") == [
        f"| `{key}` | {setting.kind.words} | {default(key)} | {setting.doc}"
        f"{'; adds up' if setting.adds else ''} |"
        for key, setting in SETTINGS.items()
    ]


@pytest.mark.parametrize(
    ("table", "heading"),
    [
        (RuleChange, "### What a rule says otherwise"),
        (PerPath, "### What holds for some paths"),
    ],
)
def test_every_key_of_a_table_stands_in_its_own(
    table: type[RuleChange | PerPath], heading: str
) -> None:
    assert rows(heading) == [
        f"| `{key}` | {setting.kind.words} | {setting.doc} |"
        for key, setting in settings_of(table, KINDS).items()
    ]


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
def test_every_example_is_valid(tmp_path: Path, block: str) -> None:
    name = "pyproject.toml" if "[tool." in block else "stuck-rules.toml"
    (tmp_path / name).write_text(block, encoding="utf-8")
    assert load_config(tmp_path, [tmp_path], tmp_path).places


@pytest.mark.parametrize("pair", re.findall(r"`--config '?([a-z-]+=[^`']+)'?`", PAGE))
def test_every_pair_is_valid(tmp_path: Path, pair: str) -> None:
    assert parse(pair, "")
    assert load_config(tmp_path, [tmp_path], tmp_path, asked=Asked(config=(pair,))).places


def test_every_variable_that_is_named_is_one(tmp_path: Path) -> None:
    names = set(re.findall(r"STUCK_RULES_[A-Z_]+", PAGE)) - {"STUCK_RULES_CONFIG"}
    assert names
    environment = dict.fromkeys(names, "error")
    config = load_config(tmp_path, [tmp_path], tmp_path, asked=Asked(environment=environment))
    assert {str(place) for places in config.places.values() for place in places} == names
