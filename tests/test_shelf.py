from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.cache.folder import CacheFolder
from stuck_rules.cache.rulebooks import CompiledRulebooks
from stuck_rules.errors import RulebookError
from stuck_rules.rulebook.loader import load_rulebook
from stuck_rules.rulewords import words_of_rule
from stuck_rules.shelf import Shelf
from stuck_rules.values import replace

ROOT = Path(__file__).parents[1]
RULES = """\
rules:
  - id: no-foo
    message: no foo
    pattern: foo(...)
    paths: {include: ["*.py"]}
    examples: {bad: ["foo()"], good: ["bar()"]}
  - id: no-root
    message: no root
    check: relative-import
reminders:
  - {entry: a, role: prevention, text: Look twice., lines: [1, 2]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> CacheFolder:
    return CacheFolder(str(tmp_path / "cache"))


@pytest.fixture
def shelf(folder: CacheFolder) -> Shelf:
    return Shelf(CompiledRulebooks(folder, "program"))


def kept(folder: CacheFolder) -> list[Path]:
    return sorted(Path(folder.location, "rulebooks").glob("*"))


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(ROOT / "rules.yaml", id="our own"),
        *(pytest.param(p, id=p.stem) for p in sorted((ROOT / "examples").rglob("rules.yaml"))[:3]),
    ],
)
def test_a_compiled_rulebook_is_what_the_file_says(shelf: Shelf, file: Path) -> None:
    first = shelf.take(file, shown="shown.yaml")
    again = shelf.take(file, shown="shown.yaml")
    loaded = replace(load_rulebook(file, shown="shown.yaml"), reminders=None)
    assert first == again == loaded
    assert repr(again) == repr(loaded)


def test_reminders_come_where_nothing_is_compiled(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    reminders = Shelf().take(file, shown="rules.yaml").reminders
    assert reminders is not None
    assert [reminder.text for reminder in reminders] == ["Look twice."]


def test_a_compiled_rulebook_stands_where_its_file_stands(tmp_path: Path, shelf: Shelf) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rules.yaml").write_text(RULES)
    shelf.take(tmp_path / "one" / "rules.yaml", shown="one/rules.yaml", bundled=True)
    taken = shelf.take(tmp_path / "two" / "rules.yaml", shown="two/rules.yaml")
    assert (taken.path, taken.folder) == ("two/rules.yaml", str(tmp_path / "two"))
    assert {rule.rulebook for rule in taken.rules} == {"two/rules.yaml"}
    assert not taken.bundled


def test_the_words_come_with_the_rules(tmp_path: Path, shelf: Shelf) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    fresh = [words_of_rule(rule) for rule in shelf.take(file, shown="rules.yaml").rules]
    words_of_rule.cache_clear()
    assert [words_of_rule(rule) for rule in shelf.take(file, shown="rules.yaml").rules] == fresh


def test_another_text_is_another_rulebook(
    tmp_path: Path, shelf: Shelf, folder: CacheFolder
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    shelf.take(file, shown="rules.yaml")
    file.write_text(RULES.replace("no-foo", "no-bar"))
    assert shelf.take(file, shown="rules.yaml").rules[0].id == "no-bar"
    assert len(kept(folder)) == 2


def test_another_program_compiles_anew(tmp_path: Path, folder: CacheFolder) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    for program in ("one", "two", "one"):
        Shelf(CompiledRulebooks(folder, program)).take(file, shown="rules.yaml")
    assert len(kept(folder)) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(RULES.replace("foo(...)", "foo(("), id="a pattern is none"),
        pytest.param(RULES.replace("relative-import", "no-such-check"), id="a check is unknown"),
        pytest.param("rules: {", id="no YAML"),
        pytest.param("", id="empty"),
    ],
)
def test_what_is_wrong_is_told_every_time(
    tmp_path: Path, shelf: Shelf, folder: CacheFolder, text: str
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(text)
    told = []
    for _ in range(2):
        with pytest.raises(RulebookError) as caught:
            shelf.take(file, shown="rules.yaml")
        told.append(str(caught.value))
    assert told[0] == told[1]
    assert kept(folder) == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"null", id="no rulebook"),
        pytest.param(b'["",["Position",1,2],[""]]', id="another value"),
        pytest.param(b'["",["Rulebook","","",[""]],["",["Word","a",false]]]', id="words too many"),
    ],
)
def test_a_broken_compilation_is_made_again(
    tmp_path: Path, shelf: Shelf, folder: CacheFolder, data: bytes
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    right = shelf.take(file, shown="rules.yaml")
    name = f"rulebooks/{kept(folder)[0].name}"
    before = folder.read(name)
    folder.write(name, data)
    assert shelf.take(file, shown="rules.yaml") == right
    assert folder.read(name) == before


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        pytest.param(RULES, True, id="rules"),
        pytest.param("rules: [1, 2]\n", False, id="rules of something else"),
        pytest.param("a: 1\n", False, id="no rules"),
    ],
)
def test_a_shelf_knows_a_rulebook_when_it_sees_one(
    tmp_path: Path, shelf: Shelf, text: str, holds: bool
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(text)
    assert shelf.holds(file) is holds
    if holds:
        shelf.take(file, shown="rules.yaml")
        assert shelf.holds(file)
