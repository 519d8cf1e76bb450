"""A rulebook's `log:`."""

from __future__ import annotations

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.model.lesson import Role
from stuck_rules.model.logsettings import LabelWords, LogSettings, ScopeWord, TableColumns
from stuck_rules.rulebook.loader import parse_rulebook

FULL = """\
log:
  paths: [a.md, docs/*.md]
  entries: {level: h3, pattern: null}
  id: {from: title, pattern: 'K\\d+'}
  labels:
    root_cause: [Cause racine]
    ignore: Chat
  table: {wrong: Pitfall, id: "#"}
  skip_headings: ["Template *"]
  scopes: {tests: "tests/**"}
  recipes: {never: on, arrow: off}
rules: []
"""


def test_path_alone() -> None:
    rulebook = parse_rulebook("log: a.md\nrules: []\n", shown="rules.yaml")

    assert (rulebook.log, rulebook.log_settings) == ("a.md", LogSettings(paths=("a.md",)))


def test_all_settings() -> None:
    settings = parse_rulebook(FULL, shown="rules.yaml").log_settings

    assert settings is not None
    assert settings.paths == ("a.md", "docs/*.md")
    assert (settings.level, settings.title_pattern) == ("h3", None)
    assert (settings.id_from, settings.id_pattern) == ("title", r"K\d+")
    assert settings.labels == (
        LabelWords(Role.ROOT_CAUSE, ("Cause racine",)),
        LabelWords(Role.METADATA, ("Chat",)),
    )
    assert settings.table == TableColumns(wrong="Pitfall", id="#")
    assert settings.skip_headings == ("Template *",)
    assert settings.scopes == (ScopeWord("tests", ("tests/**",)),)
    assert [settings.is_on(name) for name in ("never", "arrow", "other")] == [True, False, True]


@pytest.mark.parametrize(
    ("log", "message"),
    [
        pytest.param(
            "pathes: [a.md]", "2: log.pathes is no setting; did you mean 'paths'?", id="key"
        ),
        pytest.param(
            "entries: {levl: h2}",
            "2: log.entries.levl is no setting; did you mean 'level'?",
            id="inner key",
        ),
        pytest.param(
            "entries: {level: h9}", "2: log.entries.level must be one of auto", id="level"
        ),
        pytest.param(
            "id: {pattern: '('}", "2: log.id.pattern is no regular expression", id="regex"
        ),
        pytest.param(
            "recipes: {never: perhaps}", "2: log.recipes.never must be on or off", id="no"
        ),
        pytest.param("labels: [a]", "2: log.labels must be a mapping", id="list"),
        pytest.param("paths: a\n  paths: b", "3: log has 'paths' twice", id="twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(log: str, message: str) -> None:
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(f"log:\n  {log}\nrules: []\n", shown="r.yaml")

    place, _, words = message.partition(": ")
    problem = caught.value.problems[0]
    assert f"{problem.line}" == place
    assert problem.column is not None
    assert problem.message.startswith(words)
