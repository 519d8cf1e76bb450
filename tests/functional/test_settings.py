"""What the settings change in a scan, from whichever place they come."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.program import RULES, assert_told_once, run, write

MORE = """\
  - id: off
    message: m
    enabled: false
    entries: [slow-calls]
    pattern: never(...)
  - id: no-dots
    message: m
    check: relative-import
    entries: [slow-calls]
  - id: words
    message: m
    text: 'do {verb}'
    with: {verb: this}
    paths: {include: ["*.sh"]}
  - id: one-conftest
    message: m
    files: {glob: "conftest.py", max: 1}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    head, entries, tail = RULES.partition("entries:\n  mocks")
    write(
        tmp_path,
        {
            "rules.yaml": head + MORE + entries + tail,
            "src/a.py": "x = MagicNone\nold(1)\n",
            "tests/b.py": "x = MagicNone\nold(1)\nnever()\n",
        },
    )
    return tmp_path


def hits(project: Path, *argv: str, settings: str = "") -> list[str]:
    """The violations as `path rule severity`."""
    write(project, {"stuck-rules.toml": settings})
    answer = run(project, "scan", "--output-format", "json", *argv)
    assert answer.code in {0, 1}, answer.err
    return [f"{v['path']} {v['rule']} {v['severity']}" for v in answer.objects("violations")]


ALL = [
    "src/a.py magic-none error",
    "src/a.py old-call warning",
    "tests/b.py magic-none error",
    "tests/b.py old-call warning",
]


def in_tests(text: str) -> str:
    return f"[[per-path]]\npaths = ['tests/**']\n{text}\n"


@pytest.mark.parametrize(
    ("settings", "argv", "expected"),
    [
        pytest.param("", [], ALL, id="nothing said"),
        pytest.param("select = ['magic-none']", [], [ALL[0], ALL[2]], id="select"),
        pytest.param(
            "select = ['magic-none']", ["--select", "old-call"], [ALL[1], ALL[3]], id="a flag wins"
        ),
        pytest.param(
            "select = ['magic-none']", ["--extend-select", "old-call"], ALL, id="a flag adds"
        ),
        pytest.param(
            "extend-select = ['off']", [], [*ALL, "tests/b.py off warning"], id="enabled by its id"
        ),
        pytest.param("extend-select = ['slow-calls']", [], ALL, id="not by its entry"),
        pytest.param("ignore = ['magic-none']", [], [ALL[1], ALL[3]], id="ignore"),
        pytest.param(
            "ignore = ['magic-none']", ["--ignore", "old-call"], [ALL[0], ALL[2]], id="in its place"
        ),
        pytest.param("ignore = ['magic-none']", ["--extend-ignore", "old-*"], [], id="beside it"),
        pytest.param("exclude = ['tests/']", [], ALL[:2], id="exclude"),
        pytest.param(
            "exclude = ['tests/']", ["--exclude", "src/"], ALL[2:], id="excludes in their place"
        ),
        pytest.param(
            "exclude = ['b.*']", ["--extend-exclude", "nothing"], ALL[:2], id="excludes beside them"
        ),
        pytest.param(
            "[severity]\nold-call = 'info'\n'magic-*' = 'warning'",
            ["--severity", "old-call=error"],
            [
                "src/a.py magic-none warning",
                "src/a.py old-call error",
                "tests/b.py magic-none warning",
                "tests/b.py old-call error",
            ],
            id="severities",
        ),
        pytest.param(
            "[severity]\n'*' = 'error'\nslow-calls = 'info'",
            [],
            [
                "src/a.py magic-none error",
                "src/a.py old-call info",
                "tests/b.py magic-none error",
                "tests/b.py old-call info",
            ],
            id="the last severity that fits",
        ),
        pytest.param(
            "[rules.magic-none]\nenabled = false\n[rules.off]\nenabled = true",
            [],
            [ALL[1], ALL[3], "tests/b.py off warning"],
            id="enabled and disabled",
        ),
        pytest.param(
            in_tests("ignore = ['magic-none']"), [], [*ALL[:2], ALL[3]], id="ignored there"
        ),
        pytest.param(in_tests("select = ['magic-none']"), [], ALL[:3], id="only there"),
        pytest.param(
            "ignore = ['magic-none']\n" + in_tests("extend-select = ['magic-none', 'off']"),
            [],
            [ALL[1], *ALL[2:], "tests/b.py off warning"],
            id="there too",
        ),
        pytest.param(
            in_tests("severity = {old-call = 'info'}"),
            [],
            [*ALL[:3], "tests/b.py old-call info"],
            id="another severity there",
        ),
        pytest.param(
            in_tests("ignore = ['magic-none']")
            + "[[per-path]]\npaths = ['b.py']\nignore = ['old-call']\n",
            [],
            ALL[:2],
            id="tables add up",
        ),
        pytest.param(
            in_tests("select = ['magic-none']")
            + "[[per-path]]\npaths = ['b.py']\nselect = ['old-call']\n",
            [],
            ALL,
            id="what either selects",
        ),
        pytest.param(
            in_tests("extend-select = ['off']\nignore = ['off']"), [], ALL, id="ignore wins"
        ),
    ],
)
def test_settings_choose_rules_and_files(
    project: Path, settings: str, argv: list[str], expected: list[str]
) -> None:
    assert hits(project, *argv, settings=settings) == expected


def test_options_of_a_check_and_of_a_text_are_taken(project: Path) -> None:
    write(project, {"src/__init__.py": "from . import x\n", "go.sh": "do that\n"})
    settings = "select = ['no-dots', 'words']\n"
    changed = "[rules.no-dots.with]\nallow-in-init = true\n[rules.words]\nwith = {verb = 'that'}\n"
    assert hits(project, settings=settings) == ["src/__init__.py no-dots warning"]
    assert hits(project, settings=settings + changed) == ["go.sh words warning"]


def test_options_of_patterns_are_taken(project: Path) -> None:
    write(
        project,
        {
            "rules.yaml": "rules:\n  - {id: one, message: m, pattern: f(1)}\n",
            "src/a.py": "x = 1\nf(x)\n",
        },
    )
    changed = "[rules.one]\noptions = {constant_propagation = false}\n"
    assert hits(project) == ["src/a.py one warning"]
    assert hits(project, settings=changed) == []


def test_a_rule_on_files_obeys_the_paths_too(project: Path) -> None:
    write(project, {"src/conftest.py": "", "tests/conftest.py": ""})
    only = ["--select", "one-conftest"]
    assert hits(project, *only) == ["tests/conftest.py one-conftest warning"]
    assert hits(project, *only, settings=in_tests("ignore = ['one-*']")) == []
    assert hits(project, *only, settings=in_tests("severity = {one-conftest = 'error'}")) == [
        "tests/conftest.py one-conftest error"
    ]


def test_globs_are_relative_to_where_they_were_written(project: Path) -> None:
    write(project, {"src/tests/c.py": "old(1)\n"})
    write(project, {"src/inner/stuck-rules.toml": ""})
    assert hits(project, settings="exclude = ['/tests/', '!nothing']\n") == [
        *ALL[:2],
        "src/tests/c.py old-call warning",
    ]
    answer = run(project / "src", "scan", "--exclude", "/tests/", "--output-format", "concise")
    assert "tests/c.py" not in answer.out
    assert "a.py:1" in answer.out


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        pytest.param(
            "select = ['magic-nome']",
            "1: no rule or entry is called 'magic-nome'; did you mean 'magic-none'?",
            id="select",
        ),
        pytest.param(
            "\n[severity]\nmagic-nome = 'info'",
            "3: no rule or entry is called 'magic-nome'; did you mean 'magic-none'?",
            id="severity",
        ),
        pytest.param(
            "[rules.magic-nome]\nenabled = true",
            "1: no rule is called 'magic-nome'; did you mean 'magic-none'?",
            id="rules",
        ),
        pytest.param(
            in_tests("") + in_tests("ignore = ['magic-nome']"),
            "4: no rule or entry is called 'magic-nome'; did you mean 'magic-none'?",
            id="per-path",
        ),
        pytest.param(
            "[[per-path]]\nignore = ['magic-none']",
            "1: per-path.0 needs paths, the globs of the files that it is about",
            id="no paths",
        ),
        pytest.param(
            in_tests("ignores = []"),
            "3: per-path.0.ignores is no setting: did you mean ignore?",
            id="an unknown key of a path",
        ),
        pytest.param(
            "per-path = 'tests'", "1: per-path.0 must be a table, not 'tests'", id="no table"
        ),
        pytest.param(
            "[rules.no-dots.with]\nallow-in-int = true",
            "1: check 'relative-import' has no option 'allow-in-int'; "
            "did you mean 'allow-in-init'?",
            id="an unknown option",
        ),
        pytest.param(
            "[rules.no-dots]\nwith = {allow-in-init = 'x'}",
            "1: option 'allow-in-init' must be true or false",
            id="an option's value",
        ),
        pytest.param(
            "[rules.magic-none]\nwith = {x = 1}",
            "1: rule 'magic-none' has no check that takes 'with'",
            id="with of a pattern",
        ),
        pytest.param(
            "[rules.no-dots]\noptions = {symmetric_eq = true}",
            "1: rule 'no-dots' has no pattern that takes 'options'",
            id="options of a check",
        ),
        pytest.param(
            "[rules.magic-none]\noptions = {symmetric_eqs = true}",
            "1: the option 'symmetric_eqs' is not supported; did you mean 'symmetric_eq'?",
            id="an unknown option of patterns",
        ),
        pytest.param(
            "[rules.magic-none]\noptions = {symmetric_eq = 'yes'}",
            "1: option 'symmetric_eq' must be true or false",
            id="a value of an option of patterns",
        ),
        pytest.param(
            "[rules.words]\nwith = {vreb = 'x'}",
            "1: the text of rule 'words' has no option 'vreb'",
            id="an option that no text has",
        ),
        pytest.param(
            "[rules.magic-none]\nseverity = 'info'",
            "2: rules.magic-none.severity is no setting: write it under severity, "
            'as magic-none = "..."',
            id="a severity in the wrong table",
        ),
        pytest.param(
            "output-format = 'pdf'", "1: output-format 'pdf' is none; known are", id="a format"
        ),
    ],
)
def test_what_fits_nothing_is_told_with_its_line(project: Path, settings: str, told: str) -> None:
    write(project, {"stuck-rules.toml": settings})
    answer = run(project, "scan")
    assert (answer.code, answer.out) == (2, "")
    assert f"stuck-rules: stuck-rules.toml:{told}" in answer.err
    assert_told_once(answer, "stuck-rules:")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        pytest.param(["--severity", "x"], "--severity takes ID=LEVEL, not 'x'", id="no level"),
        pytest.param(
            ["--severity", "magic-none=bad"],
            "--severity: severity.magic-none must be one of info, warning, error, not 'bad'",
            id="an unknown level",
        ),
        pytest.param(["--extend-select", "zzz"], "--extend-select: no rule or entry", id="no rule"),
        pytest.param(["--config", "selects=[]"], "--config: selects is no setting", id="no key"),
    ],
)
def test_what_is_wrong_with_a_flag_is_told(project: Path, argv: list[str], told: str) -> None:
    answer = run(project, "scan", *argv)
    assert (answer.code, answer.out) == (2, "")
    assert_told_once(answer, f"stuck-rules: {told}")


def test_paths_without_files_are_told_when_all_is_scanned(project: Path) -> None:
    settings = "[[per-path]]\npaths = ['tset/**']\nignore = ['magic-none']\n"
    write(project, {"stuck-rules.toml": settings})
    note = "stuck-rules.toml:1: per-path: no checked file matches tset/**"
    assert note in run(project, "scan").err
    assert note in run(project / "src", "scan", "..").err.replace("../", "")
    assert note not in run(project, "scan", "src").err


def test_other_commands_show_rules_as_they_run(project: Path) -> None:
    write(project, {"stuck-rules.toml": "[severity]\nold-call = 'info'\n"})
    assert "old-call      info" in run(project, "rules").out
    assert "old-call (info," in run(project, "explain", "old-call").out
    assert "old-call      warning" in run(project, "rules", "--isolated").out


def test_examples_prove_the_rulebook_as_it_stands(project: Path) -> None:
    rule = (
        "rules:\n  - id: dots\n    message: m\n    check: relative-import\n"
        "    examples: {bad: [{path: a/__init__.py, code: 'from . import x'}]}\n"
    )
    settings = "[rules.dots]\nwith = {allow-in-init = true}\n"
    write(project, {"rules.yaml": rule, "stuck-rules.toml": settings})
    assert run(project, "test").code == 0


def test_the_environment_is_asked(project: Path) -> None:
    answer = run(
        project,
        "scan",
        environment={"STUCK_RULES_SELECT": "old-call", "STUCK_RULES_OUTPUT_FORMAT": "concise"},
    )
    assert answer.code == 1
    assert [line.split(" ")[0] for line in answer.out.splitlines()] == [
        "src/a.py:2:1:",
        "tests/b.py:2:1:",
    ]


def test_the_level_of_a_path_decides_the_exit_code(project: Path) -> None:
    settings = "fail-level = 'error'\n" + in_tests("severity = {'*' = 'info'}")
    write(project, {"stuck-rules.toml": settings})
    assert run(project, "scan", "tests").code == 0
    assert run(project, "scan", "src").code == 1


def test_a_list_of_files_that_is_split_has_one_answer(project: Path) -> None:
    write(
        project,
        {
            "stuck-rules.toml": "ignore = ['old-call']\n",
            "tests/stuck-rules.toml": "ignore = ['magic-none']\n",
            "tests/rules.yaml": "rules:\n  - {id: x, message: m, pattern: x}\n",
        },
    )
    whole = run(project, "scan", "--output-format", "concise", "src/a.py", "tests/b.py").out
    parts = [
        run(project, "scan", "--output-format", "concise", name).out
        for name in ("src/a.py", "tests/b.py")
    ]
    assert whole == "".join(parts)
    assert whole.count("magic-none") == 2


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param("", ["qa/c.py"], id="the usual ones"),
        pytest.param("tests = ['qa/']", ["tests/b.py"], id="others"),
        pytest.param("tests = ['qa/', 'tests/']", [], id="both"),
    ],
)
def test_what_tests_are_can_be_said(project: Path, settings: str, expected: list[str]) -> None:
    usual = '[test/, tests/, "test_*.py", "*_test.py", tests.py, conftest.py]'
    rule = (
        "rules:\n"
        f"  - {{id: one, message: m, pattern: f(), paths: {{exclude: {usual}}}}}\n"
        f"  - {{id: two, message: m, pattern: g(), paths: {{include: {usual}}}}}\n"
        "  - {id: own, message: m, pattern: f(), paths: {exclude: [tests/, qa/]}}\n"
    )
    write(project, {"rules.yaml": rule, "qa/c.py": "f()\n", "tests/b.py": "f()\n"})
    assert hits(project, settings=settings) == [f"{path} one warning" for path in expected]
    write(project, {"qa/c.py": "g()\n", "tests/b.py": "g()\n"})
    found = {hit.split()[0] for hit in hits(project, settings=settings)}
    assert found == {"qa/c.py", "tests/b.py"} - set(expected)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param('extend-select = ["off"]\n', id="everywhere"),
        pytest.param(
            '[[per-path]]\npaths = ["tests"]\nextend-select = ["off"]\n', id="for some paths"
        ),
    ],
)
def test_a_flag_that_selects_means_these_rules_alone(project: Path, settings: str) -> None:
    write(project, {"stuck-rules.toml": settings})
    assert "off" in run(project, "scan", "--output-format", "concise").out
    alone = run(project, "scan", "--select", "old-call", "--output-format", "concise").out
    assert "old-call" in alone
    assert " off " not in alone
