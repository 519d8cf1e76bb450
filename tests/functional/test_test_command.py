"""`stuck-rules test` as a user meets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.program import run, write

RULES = """\
rules:
  - id: no-shell
    message: m
    severity: ERROR
    languages: [python]
    pattern: subprocess.run(..., shell=True, ...)
    fix: run_safely()
"""
TARGET = """\
import subprocess

# ruleid: no-shell
subprocess.run(x, shell=True)
# ok: no-shell
subprocess.run(x)
"""
FIXED = TARGET.replace("subprocess.run(x, shell=True)", "run_safely()")


def test_annotations_that_hold(tmp_path: Path) -> None:
    write(tmp_path, {"r.yaml": RULES, "r.py": TARGET, "r.fixed.py": FIXED})
    done = run(tmp_path, "test", "r.yaml")
    assert (done.code, done.out) == (0, "")
    assert "1 rules, 0 examples, 2 annotations, 0 failures" in done.err


@pytest.mark.parametrize("path", ["r.yaml", "r.py", ".", "rules/.."])
def test_a_path_may_be_either_file_or_a_folder(path: str, tmp_path: Path) -> None:
    write(tmp_path, {"r.yaml": RULES, "r.py": TARGET, "rules/x.txt": ""})
    assert run(tmp_path, "test", path).code == 0


FAILING = [
    pytest.param(
        TARGET.replace("shell=True", "shell=False"),
        "r.py:4: no-shell: must be flagged and is not",
        "the call on line 4 matched but for `shell=True`",
        id="miss",
    ),
    pytest.param(
        TARGET.replace("run(x)", "run(x, shell=True)"),
        "r.py:6:1: no-shell: is flagged, and must not be",
        "",
        id="false alarm",
    ),
    pytest.param(
        TARGET + "subprocess.run(y, shell=True)\n",
        "r.py:7:1: no-shell: is flagged, and no annotation says so",
        "",
        id="not annotated",
    ),
    pytest.param(
        TARGET.replace("ok: no-shell", "ok: no-shel"),
        "r.py:5: no-shel: no rule is named 'no-shel'; did you mean 'no-shell'?",
        "",
        id="unknown rule",
    ),
    pytest.param(
        TARGET.replace("ruleid: no-shell", "ruleid: no shell!"),
        "r.py:3: no shell!: no rule is named 'no shell!'",
        "",
        id="an expectation that cannot be read",
    ),
]


@pytest.mark.parametrize(("target", "line", "hint"), FAILING)
def test_annotations_that_do_not_hold(target: str, line: str, hint: str, tmp_path: Path) -> None:
    write(tmp_path, {"r.yaml": RULES, "r.py": target})
    done = run(tmp_path, "test", "r.yaml")
    assert done.code == 1
    assert line in done.out
    assert hint in done.out


def test_a_fix_that_differs_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"r.yaml": RULES, "r.py": TARGET, "r.fixed.py": TARGET})
    done = run(tmp_path, "test", "r.yaml")
    assert done.code == 1
    assert "r.fixed.py:4: no-shell: the fixes do not produce this" in done.out
    assert "    +run_safely()" in done.out


@pytest.mark.parametrize(
    ("annotation", "code", "note"),
    [
        pytest.param("todoruleid", "shell=False", "", id="not yet"),
        pytest.param(
            "todoruleid", "shell=True", "is flagged by now: make it 'ruleid'", id="by now"
        ),
        pytest.param("todook", "shell=True", "", id="still"),
        pytest.param(
            "todook", "shell=False", "is not flagged any more: make it 'ok'", id="no more"
        ),
    ],
)
def test_what_is_to_be_done_fails_nothing(
    annotation: str, code: str, note: str, tmp_path: Path
) -> None:
    target = f"import subprocess\n# {annotation}: no-shell\nsubprocess.run(x, {code})\n"
    write(tmp_path, {"r.yaml": RULES, "r.py": target})
    done = run(tmp_path, "test", "r.yaml")
    assert done.code == 0
    assert note in done.err


def test_a_run_without_any_test_is_no_success(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml": RULES, "empty/x.txt": ""})
    done = run(tmp_path, "test")
    assert done.code == 2
    assert "warning: rule no-shell has no example" in done.err
    assert "no example was found, so nothing is proven" in done.err
    assert run(tmp_path, "test", "rules.yaml").code == 2
    nothing = run(tmp_path, "test", "empty")
    assert nothing.code == 2
    assert "no rule file was found" in nothing.err


@pytest.mark.parametrize(
    ("files", "argument", "words"),
    [
        pytest.param({}, "gone.yaml", "no such file or folder", id="missing"),
        pytest.param({"a.py": "x\n"}, "a.py", "no a.yaml stands beside it", id="target alone"),
        pytest.param({"r.yaml": RULES, "r.py": "x = (\n"}, "r.yaml", "r.py", id="broken target"),
        pytest.param(
            {"r.yaml": RULES, "r.py": b"# coding: utf-8\n\xff\n"},
            "r.yaml",
            "cannot be read",
            id="bytes",
        ),
        pytest.param(
            {"r.yaml": "rules: [{id: a}]\n"}, "r.yaml", "needs exactly one", id="broken rule"
        ),
    ],
)
def test_what_cannot_be_tested_is_told(
    files: dict[str, str | bytes], argument: str, words: str, tmp_path: Path
) -> None:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    done = run(tmp_path, "test", argument)
    assert done.code == 2
    assert words in done.err


def test_a_target_may_speak_of_rules_that_are_not_chosen(tmp_path: Path) -> None:
    more = "  - {id: other, message: m, pattern: old()}\n"
    js = "  - {id: js, message: m, languages: [javascript], pattern: x}\n"
    target = TARGET + "# ruleid: other, js\nold()\n"
    write(tmp_path, {"r.yaml": RULES + more + js, "r.py": target})
    for choice in (("--select", "no-shell"), ("--ignore", "other"), ()):
        done = run(tmp_path, "test", "r.yaml", *choice)
        assert (done.code, done.out) == (0, "")


def test_one_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.yaml": RULES,
            "a.py": "x = (\n",
            "b.yaml": "rules: [{id: a, message: m, pattern: 'f('}]\n",
            "c.yaml": RULES,
            "c.py": TARGET.replace("shell=True", "shell=False"),
        },
    )
    done = run(tmp_path, "test", ".", "--output-format", "json")
    assert done.code == 2
    assert [error["path"] for error in done.objects("errors")] == ["b.yaml", "a.py"]
    assert done.report["summary"] == {
        "rules": 2,
        "examples": 0,
        "annotations": 2,
        "failures": 1,
        "errors": 2,
    }


def test_rule_files_of_a_folder_may_share_ids_with_one_another(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            f"{name}/r.{end}": text
            for name in "ab"
            for end, text in (("yaml", RULES), ("py", TARGET))
        }
        | {"compose.yaml": "services: {}\n"},
    )
    done = run(tmp_path, "test", ".")
    assert (done.code, done.out) == (0, "")
    assert "2 rules, 0 examples, 4 annotations, 0 failures" in done.err


def test_in_a_folder_of_the_rules_name_their_paths_count(tmp_path: Path) -> None:
    paths = "    paths: {include: [src/]}\n"
    write(
        tmp_path,
        {
            "r.yaml": RULES + paths,
            "r.py": TARGET,
            "r/src/a.py": TARGET,
            "r/lib/a.py": TARGET.replace("ruleid", "ok"),
        },
    )
    assert run(tmp_path, "test", "r.yaml").code == 0
    write(tmp_path, {"r/lib/a.py": TARGET})
    done = run(tmp_path, "test", "r.yaml")
    assert done.code == 1
    assert "r/lib/a.py:4: no-shell: must be flagged and is not\n    the rule's paths" in done.out


def test_targets_may_be_kept_apart_from_the_rules(tmp_path: Path) -> None:
    write(tmp_path, {"rules/a/r.yaml": RULES, "targets/a/r.py": TARGET, "x.py": TARGET})
    for rules, path in (("rules", "targets"), ("rules/a/r.yaml", "x.py")):
        done = run(tmp_path, "test", "--rulebook", rules, path)
        assert (done.code, done.out) == (0, "")
        assert "1 rules, 0 examples, 2 annotations, 0 failures" in done.err


def test_a_rule_that_no_annotation_names_is_told(tmp_path: Path) -> None:
    more = "  - {id: other, message: m, pattern: old()}\n"
    write(tmp_path, {"r.yaml": RULES + more, "r.py": TARGET})
    done = run(tmp_path, "test", "r.yaml")
    assert done.code == 0
    assert "r.yaml:8: warning: rule other has no example" in done.err


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="carriage returns"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="only carriage returns"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: "# é 漢字 😀\n" + text, id="beyond ASCII"),
        pytest.param(lambda text: text.rstrip("\n"), id="no line end"),
    ],
)
def test_any_text_may_be_a_target(change: Callable[[str], str], tmp_path: Path) -> None:
    files = {"r.yaml": RULES, "r.py": change(TARGET), "r.fixed.py": FIXED}
    if "é" in files["r.py"]:
        files["r.fixed.py"] = change(FIXED)
    write(tmp_path, files)
    done = run(tmp_path, "test", "r.yaml")
    assert (done.code, done.out) == (0, "")


def test_a_fixed_file_is_a_proof_by_itself(tmp_path: Path) -> None:
    code = "import subprocess\nsubprocess.run(shell=True)\n"
    write(
        tmp_path,
        {
            "r.yaml": RULES,
            "r.py": code + "# todook: no-shell\nsubprocess.run(shell=True)\n",
            "r.fixed.py": "import subprocess\nrun_safely()\n# todook: no-shell\nrun_safely()\n",
        },
    )
    done = run(tmp_path, "test", "r.yaml")
    assert done.out == "r.py:2:1: no-shell: is flagged, and no annotation says so\n"


def test_what_files_hold_does_not_reach_the_terminal(tmp_path: Path) -> None:
    write(tmp_path, {"r.yaml": RULES, "r.py": TARGET, "r.fixed.py": TARGET + "x = '\x1b[31m'\n"})
    done = run(tmp_path, "test", "r.yaml")
    assert done.code == 1
    assert "\x1b" not in done.out
    assert "\\x1b[31m" in done.out


def test_rules_for_other_languages_are_told(tmp_path: Path) -> None:
    other = "  - {id: js, message: m, languages: [javascript], pattern: x}\n"
    write(tmp_path, {"r.yaml": RULES + other, "r.py": TARGET})
    done = run(tmp_path, "test", "r.yaml")
    assert done.code == 0
    assert "js is for javascript: skipped" in done.err


def test_a_miss_of_an_example_says_how_far_it_got(tmp_path: Path) -> None:
    examples = '    examples: {bad: ["import subprocess\\nsubprocess.run(x, shell=0)"]}\n'
    write(tmp_path, {"rules.yaml": RULES + examples})
    done = run(tmp_path, "test")
    assert done.code == 1
    assert "rules.yaml:8: no-shell: a bad example is not flagged" in done.out
    assert "    the call on line 2 matched but for `shell=True`" in done.out


def test_paths_that_leave_an_example_out_are_the_reason(tmp_path: Path) -> None:
    rest = "    paths: {include: [src/]}\n    examples: {bad: [{path: a.py, code: 'x'}]}\n"
    write(tmp_path, {"rules.yaml": RULES + rest})
    assert "the rule's paths leave out a.py" in run(tmp_path, "test").out


def test_rules_may_be_chosen(tmp_path: Path) -> None:
    more = "  - {id: other, message: m, pattern: x, examples: {bad: [y]}}\n"
    write(tmp_path, {"r.yaml": RULES + more, "r.py": TARGET})
    assert run(tmp_path, "test", "r.yaml").code == 1
    assert run(tmp_path, "test", "r.yaml", "--select", "no-shell").code == 0
    assert run(tmp_path, "test", "r.yaml", "--ignore", "other").code == 0
    assert run(tmp_path, "test", "r.yaml", "--select", "no-shel").code == 2


def test_json(tmp_path: Path) -> None:
    write(tmp_path, {"r.yaml": RULES, "r.py": TARGET.replace("shell=True", "shell=False")})
    done = run(tmp_path, "test", "r.yaml", "--output-format", "json")
    assert done.code == 1
    assert done.report["summary"] == {
        "rules": 1,
        "examples": 0,
        "annotations": 2,
        "failures": 1,
        "errors": 0,
    }
    (book,) = done.objects("rulebooks")
    assert book["rules"] == [
        {"id": "no-shell", "line": 2, "examples": 0, "annotations": 2, "failures": 1}
    ]
    assert book["failures"] == [
        {
            "rule": "no-shell",
            "kind": "missed",
            "path": "r.py",
            "line": 4,
            "column": None,
            "message": "must be flagged and is not",
            "hint": "the call on line 4 matched but for `shell=True`: it is "
            "`subprocess.run(x, shell=False)`",
        }
    ]
