"""`scan --show-settings` and `--show-files`, and what is said of settings that are not used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.program import RULES, assert_told_once, run, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {
            "rules.yaml": RULES,
            "pyproject.toml": "[tool.stuck-rules]\nexclude = ['gen/']\n",
            "a.py": "x = MagicNone\n",
            "inner/b.py": "",
            "gen/c.py": "",
        },
    )
    return tmp_path


def test_settings_are_shown_with_their_places_and_nothing_is_checked(project: Path) -> None:
    answer = run(
        project,
        *("scan", "--show-settings", "--fail-level", "error"),
        environment={"STUCK_RULES_IGNORE": "hint"},
    )
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert "# rulebook: rules.yaml" in lines
    assert "# settings: pyproject.toml" in lines
    assert 'exclude = ["gen/"]  # pyproject.toml:2' in lines
    assert 'ignore = ["hint"]  # STUCK_RULES_IGNORE' in lines
    assert 'fail-level = "error"  # --fail-level' in lines
    assert "max-file-size = 1000000  # default" in lines


@pytest.mark.parametrize(
    ("argv", "files", "left_out"),
    [
        pytest.param([], ["a.py", "inner/b.py"], "left out: gen/ (excluded by", id="all"),
        pytest.param(["inner"], ["inner/b.py"], "", id="a folder"),
        pytest.param(["gen/c.py"], [], "left out: gen/c.py (excluded by the settings)", id="named"),
        pytest.param(["--isolated"], ["a.py", "gen/c.py", "inner/b.py"], "", id="isolated"),
    ],
)
def test_files_are_shown_a_line_each(
    project: Path, argv: list[str], files: list[str], left_out: str
) -> None:
    answer = run(project, "scan", "--show-files", *argv)
    assert answer.code == 0
    assert answer.out.splitlines() == files
    assert left_out in answer.err


def test_a_missing_path_is_told_among_the_files(project: Path) -> None:
    answer = run(project, "scan", "--show-files", "a.py", "nowhere")
    assert (answer.code, answer.out) == (2, "a.py\n")
    assert_told_once(answer, "stuck-rules: nowhere")


@pytest.mark.parametrize(
    ("files", "argv", "note"),
    [
        pytest.param(
            {"inner/stuck-rules.toml": "ignore = []\n"},
            [],
            "pyproject.toml holds for this run, and not inner/stuck-rules.toml: name it with",
            id="nearer settings",
        ),
        pytest.param(
            {"inner/stuck-rules.toml": "ignore = []\n"}, ["a.py"], "", id="not of other files"
        ),
        pytest.param(
            {"inner/pyproject.toml": "[tool.ruff]\n"}, [], "", id="settings of other tools"
        ),
        pytest.param(
            {"inner/pyproject.toml": "[project]\nname = 'stuck-rules'\n"}, [], "", id="our name"
        ),
        pytest.param({"inner/stuck-rules.toml": ""}, ["--isolated"], "", id="isolated"),
        pytest.param(
            {"inner/stuck-rules.toml": ""}, ["--config", "pyproject.toml"], "", id="a named file"
        ),
        pytest.param(
            {"inner/rules.yaml": RULES},
            [],
            "rules.yaml holds for this run, and not inner/rules.yaml: name it with --rulebook",
            id="a nearer rulebook",
        ),
        pytest.param(
            {"inner/rules.yaml": RULES}, ["--rulebook", "rules.yaml"], "", id="a named rulebook"
        ),
        pytest.param({"inner/rules.yaml": "groups: []\n"}, [], "", id="another tool's rules"),
    ],
)
def test_settings_that_are_not_used_are_told(
    project: Path, files: dict[str, str], argv: list[str], note: str
) -> None:
    write(project, files)
    answer = run(project, "scan", *argv)
    assert answer.code == 1
    assert ("and not" in answer.err) == bool(note)
    assert note in answer.err


def test_settings_above_are_no_nearer_ones(project: Path) -> None:
    write(project, {"inner/stuck-rules.toml": "rulebook = '../rules.yaml'\n"})
    assert "and not" not in run(project / "inner", "scan").err


@pytest.mark.parametrize(
    ("files", "argv", "told"),
    [
        pytest.param(
            {"inner/stuck-rules.toml": ""}, ["."], "inner/stuck-rules.toml", id="settings"
        ),
        pytest.param({"inner/rules.yaml": RULES}, ["."], "inner/rules.yaml", id="a rulebook"),
        pytest.param(
            {"inner/rules.yaml": RULES}, ["a.py", "inner/b.py"], "inner/rules.yaml", id="in a list"
        ),
        pytest.param({"inner/rules.yaml": RULES}, ["inner"], None, id="all files are its own"),
        pytest.param(
            {"inner/rules.yaml": "kind: Role\nrules:\n- apiGroups: ['']\n  verbs: [get]\n"},
            ["."],
            None,
            id="rules of another program",
        ),
        pytest.param({"inner/rules.yaml": b"rules:\n\xff"}, ["."], None, id="no text"),
        pytest.param({"inner/rules.yaml": RULES}, ["a.py"], None, id="no file is its own"),
        pytest.param(
            {"inner/rules.yaml": RULES, "stuck-rules.toml": ""}, ["."], None, id="settings for all"
        ),
        pytest.param(
            {"inner/stuck-rules.toml": "", "rules.yaml": RULES}, ["."], None, id="rules for all"
        ),
    ],
)
def test_what_holds_for_a_part_alone_is_not_passed_over(
    tmp_path: Path, files: dict[str, str | bytes], argv: list[str], told: str | None
) -> None:
    write(tmp_path, {"a.py": "", "inner/b.py": "", **files})
    answer = run(tmp_path, "scan", *argv)
    assert answer.code == (0 if told is None else 2)
    if told is not None:
        message = "error: is for a part of the files, and nothing is for all: name it with"
        assert f"{told}: {message}" in answer.err
