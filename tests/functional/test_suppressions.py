"""Suppressions as a user meets them: what they hide, what is said of them, and the fix."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stuck_rules.reporters import FORMATS
from tests.functional.program import Answer, run, write

RULES = """\
rules:
  - {id: slow-call, message: old() is slow., pattern: old(...), fix: new()}
  - {id: bad-name, message: Bad is bad., severity: error, pattern: Bad}
  - {id: off, message: m, pattern: off(), enabled: false}
  - {id: todo, message: Do it., text: TODO, paths: {include: ["*.yml"]}}
  - {id: one-conf, message: One is enough., files: {glob: "conf*.py", max: 1}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES})
    return tmp_path


def content(project: Path, name: str = "a.py") -> str:
    return (project / name).read_bytes().decode()


def rules_of(answer: Answer) -> list[object]:
    return [violation["rule"] for violation in answer.objects("violations")]


def scan(project: Path, *arguments: str) -> Answer:
    return run(project, "scan", "--output-format", "json", *arguments)


def test_a_clean_project_stays_clean(project: Path) -> None:
    write(project, {"a.py": "# stuck-rules: ignore-file[slow-call] -- r\nold()\n"})
    answer = run(project, "scan")
    assert (answer.code, answer.out) == (0, "")


UNUSED = "x = 1  # stuck-rules: ignore[slow-call] -- it was slow\n"


def test_an_unused_one_fails_the_scan(project: Path) -> None:
    write(project, {"a.py": UNUSED})
    answer = run(project, "scan", "--output-format", "concise")
    assert (answer.code, answer.out) == (
        1,
        "a.py:1:8: unused-suppression nothing here breaks 'slow-call' (any more)\n",
    )
    assert "1 violation (0 errors, 1 warning, 0 infos)" in answer.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param((), ["unused-suppression"], id="by itself"),
        pytest.param(("--ignore", "unused-suppression"), [], id="switched off"),
        pytest.param(("--ignore", "*-suppression"), [], id="all switched off"),
        pytest.param(("--select", "slow-call"), [], id="another rule alone"),
        pytest.param(("--select", "unused-suppression"), ["unused-suppression"], id="alone"),
        pytest.param(
            ("--select", "slow-call,unused-suppression"), ["unused-suppression"], id="both"
        ),
        pytest.param(("--select", "bad-name,unused-suppression"), [], id="its rule did not run"),
        pytest.param(("--ignore", "slow-call"), [], id="its rule switched off"),
    ],
)
def test_which_run(project: Path, arguments: tuple[str, ...], expected: list[str]) -> None:
    write(project, {"a.py": UNUSED})
    answer = scan(project, *arguments)
    assert (answer.code, rules_of(answer)) == (int(bool(expected)), expected)


def test_the_settings_switch_one_off(project: Path) -> None:
    write(project, {"a.py": UNUSED, "stuck-rules.toml": 'ignore = ["unused-suppression"]\n'})
    assert run(project, "scan").code == 0


def test_the_settings_say_how_bad_one_is_and_where_it_counts(project: Path) -> None:
    settings = (
        'severity = {unused-suppression = "error"}\n'
        '[[per-path]]\npaths = ["old/"]\nignore = ["unused-suppression"]\n'
        '[[per-path]]\npaths = ["tests/"]\nignore = ["slow-call"]\n'
        '[[per-path]]\npaths = ["new/"]\nseverity = {unused-suppression = "info"}\n'
    )
    files = {f"{folder}/a.py": UNUSED for folder in ("old", "tests", "new", "src")}
    write(project, {"stuck-rules.toml": settings, **files})
    found = scan(project).objects("violations")
    assert [(v["path"], v["severity"]) for v in found] == [
        ("new/a.py", "info"),
        ("src/a.py", "error"),
    ]


def test_what_is_asked_for_makes_no_claim_of_rules_for_other_paths(project: Path) -> None:
    settings = (
        'select = ["bad-name", "unused-suppression"]\n'
        '[[per-path]]\npaths = ["tests/"]\nextend-select = ["slow-call"]\n'
    )
    write(project, {"stuck-rules.toml": settings, "a.py": UNUSED, "tests/a.py": UNUSED})
    found = scan(project).objects("violations")
    assert [violation["path"] for violation in found] == ["tests/a.py"]


def test_asked_for_alone_only_the_built_in_rule_is_told(project: Path) -> None:
    write(project, {"a.py": "old()\n" + UNUSED, "b.py": "def Bad(:\n"})
    answer = scan(project, "--select", "unused-suppression")
    assert rules_of(answer) == ["unused-suppression"]
    assert answer.code == 2
    assert [error["kind"] for error in answer.objects("errors")] == ["syntax"]


@pytest.mark.parametrize("changed", [pytest.param(False, id="all"), pytest.param(True, id="new")])
def test_asked_for_alone_no_other_rule_fixes_anything(project: Path, changed: bool) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=project, check=True)
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(
        ["git", *who, "commit", "-q", "--allow-empty", "-m", "m"], cwd=project, check=True
    )
    write(project, {"a.py": "old()\n# stuck-rules: ignore\nold()\n" + UNUSED})
    since = ("--changed-since", "HEAD") if changed else ()
    answer = scan(project, "--fix", "--select", "unused-suppression", *since)
    assert (answer.code, rules_of(answer)) == (0, [])
    assert content(project) == "old()\n# stuck-rules: ignore\nold()\nx = 1\n"


def test_asked_for_alone_another_may_be_added(project: Path) -> None:
    write(project, {"a.py": "old()\nBad\n" + UNUSED})
    alone = ("--select", "unused-suppression", "--extend-select", "bad-name")
    assert rules_of(scan(project, *alone)) == [
        "bad-name",
        "unused-suppression",
    ]


def test_a_file_that_cannot_be_parsed_makes_no_claim(project: Path) -> None:
    write(project, {"a.py": UNUSED + "old(\n"})
    answer = scan(project)
    assert (answer.code, rules_of(answer)) == (2, [])


def test_a_name_that_is_no_built_in_rule_is_refused(project: Path) -> None:
    answer = run(project, "scan", "--ignore", "unused-supression")
    assert answer.code == 2
    assert "did you mean 'unused-suppression'?" in answer.err


def test_a_rulebook_must_not_take_the_id(project: Path) -> None:
    write(project, {"rules.yaml": RULES + "  - {id: unused-suppression, pattern: x}\n"})
    answer = run(project, "scan")
    assert answer.code == 2
    assert "rules.yaml:7:" in answer.err
    assert "built-in rule" in answer.err


def test_the_fix_removes_what_is_unused(project: Path) -> None:
    before = (
        "x = 1  # noqa  # stuck-rules: ignore[slow-call, bad-name] -- r\r\n"
        "# stuck-rules: ignore[bad-name] -- q\r\n"
        "old(Bad)  # stuck-rules: ignore[bad-name, slow-call] -- r\r\n"
        "old(1)  # stuck-rules: ignore[bad-name] -- r\r\n"
        "y = Bad  # stuck-rules: ignore -- r\r\n"
        "# stuck-rules: ignore[slow-call] -- r"
    )
    write(project, {"a.py": before})
    answer = run(project, "scan", "--fix")
    assert content(project) == (
        "x = 1  # noqa\r\n"
        "# stuck-rules: ignore[bad-name] -- q\r\n"
        "old(Bad)  # stuck-rules: ignore[bad-name, slow-call] -- r\r\n"
        "new()\r\n"
        "y = Bad  # stuck-rules: ignore[bad-name] -- r"
    )
    assert answer.code == 0
    once = content(project)
    assert "Fixed" not in run(project, "scan", "--fix").err
    assert content(project) == once


def test_the_fix_names_what_a_blanket_hides(project: Path) -> None:
    write(project, {"a.py": "x = 1\nold(Bad)  # stuck-rules: ignore -- r\n"})
    assert run(project, "scan", "--fix").code == 0
    assert content(project).endswith("  # stuck-rules: ignore[bad-name, slow-call] -- r\n")


def test_no_fix_of_a_file_that_no_rule_can_match_needs_code(project: Path) -> None:
    write(project, {"a.py": "print 1  # stuck-rules: ignore[slow-call] -- r\n"})
    assert run(project, "scan", "--fix").code == 0
    assert content(project) == "print 1\n"


def test_suppressed_violations_are_not_fixed(project: Path) -> None:
    code = "old()  # stuck-rules: ignore[slow-call] -- r\n"
    write(project, {"a.py": code})
    answer = run(project, "scan", "--fix", "--unsafe-fixes")
    assert (answer.code, content(project)) == (0, code)


def test_an_audit_ignores_them(project: Path) -> None:
    write(project, {"a.py": "old()  # stuck-rules: ignore[slow-call] -- r\n"})
    answer = scan(project, "--ignore-suppressions")
    assert (answer.code, rules_of(answer)) == (1, ["slow-call"])
    assert answer.objects("violations")[0]["suppressed"] is None
    answer = run(project, "scan", "--ignore-suppressions", "--fix")
    assert answer.code == 2
    assert "leave out --ignore-suppressions" in answer.err


def test_files_that_are_no_python(project: Path) -> None:
    text = (
        "a: TODO  # stuck-rules: ignore[todo] -- r\n# stuck-rules: ignore[todo]\nTODO: a\nTODO: b\n"
    )
    write(project, {"a.yml": text, "b.yml": "# stuck-rules: ignore[tood] -- r\n"})
    answer = run(project, "scan", "--output-format", "concise", "--fix")
    assert [line.split(" ")[:2] for line in answer.out.splitlines()] == [
        ["a.yml:2:1:", "suppression-without-reason"],
        ["a.yml:4:1:", "todo"],
        ["b.yml:1:23:", "unknown-suppression"],
    ]
    assert content(project, "a.yml") == text


@pytest.mark.parametrize(
    ("first_line", "expected"),
    [
        ("# stuck-rules: ignore-file[one-conf] -- r\n", []),
        ("x = 1  # stuck-rules: ignore[one-conf] -- r\n", []),
        ("# stuck-rules: ignore-file[slow-call] -- r\n", ["one-conf", "unused-suppression"]),
        ("\n# stuck-rules: ignore[one-conf] -- r\n", ["one-conf"]),
        ('"# stuck-rules: ignore-file[one-conf]"\n', ["one-conf"]),
    ],
)
def test_rules_on_many_files(project: Path, first_line: str, expected: list[str]) -> None:
    write(project, {"conf1.py": "", "conf2.py": first_line})
    assert sorted(map(str, rules_of(scan(project)))) == expected


def test_rules_on_many_files_see_the_comments_of_files_that_were_not_named(project: Path) -> None:
    write(project, {".git/HEAD": "", "conf1.py": ""})
    write(project, {"conf2.py": "# stuck-rules: ignore-file[one-conf] -- r\n"})
    assert rules_of(scan(project, "conf1.py")) == []


def test_what_is_said_of_them_can_be_in_the_baseline(project: Path) -> None:
    settings = 'baseline = "known.json"\n'
    write(project, {"stuck-rules.toml": settings, "a.py": UNUSED, "b.py": UNUSED, "c.py": "Bad\n"})
    assert run(project, "baseline", "create").code == 0
    assert run(project, "scan").code == 0
    assert run(project, "scan", "a.py").code == 0
    write(project, {"a.py": UNUSED * 2})
    assert rules_of(scan(project)) == ["unused-suppression"]
    (project / "b.py").rename(project / "d.py")
    write(project, {"a.py": "\n" + UNUSED})
    assert run(project, "scan").code == 0
    assert run(project, "scan", "d.py").code == 0
    write(project, {"d.py": ""})
    assert "1 violation is in the baseline" in run(project, "scan").err


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_report_tells(project: Path, name: str) -> None:
    write(project, {"a.py": UNUSED})
    answer = run(project, "scan", "--output-format", name)
    assert answer.code == 1
    assert "unused-suppression" in answer.out
    assert "slow-call" in answer.out


def test_sarif_lists_the_built_in_rules(project: Path) -> None:
    write(project, {"a.py": UNUSED})
    answer = run(project, "scan", "--output-format", "sarif")
    assert '"id": "unused-suppression"' in answer.out
    assert '"id": "blanket-suppression"' in answer.out
    answer = run(project, "scan", "--output-format", "sarif", "--select", "slow-call")
    assert "suppression" not in answer.out


def test_they_are_listed_and_explained(project: Path) -> None:
    assert "\nunused-suppression          warning   " in run(project, "rules").out
    listed = run(project, "rules", "--output-format", "json").objects("rules")
    assert [rule["id"] for rule in listed if rule["rulebook"] is None] == [
        "suppression-without-reason",
        "blanket-suppression",
        "unknown-suppression",
        "unused-suppression",
        "malformed-suppression",
    ]
    answer = run(project, "explain", "unused-suppression")
    assert answer.code == 0
    assert answer.out.startswith("unused-suppression (warning, built in)\n")
    assert (
        "did you mean 'blanket-suppression'" in run(project, "explain", "blanket-suppressions").err
    )


def test_judging_a_file_that_no_rule_can_match_loads_no_parser(project: Path) -> None:
    write(project, {"a.py": UNUSED, "b.py": "x = 1\n"})
    code = (
        "import sys; from stuck_rules.cli.main import main; code = main(['scan', sys.argv[1]]);"
        "print(code, 'libcst' in sys.modules, 'stuck_rules.judgement' in sys.modules)"
    )

    def loaded(name: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, name], cwd=project, capture_output=True, check=True
        )
        return done.stdout.decode().splitlines()[-1]

    assert loaded("a.py") == "1 False True"
    assert loaded("b.py") == "0 False False"


def test_a_notebook(project: Path) -> None:
    text = (
        '{"cells": [{"cell_type": "code", "source": ["x = 1\\n",\n'
        '"y = 1  # stuck-rules: ignore[bad-name] -- r\\n",\n'
        '"z = Bad  # stuck-rules: ignore[bad-name] -- r"]}],\n'
        '"metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )
    write(project, {"n.ipynb": text})
    answer = run(project, "scan", "--output-format", "concise")
    assert answer.out.startswith("n.ipynb:cell 1:2:8: unused-suppression ")
    assert run(project, "scan", "--fix").code == 0
    assert content(project, "n.ipynb") == text.replace(
        "  # stuck-rules: ignore[bad-name] -- r", "", 1
    )


@pytest.mark.parametrize("ids", ["blanket-suppression", "suppression-without-reason"])
def test_a_built_in_rule_asked_for_alone_is_a_rule(tmp_path: Path, ids: str) -> None:
    write(tmp_path, {"rules.yaml": RULES, "a.py": "x = 1  # stuck-rules: ignore\n"})
    answer = run(tmp_path, "scan", "--select", ids)
    assert (answer.code, "no rule is enabled" in answer.err) == (1, False)
    off = run(tmp_path, "scan", "--select", ids, "--ignore", ids)
    assert (off.code, "no rule is enabled" in off.err) == (0, True)
