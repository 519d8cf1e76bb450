"""Which of several places of a setting counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.config.asked import Asked
from stuck_rules.config.layers import load_config
from stuck_rules.config.merging import variable_of, variables
from stuck_rules.config.settings import Config
from stuck_rules.errors import StuckRulesError
from stuck_rules.model.rule import Severity


def load(folder: Path, asked: Asked, *, file: str = "") -> Config:
    (folder / "stuck-rules.toml").write_text(file, encoding="utf-8")
    return load_config(folder, [folder], folder, asked=asked)


def complaint(folder: Path, asked: Asked, *, file: str = "") -> str:
    with pytest.raises(StuckRulesError) as caught:
        load(folder, asked, file=file)
    return str(caught.value)


FILE = "fail-level = 'info'\n"
VARIABLE = {"STUCK_RULES_FAIL_LEVEL": "warning"}
PAIR = ("fail-level = 'error'",)


@pytest.mark.parametrize(
    ("asked", "level", "place"),
    [
        pytest.param(Asked(), Severity.INFO, "stuck-rules.toml:1", id="a file"),
        pytest.param(
            Asked(environment=VARIABLE),
            Severity.WARNING,
            "STUCK_RULES_FAIL_LEVEL",
            id="a variable before a file",
        ),
        pytest.param(
            Asked(environment=VARIABLE, config=PAIR),
            Severity.ERROR,
            "--config",
            id="--config before a variable",
        ),
        pytest.param(
            Asked({"fail-level": "info"}, PAIR, VARIABLE),
            Severity.INFO,
            "--fail-level",
            id="a flag before all",
        ),
        pytest.param(
            Asked(config=(*PAIR, "fail-level='info'")), Severity.INFO, "--config", id="the last"
        ),
        pytest.param(
            Asked(environment={"STUCK_RULES_FAIL_LEVEL": " "}),
            Severity.INFO,
            "stuck-rules.toml:1",
            id="an empty variable is none",
        ),
    ],
)
def test_the_highest_place_counts(
    tmp_path: Path, asked: Asked, level: Severity, place: str
) -> None:
    config = load(tmp_path, asked, file=FILE)
    assert config.fail_level is level
    assert [str(each) for each in config.places["fail-level"]] == [place]


def test_a_list_is_replaced_and_further_ones_add_up(tmp_path: Path) -> None:
    file = "ignore = ['a']\nextend-ignore = ['b']\n"
    asked = Asked(
        flags={"ignore": ["c"], "extend-ignore": ["d"]},
        environment={"STUCK_RULES_EXTEND_IGNORE": "e, f"},
    )
    config = load(tmp_path, asked, file=file)
    assert config.ignore == ("c",)
    assert config.extend_ignore == ("b", "e", "f", "d")
    assert [str(place) for place in config.places["extend-ignore"]] == [
        "stuck-rules.toml:2",
        "STUCK_RULES_EXTEND_IGNORE",
        "--extend-ignore",
    ]


def test_paths_are_relative_to_where_they_were_given(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "stuck-rules.toml").write_text("extend-exclude = ['a']\n", encoding="utf-8")
    asked = Asked(flags={"extend-exclude": ["b"]})
    config = load_config(inner, [inner], tmp_path, asked=asked)
    assert [(glob.text, glob.folder) for glob in config.extend_exclude] == [
        ("a", tmp_path),
        ("b", inner),
    ]
    assert config.folder == tmp_path


def test_isolated_leaves_out_files_and_environment(tmp_path: Path) -> None:
    asked = Asked(
        {"ignore": ["a"]}, ("max-file-size=5",), {"STUCK_RULES_FAIL_LEVEL": "x"}, isolated=True
    )
    config = load(tmp_path, asked, file="fail-level = 7\n")
    assert (config.path, config.fail_level) == (None, Severity.WARNING)
    assert (config.ignore, config.max_file_size) == (("a",), 5)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(Asked(config=("other.toml",)), id="--config"),
        pytest.param(Asked(environment={"STUCK_RULES_CONFIG": "other.toml"}), id="a variable"),
    ],
)
def test_a_named_file_is_taken_instead_of_the_nearest(tmp_path: Path, asked: Asked) -> None:
    (tmp_path / "other.toml").write_text("select = ['x']\n", encoding="utf-8")
    config = load(tmp_path, asked, file="ignore = ['y']\n")
    assert (config.path, config.select, config.ignore) == ("other.toml", ("x",), ())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param(
            Asked(config=("fail-level=error",)),
            "--config: error is no value of TOML for fail-level; text needs quotes: "
            "--config 'fail-level=\"error\"'",
            id="no TOML",
        ),
        pytest.param(
            Asked(config=("select = magic-none",)),
            "--config: magic-none is no value of TOML for select; text needs quotes: "
            "--config 'select=[\"magic-none\"]'",
            id="no list",
        ),
        pytest.param(Asked(config=("",)), "--config needs a file or KEY=VALUE", id="nothing"),
        pytest.param(
            Asked(config=("fail-level=",)),
            "--config: nothing is no value of TOML for fail-level; text needs quotes: "
            "--config 'fail-level=\"\"'",
            id="no value",
        ),
        pytest.param(
            Asked(config=("fail_level='error'",)),
            "--config: fail_level is no setting: did you mean fail-level?",
            id="an unknown key",
        ),
        pytest.param(
            Asked(config=("none.toml",)),
            "none.toml: cannot be read: No such file or directory",
            id="no file",
        ),
        pytest.param(
            Asked(config=("a.toml", "b.toml")),
            "--config takes one file, not 2: a.toml, b.toml",
            id="two files",
        ),
        pytest.param(
            Asked(config=("a.toml",), isolated=True),
            "--isolated leaves files of settings out: do not name one",
            id="isolated from a file",
        ),
        pytest.param(
            Asked(environment={"STUCK_RULES_FAIL_LEVL": "error"}),
            "STUCK_RULES_FAIL_LEVL: is no variable of a setting: "
            "did you mean STUCK_RULES_FAIL_LEVEL?",
            id="a slip in a variable",
        ),
        pytest.param(
            Asked(environment={"STUCK_RULES_MAX_FILE_SIZE": "1MB"}),
            "STUCK_RULES_MAX_FILE_SIZE: max-file-size must be a number above 0, not '1MB'",
            id="a variable's value",
        ),
        pytest.param(
            Asked(flags={"severity": {"a": "awful"}}),
            "--severity: severity.a must be one of info, warning, error, not 'awful'",
            id="a flag's value",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, asked: Asked, told: str) -> None:
    assert complaint(tmp_path, asked) == told


@pytest.mark.parametrize("name", ["STUCK_RULES_VERSION", "STUCK_RULES", "OTHER_SELECT"])
def test_what_is_like_no_setting_is_somebody_elses(tmp_path: Path, name: str) -> None:
    assert load(tmp_path, Asked(environment={name: "1"})) == load(tmp_path, Asked())


def test_every_variable_takes_what_its_kind_parses(tmp_path: Path) -> None:
    texts = {"fail-level": "error", "max-file-size": "7", "jobs": "2", "rule-timeout": "0",
             "severity": "a=info, b=error", "required-version": ">=0"}  # fmt: skip
    environment = {variable_of(key): texts.get(key, "x") for key in variables()}
    config = load(tmp_path, Asked(environment=environment))
    assert set(config.places) == set(variables())
    assert (config.max_file_size, config.severity[1].level) == (7, Severity.ERROR)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        pytest.param(">=99", "stuck-rules >=99 is wanted here, and this is ", id="too old"),
        pytest.param(
            "soon",
            "required-version must be clauses such as \">=0.1,<1\", not 'soon'",
            id="no clause",
        ),
    ],
)
def test_a_version_that_does_not_fit_is_told_before_unknown_keys(
    tmp_path: Path, wanted: str, told: str
) -> None:
    file = f"of-the-future = 1\nrequired-version = '{wanted}'\n"
    assert complaint(tmp_path, Asked(), file=file).startswith(f"stuck-rules.toml:2: {told}")
