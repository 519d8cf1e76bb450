from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.config.known import SETTINGS
from stuck_rules.config.layers import load_config
from stuck_rules.config.reading import Located
from stuck_rules.config.settings import Config
from stuck_rules.errors import ConfigError
from stuck_rules.model.rule import Severity

TABLE = "[tool.stuck-rules]\n"


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def load(folder: Path, root: Path | None = None) -> Config:
    """The settings that hold for somebody who stands in a folder."""
    return load_config(folder, [folder], root or folder)


def complaints(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_all_settings_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        "stuck-rules.toml",
        """
        rulebook = ["rules.yaml", "team/rules.yaml"]
        log-url = "https://example.org/log.md"
        exclude = ["generated/"]
        select = ["magic-none"]
        ignore = ["relative-import"]
        fail-level = "error"
        max-file-size = 2_000_000
        """,
    )
    assert load(tmp_path) == Config(
        path="stuck-rules.toml",
        folder=tmp_path,
        rulebook=(Located("rules.yaml", tmp_path), Located("team/rules.yaml", tmp_path)),
        log_url="https://example.org/log.md",
        exclude=(Located("generated/", tmp_path),),
        select=("magic-none",),
        ignore=("relative-import",),
        fail_level=Severity.ERROR,
        max_file_size=2_000_000,
    )


def test_there_are_defaults_where_no_file_has_settings(tmp_path: Path) -> None:
    config = load(tmp_path)
    assert config == Config(None, tmp_path)
    assert (config.fail_level, config.max_file_size) == (Severity.WARNING, 1_000_000)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(["pyproject.toml"], "../../pyproject.toml", id="the root's"),
        pytest.param(["pyproject.toml", "a/pyproject.toml"], "../pyproject.toml", id="nearest"),
        pytest.param(
            ["stuck-rules.toml", "pyproject.toml"], "../../stuck-rules.toml", id="our own first"
        ),
        pytest.param(
            ["stuck-rules.toml", "a/pyproject.toml"], "../pyproject.toml", id="nearness first"
        ),
        pytest.param(["a/b/stuck-rules.toml"], "stuck-rules.toml", id="where the user stands"),
        pytest.param(["../stuck-rules.toml"], None, id="not above the root"),
    ],
)
def test_the_nearest_file_counts(tmp_path: Path, files: list[str], found: str | None) -> None:
    root = tmp_path / "root"
    for file in files:
        path = root / file
        write(path.parent, path.name, TABLE if path.name == "pyproject.toml" else "")
    start = root / "a" / "b"
    start.mkdir(parents=True, exist_ok=True)
    config = load(start, root)
    assert config.path == found
    if found is not None:
        assert config.folder == (start / found).resolve().parent


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[project]\nname = "x"\n', id="without our table"),
        pytest.param("[tool.ruff]\nline-length = 100\n", id="with tables of others"),
        pytest.param('[project]\nname = "stuck-rules"\n', id="naming us elsewhere"),
        pytest.param("this is no TOML", id="not ours to judge"),
        pytest.param('tool = 1\nx = "stuck-rules"\n', id="with a tool that is no table"),
    ],
)
def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path, text: str) -> None:
    write(tmp_path, "stuck-rules.toml", 'ignore = ["x"]\n')
    write(tmp_path / "inner", "pyproject.toml", text)
    assert load(tmp_path / "inner", tmp_path).ignore == ("x",)


@pytest.mark.parametrize(
    ("text", "rulebooks"),
    [
        pytest.param('rulebook = "one.yaml"', ("one.yaml",), id="one"),
        pytest.param('rulebook = ["one.yaml"]', ("one.yaml",), id="a list"),
        pytest.param("rulebook = []", (), id="none"),
    ],
)
def test_a_rulebook_may_stand_alone(tmp_path: Path, text: str, rulebooks: tuple[str, ...]) -> None:
    write(tmp_path, "stuck-rules.toml", text)
    assert tuple(map(str, load(tmp_path).rulebook)) == rulebooks


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        pytest.param("excludes = []", "excludes is no setting: did you mean exclude?", id="a slip"),
        pytest.param(
            "fail_level = 'error'",
            "fail_level is no setting: did you mean fail-level?",
            id="an underscore",
        ),
        pytest.param(
            "threads = 1",
            f"threads is no setting: known are {', '.join(SETTINGS)}",
            id="nothing near",
        ),
        pytest.param(
            "rulebook = 1",
            "rulebook must be a string or a list of strings, none of them empty, not 1",
            id="a number",
        ),
        pytest.param(
            "exclude = 'x'",
            "exclude must be a list of strings, none of them empty, not 'x'",
            id="a string for a list",
        ),
        pytest.param(
            "select = ['x', 1]",
            "select must be a list of strings, none of them empty, "
            "not a list with something else in it",
            id="a mixed list",
        ),
        pytest.param(
            "ignore = {}",
            "ignore must be a list of strings, none of them empty, not a table",
            id="a table",
        ),
        pytest.param(
            "log-url = ''", "log-url must be a string that is not empty, not ''", id="empty"
        ),
        pytest.param(
            "fail-level = 'fatal'",
            "fail-level must be one of info, warning, error, not 'fatal'",
            id="no level",
        ),
        pytest.param(
            "max-file-size = true",
            "max-file-size must be a number above 0, not true",
            id="a boolean is no number",
        ),
        pytest.param(
            "max-file-size = 0",
            "max-file-size must be a number above 0, not 0",
            id="no room at all",
        ),
        pytest.param(
            "max-file-size = '1MB'",
            "max-file-size must be a number above 0, not '1MB'",
            id="a unit",
        ),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    write(tmp_path, "pyproject.toml", f"[project]\nname = 'x'\n\n{TABLE}{line}\n")
    assert complaints(tmp_path) == [f"pyproject.toml:5: {complaint}"]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, "stuck-rules.toml", "max-file-size = -1\nfoo = 1\nrulebook = ''\n")
    told = complaints(tmp_path)
    assert [text.split()[0] for text in told] == [
        "stuck-rules.toml:1:",
        "stuck-rules.toml:2:",
        "stuck-rules.toml:3:",
    ]


def test_the_line_is_not_taken_from_another_table(tmp_path: Path) -> None:
    write(tmp_path, "pyproject.toml", f"[tool.other]\nselect = 1\n{TABLE}\nselect = 1\n")
    assert complaints(tmp_path)[0].startswith("pyproject.toml:5: select must be")


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        pytest.param(
            "stuck-rules.toml",
            b"select = [\n= 1",
            "stuck-rules.toml:2:1: is not valid TOML: Invalid value",
            id="broken",
        ),
        pytest.param(
            "pyproject.toml",
            b"[tool.stuck-rules]\nx = 1\nx = 2\n",
            "pyproject.toml:3:6: is not valid TOML: Cannot overwrite a value",
            id="a key twice",
        ),
        pytest.param(
            "stuck-rules.toml",
            b"select = " + b"[" * 100_000,
            "stuck-rules.toml: nests too deep, or holds a number that is too long",
            id="brackets without end",
        ),
        pytest.param(
            "stuck-rules.toml",
            b"max-file-size = " + b"9" * 10_000,
            "stuck-rules.toml: nests too deep, or holds a number that is too long",
            id="a number without end",
        ),
        pytest.param(
            "stuck-rules.toml",
            b'\xef\xbb\xbfselects = []\nlog-url = """\n[' + b" " * 200_000 + b'\n"""\n',
            "stuck-rules.toml:1: selects is no setting: did you mean select?",
            id="a byte order mark, and spaces without end",
        ),
        pytest.param(
            "stuck-rules.toml",
            b"select = []\n# \xff\n",
            "stuck-rules.toml:2: is not UTF-8, as TOML must be",
            id="not UTF-8",
        ),
        pytest.param(
            "pyproject.toml",
            b"[tool]\nstuck-rules = 1\n",
            "pyproject.toml: tool.stuck-rules must be a table: write [tool.stuck-rules] above it",
            id="no table",
        ),
        pytest.param(
            "stuck-rules.toml",
            b"[tool.stuck-rules]\nselect = []\n",
            "stuck-rules.toml:1: tool has no place here: "
            "write the settings without [tool.stuck-rules]",
            id="the other file's table",
        ),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(
    tmp_path: Path, name: str, data: bytes, complaint: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert complaints(tmp_path) == [complaint]


def test_a_link_that_leads_nowhere_is_no_missing_file(tmp_path: Path) -> None:
    (tmp_path / "stuck-rules.toml").symlink_to("nowhere.toml")
    assert complaints(tmp_path) == ["stuck-rules.toml: is a link that leads nowhere"]


def test_log_settings_are_read_from_their_tables(tmp_path: Path) -> None:
    text = (
        "[tool.stuck-rules.log]\npaths = ['a.md']\n\n"
        "[tool.stuck-rules.log.scopes]\ntests = 'tests/**'\n"
    )
    write(tmp_path, "pyproject.toml", text)

    log = load(tmp_path).log

    assert log is not None
    assert (log.paths, log.scopes[0].globs) == (("a.md",), ("tests/**",))


def test_what_is_wrong_with_log_settings_is_told_with_its_line(tmp_path: Path) -> None:
    text = "[log]\npaths = ['a.md']\n\n[log.entries]\nlevl = 'h2'\n"
    write(tmp_path, "stuck-rules.toml", text)

    told = complaints(tmp_path)

    assert told == ["stuck-rules.toml:5: log.entries.levl is no setting; did you mean 'level'?"]
