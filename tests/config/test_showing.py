"""Settings written as TOML again."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.config.asked import Asked
from stuck_rules.config.known import SETTINGS
from stuck_rules.config.layers import load_config
from stuck_rules.config.settings import Config
from stuck_rules.config.showing import show_settings

FULL = r"""
rulebook = ["rules.yaml", "package:acme"]
log-url = "https://example.org"
exclude = ["a b/", "\"q\"", '\[x]', "Ä", "\u007f"]
extend-exclude = ["c"]
select = ["a"]
extend-select = ["b"]
ignore = ["c"]
extend-ignore = ["d"]
severity = {"magic-*" = "info", old = "error"}
fail-level = "error"
max-file-size = 17
baseline = "debt.json"
output-format = "concise"
required-version = ">=0"
[[per-path]]
paths = ["tests/**"]
ignore = ["x"]
select = ["y"]
extend-select = ["z"]
severity = {old = "info"}
[[per-path]]
paths = ["*.pyi"]
[rules.old]
enabled = true
with = {names = ["a", "b"], flag = false, number = 3, text = "t"}
options = {symmetric_eq = true}
[log]
paths = ["log.md"]
entries = {level = "h2", pattern = "x"}
id = {from = "title", pattern = "y"}
labels = {wrong = ["bad"]}
table = {wrong = "Bad", id = "No"}
skip-headings = ["Old"]
scopes = {tests = ["tests/**"]}
recipes = {grep-check = "off"}
language = ["python"]
"""


def load(folder: Path, text: str, asked: Asked | None = None) -> Config:
    (folder / "stuck-rules.toml").write_text(text, encoding="utf-8")
    return load_config(folder, [folder], folder, asked=asked)


@pytest.mark.parametrize("text", [pytest.param("", id="defaults"), pytest.param(FULL, id="full")])
def test_what_is_shown_can_be_read_again(tmp_path: Path, text: str) -> None:
    config = load(tmp_path, text)
    shown = "\n".join(show_settings(config))
    assert load(tmp_path, shown) == config


def test_every_setting_is_shown_with_its_place(tmp_path: Path) -> None:
    config = load(tmp_path, FULL, Asked({"select": ["e"], "extend-select": ["f"]}))
    lines = list(show_settings(config))
    assert [line.removeprefix("# ").split()[0] for line in lines] == list(SETTINGS)
    assert 'select = ["e"]  # --select' in lines
    assert 'extend-select = ["f"]  # --extend-select' in lines
    assert 'fail-level = "error"  # stuck-rules.toml:11' in lines


def test_what_is_said_of_a_rule_in_several_places_is_one_table(tmp_path: Path) -> None:
    text = "[rules.a]\nwith = {x = 1, y = 2}\n"
    config = load(tmp_path, text, Asked(config=("rules.a = {with = {y = 3}, enabled = false}",)))
    (line,) = [line for line in show_settings(config) if line.startswith("rules")]
    assert line.startswith("rules = {a = {with = {x = 1, y = 3}, enabled = false}}")
    assert line.endswith("  # stuck-rules.toml:1, --config")
