"""A rulebook, a configuration, a log or an option that is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.program import RULES, assert_told_once, run, write

RULE = "rules:\n  - id: a\n    message: m\n    pattern: x\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "wrong.py": "x = MagicNone\n"})
    return tmp_path


@pytest.mark.parametrize(
    ("rulebook", "place"),
    [
        pytest.param(RULE + "    patern: y\n", "book.yaml:5", id="an unknown key of a rule"),
        pytest.param(RULE + "ruels: []\n", "book.yaml:5", id="an unknown key of the rulebook"),
        pytest.param(
            RULE.replace("pattern: x", "pattern: 'f('"), "book.yaml:4", id="a pattern no Python"
        ),
        pytest.param(
            RULE.replace("pattern: x", "pattern-regex: '('"), "book.yaml:4", id="a broken regex"
        ),
        pytest.param(
            RULE + "  - id: a\n    message: m\n    pattern: y\n", "book.yaml:5", id="an id twice"
        ),
        pytest.param(RULE + "    message: n\n", "book.yaml:5", id="a key twice"),
        pytest.param("rules:\n  - message: m\n    pattern: x\n", "book.yaml:2", id="no id"),
        pytest.param("rules:\n  - id: a\n    message: m\n", "book.yaml:2", id="no condition"),
        pytest.param(
            "rules:\n  - id: a\n    message: m\n    check: nothing\n",
            "book.yaml:4",
            id="an unknown check",
        ),
        pytest.param(RULE + "    severity: terrible\n", "book.yaml:5", id="an unknown severity"),
        pytest.param("rules: [\n", "book.yaml:", id="no YAML"),
        pytest.param("rules:\n  - id: 'a\n", "book.yaml:", id="an open quote"),
        pytest.param("", "book.yaml", id="an empty file"),
        pytest.param("- a\n- b\n", "book.yaml:1", id="a list"),
        pytest.param("rules: {a: b}\n", "book.yaml:1", id="rules that are no list"),
        pytest.param("version: 99\n" + RULE, "book.yaml:1", id="a version of the future"),
        pytest.param(b"rules:\n  - id: caf\xe9\n", "book.yaml", id="bytes that are no UTF-8"),
        pytest.param(b"rules:\n  - id: a\x00\n", "book.yaml", id="a NUL"),
        pytest.param("a: &a [*a]\n", "book.yaml:1", id="an alias of itself"),
        pytest.param("[" * 5000, "book.yaml", id="5,000 brackets"),
    ],
)
def test_a_broken_rulebook_is_told(project: Path, rulebook: str | bytes, place: str) -> None:
    write(project, {"book.yaml": rulebook})
    answer = run(project, "scan", "--rulebook", "book.yaml")
    assert answer.code == 2
    assert answer.out == ""
    assert_told_once(answer, f"stuck-rules: {place}")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        pytest.param(["--rulebook", "folder"], "folder", id="a rulebook that is a folder"),
        pytest.param(["--rulebook", "nowhere.yaml"], "nowhere.yaml", id="a missing rulebook"),
        pytest.param(["--select", "magic-nome"], "magic-nome", id="an unknown --select"),
        pytest.param(["--ignore", "nothing"], "nothing", id="an unknown --ignore"),
        pytest.param(["--select", "no-*"], "no-*", id="a --select that fits nothing"),
    ],
)
def test_a_question_that_makes_no_sense_is_told(project: Path, argv: list[str], told: str) -> None:
    (project / "folder").mkdir()
    answer = run(project, "scan", *argv)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert_told_once(answer, "stuck-rules:")


def test_a_folder_named_as_the_rulebook_is_no_rulebook(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml/x.py": "x = 1\n"})
    answer = run(tmp_path, "scan")
    assert answer.code == 0
    assert "bundled rulebook" in answer.err


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        pytest.param("max-file-sise = 1\n", "stuck-rules.toml", id="an unknown key"),
        pytest.param("fail-level = 'awful'\n", "stuck-rules.toml", id="an unknown level"),
        pytest.param("exclude = 3\n", "stuck-rules.toml", id="a number for a list"),
        pytest.param("rulebook = \n", "stuck-rules.toml", id="no TOML"),
        pytest.param("rulebook = ['nowhere.yaml']\n", "nowhere.yaml", id="a missing rulebook"),
    ],
)
def test_a_broken_configuration_is_told(project: Path, settings: str, place: str) -> None:
    write(project, {"stuck-rules.toml": settings})
    answer = run(project, "scan")
    assert (answer.code, answer.out) == (2, "")
    assert place in answer.err
    assert_told_once(answer, "stuck-rules:")


@pytest.mark.parametrize("command", ["generate", "log"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(None, "log.md", id="a missing log"),
        pytest.param("", "log.md", id="an empty log"),
        pytest.param("Some words.\n", "log.md", id="a log without entries"),
        pytest.param("\n\n", "log.md", id="blank lines"),
        pytest.param(b"# caf\xe9\n", "log.md", id="bytes that are no UTF-8"),
        pytest.param(b"# a\x00b\n", "log.md", id="a NUL"),
    ],
)
def test_a_log_that_teaches_nothing_is_told(
    tmp_path: Path, command: str, content: str | bytes | None, told: str
) -> None:
    if content is not None:
        write(tmp_path, {"log.md": content})
    answer = run(tmp_path, command, "log.md")
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert_told_once(answer, "stuck-rules:")
    assert not (tmp_path / "rules.yaml").exists()


@pytest.mark.parametrize("command", ["generate", "log"])
def test_a_folder_is_no_log(tmp_path: Path, command: str) -> None:
    (tmp_path / "log.md").mkdir()
    answer = run(tmp_path, command, "log.md")
    assert answer.code == 2
    assert_told_once(answer, "stuck-rules: log.md")
