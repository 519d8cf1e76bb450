"""The baseline as a user meets it: what it hides, what it tells, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.program import run, write

FILE = ".stuck-rules-baseline.json"
RULES = """\
rules:
  - id: magic-none
    message: MagicNone is defined nowhere.
    severity: error
    pattern: MagicNone
    fix: MagicMock()
  - id: hint
    message: new(1) reads better as one().
    severity: info
    pattern: new(1)
  - id: no-tabs
    message: tabs
    severity: warning
    text: '\\t'
    paths: {include: ["*.cfg"]}
  - id: one-conftest
    message: One conftest.py is enough.
    severity: warning
    files: {glob: "**/conftest.py", max: 1}
"""
TREE = {
    "rules.yaml": RULES,
    "src/a.py": "x = MagicNone\ny = MagicNone\nnew(1)\n",
    "src/b.py": "y = 'fine'\n",
    "setup.cfg": "[a]\nb =\t1\n",
    "one/conftest.py": "",
    "two/conftest.py": "",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with five violations, all of them in its baseline."""
    write(tmp_path, TREE)
    made = run(tmp_path, "baseline", "create")
    assert made.code == 0, made.err
    assert made.err == f"{FILE}: 5 violations of 4 rules in 3 files\n"
    return tmp_path


def concise(project: Path, *argv: str) -> list[str]:
    """The places and rules that a scan tells."""
    answer = run(project, "scan", "--output-format", "concise", *argv)
    assert answer.code == (1 if answer.out else 0), answer.err
    return [" ".join(line.split()[:2]) for line in answer.out.splitlines()]


def items(project: Path) -> list[tuple[str, str, int]]:
    document = json.loads((project / FILE).read_text())
    return [(item["path"], item["rule"], item["count"]) for item in document["items"] if item]


def test_what_is_known_is_hidden_and_told_in_a_line(project: Path) -> None:
    answer = run(project, "scan")
    assert (answer.code, answer.out) == (0, "")
    assert f"note: 5 known violations are in the baseline {FILE}\n" in answer.err


def test_what_is_new_is_told_alone(project: Path) -> None:
    write(project, {"src/a.py": "x = MagicNone\nz = MagicNone\ny = MagicNone\nnew(1)\n"})
    assert concise(project) == ["src/a.py:2:5: magic-none"]


def test_all_are_told_where_the_baseline_is_left_out(project: Path) -> None:
    assert len(concise(project, "--no-baseline")) == 5


def test_known_ones_are_shown_as_suppressed_where_asked_for(project: Path) -> None:
    answer = run(project, "scan", "--show-suppressed", "--output-format", "json")
    assert answer.code == 0
    reasons = {json.dumps(violation["suppressed"]) for violation in answer.objects("violations")}
    assert reasons == {json.dumps({"kind": "baseline", "reason": f"in the baseline {FILE}"})}
    assert len(answer.objects("violations")) == 5


def test_fixing_fixes_what_is_known_too(project: Path) -> None:
    fixed = run(project, "scan", "--fix")
    assert fixed.code == 0
    assert "Fixed 2 violations in 1 file" in fixed.err
    assert "2 violations are in the baseline" in fixed.err
    assert run(project, "baseline", "prune").err == (
        f"{FILE}: 2 dropped; 3 violations of 3 rules in 3 files\n"
    )
    assert ("src/a.py", "magic-none", 1) not in items(project)


def test_create_refuses_to_overwrite(project: Path) -> None:
    before = (project / FILE).read_bytes()
    answer = run(project, "baseline", "create")
    assert answer.code == 2
    assert answer.err.startswith(f"stuck-rules: {FILE}: is there already")
    assert (project / FILE).read_bytes() == before


def test_prune_drops_what_is_gone_and_nothing_else(project: Path) -> None:
    write(project, {"src/a.py": "x = MagicNone\nz = MagicNone\n"})
    assert "note: 2 violations are in the baseline" in run(project, "scan").err
    assert run(project, "baseline", "prune").err.startswith(f"{FILE}: 2 dropped; 3 violations")
    assert concise(project) == ["src/a.py:2:5: magic-none"]
    assert "no longer" not in run(project, "scan").err
    again = (project / FILE).read_bytes()
    assert run(project, "baseline", "prune").err.startswith(f"{FILE}: nothing to change")
    assert (project / FILE).read_bytes() == again


def test_update_swallows_nothing_new_unless_told(project: Path) -> None:
    (project / "src" / "a.py").rename(project / "src" / "c.py")
    write(project, {"src/b.py": "z = MagicNone\n"})
    answer = run(project, "baseline", "update")
    assert answer.code == 1
    assert f"{FILE}: 3 moved; 5 violations" in answer.err
    assert "1 new violation left out" in answer.err
    assert concise(project) == ["src/b.py:1:5: magic-none"]
    accepted = run(project, "baseline", "update", "--accept-new")
    assert (accepted.code, "1 taken in; 6 violations" in accepted.err) == (0, True)
    assert concise(project) == []


def test_an_update_that_leaves_out_no_more_than_hints_is_no_failure(project: Path) -> None:
    write(project, {"src/b.py": "new(1)\n"})
    answer = run(project, "baseline", "update")
    assert (answer.code, "1 new violation left out" in answer.err) == (0, True)


def test_show_counts_by_rule_and_file(project: Path) -> None:
    write(project, {"src/a.py": "x = MagicNone\nnew(1)\n"})
    assert run(project, "baseline", "show").out == (
        f"{FILE}: 5 violations of 4 rules in 3 files\n"
        "hint: 1\n     1  src/a.py\n"
        "magic-none: 2\n     2  src/a.py (1 stale)\n"
        "no-tabs: 1\n     1  setup.cfg\n"
        "one-conftest: 1\n     1  two/conftest.py\n"
    )
    shown = run(project, "baseline", "show", "--output-format", "json").report
    assert shown["summary"] == {"violations": 5, "stale": 1}


@pytest.mark.parametrize(
    "argv",
    [
        pytest.param(["src/b.py"], id="another file"),
        pytest.param(["one"], id="another folder"),
        pytest.param([".", "--select", "hint"], id="another rule"),
        pytest.param([".", "--ignore", "magic-none"], id="without the rule"),
        pytest.param([".", "--exclude", "src"], id="without the folder"),
        pytest.param([".", "--rulebook", "other.yaml"], id="another rulebook"),
    ],
)
def test_a_run_that_did_not_look_calls_nothing_stale(project: Path, argv: list[str]) -> None:
    other = "rules: [{id: other, message: m, severity: error, pattern: other()}]\n"
    write(project, {"src/a.py": "new(1)\n", "other.yaml": other})
    before = (project / FILE).read_bytes()
    assert "no longer" not in run(project, "scan", *argv).err
    assert "nothing to change" in run(project, "baseline", "prune", *argv).err
    assert run(project, "baseline", "update", "--accept-new", *argv).code == 0
    assert (project / FILE).read_bytes() == before


def test_what_a_removed_rule_left_is_stale(project: Path) -> None:
    write(project, {"rules.yaml": RULES.replace("magic-none", "magic-nothing")})
    assert "2 violations are in the baseline" in run(project, "scan").err


@pytest.mark.parametrize("command", [["scan"], ["baseline", "update"], ["baseline", "prune"],
                                     ["baseline", "show"]])  # fmt: skip
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"{}", id="foreign"),
        pytest.param(b"<<<<<<< a\n", id="in conflict"),
        pytest.param(b"", id="empty"),
    ],
)
def test_what_is_no_baseline_is_an_error(project: Path, command: list[str], content: bytes) -> None:
    write(project, {FILE: content})
    answer = run(project, *command)
    assert answer.code == 2
    assert answer.err.startswith(f"stuck-rules: {FILE}")
    assert (project / FILE).read_bytes() == content


def test_a_missing_baseline_is_an_error_where_it_is_named(project: Path) -> None:
    answer = run(project, "scan", "--baseline", "gone.json")
    assert (answer.code, answer.err.startswith("stuck-rules: gone.json: no such")) == (2, True)
    write(project, {"stuck-rules.toml": 'baseline = "gone.json"\n'})
    assert run(project, "scan").code == 2
    assert run(project, "baseline", "prune").code == 2
    assert run(project, "scan", "--no-baseline").code == 1


def test_a_named_baseline_is_relative_to_where_it_is_named(project: Path) -> None:
    (project / FILE).rename(project / "src" / "known.json")
    assert run(project / "src", "scan", "--baseline", "known.json", "..").code == 0
    write(project, {"stuck-rules.toml": 'baseline = "src/known.json"\n'})
    assert run(project / "src", "scan", "..").code == 0


def test_a_link_to_nowhere_hides_nothing(project: Path) -> None:
    (project / FILE).unlink()
    (project / FILE).symlink_to("gone.json")
    assert run(project, "scan").code == 2
    assert run(project, "baseline", "create").code == 2


def test_nothing_is_written_where_something_cannot_be_checked(project: Path) -> None:
    before = (project / FILE).read_bytes()
    write(project, {"src/b.py": "MagicNone(\n", "src/a.py": ""})
    for action in ("update", "prune"):
        answer = run(project, "baseline", action)
        assert answer.code == 2
        assert "src/b.py:1" in answer.err
        assert "left alone" in answer.err
    assert (project / FILE).read_bytes() == before


def test_what_lies_outside_of_the_root_is_in_no_baseline(project: Path, tmp_path: Path) -> None:
    write(tmp_path.parent / "outside", {"src/a.py": "x = MagicNone\n"})
    (project / ".git").mkdir()
    write(project, {".git/HEAD": "ref: refs/heads/main\n"})
    outside = "../outside/src/a.py"
    assert concise(project, "src", outside) == [f"{outside}:1:5: magic-none"]


def test_adding_what_is_there_elsewhere_is_new(project: Path) -> None:
    write(project, {"src/b.py": "x = MagicNone\n"})
    assert concise(project) == concise(project, "src/b.py") == ["src/b.py:1:5: magic-none"]


def test_only_an_update_takes_new_ones_in(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "baseline", "prune", "--accept-new").code == 2
    assert run(project, "baseline").code == 2
    assert "--accept-new" in capsys.readouterr().err


def loaded_by(project: Path, *argv: str) -> set[str]:
    script = (
        "import sys\nfrom stuck_rules.cli.main import main\nmain(sys.argv[1:])\n"
        "print('loaded:', *(name for name in sys.modules "
        "if 'baselin' in name or name == 'stuck_rules.changes'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *argv],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_a_scan_without_a_baseline_loads_nothing_of_it(project: Path) -> None:
    assert "stuck_rules.baselining" in loaded_by(project, "scan")
    (project / FILE).unlink()
    assert loaded_by(project, "scan") == set()


NESTED = """\
rules:
  - {id: old, message: m, severity: error, pattern: old($X), fix: new($X)}
  - {id: keep, message: m, severity: error, pattern: keep(...)}
"""


@pytest.mark.parametrize("argv", [["--fix"], ["--fix", "--output-format", "json"]])
def test_what_is_known_of_a_statement_that_a_fix_changes_stays_known(
    tmp_path: Path, argv: list[str]
) -> None:
    write(tmp_path, {"rules.yaml": NESTED, "a.py": "keep(old(1))\nkeep(old(2))\n"})
    assert run(tmp_path, "baseline", "create").code == 0
    write(tmp_path, {"a.py": "keep(old(1))\nkeep(old(2))\nkeep(old(3))\n"})
    fixed = run(tmp_path, "scan", *argv)
    assert fixed.code == 1
    assert (tmp_path / "a.py").read_text() == "keep(new(1))\nkeep(new(2))\nkeep(new(3))\n"
    assert concise(tmp_path) == ["a.py:3:1: keep"]
    assert run(tmp_path, "baseline", "prune").code == 0
    assert items(tmp_path) == [("a.py", "keep", 1), ("a.py", "keep", 1)]


def test_a_try_changes_no_baseline(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml": NESTED, "a.py": "keep(old(1))\n"})
    assert run(tmp_path, "baseline", "create").code == 0
    before = (tmp_path / FILE).read_bytes()
    assert run(tmp_path, "scan", "--diff").code == 1
    assert (tmp_path / FILE).read_bytes() == before


def test_nothing_is_fixed_where_the_baseline_is_none(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml": NESTED, "a.py": "old(1)\n", FILE: "{}"})
    assert run(tmp_path, "scan", "--fix").code == 2
    assert (tmp_path / "a.py").read_text() == "old(1)\n"


def test_text_is_known_by_its_lines_wherever_they_stand(project: Path) -> None:
    write(project, {"setup.cfg": "# words\n\n[a]\n  b  =\t1\n"})
    assert concise(project) == []
    (project / "setup.cfg").rename(project / "other.cfg")
    assert concise(project) == []
    write(project, {"other.cfg": "[a]\nb =\t1\nb =\t1\n"})
    assert concise(project) == ["other.cfg:3:4: no-tabs"]


def test_what_is_said_of_a_whole_file_is_known_whatever_the_file_says(tmp_path: Path) -> None:
    rules = "rules:\n- {id: empty, message: m, severity: error, check: test-module}\n"
    write(tmp_path, {"rules.yaml": rules, "test_a.py": '"""Words."""\nx = 1\n'})
    assert run(tmp_path, "baseline", "create").code == 0
    write(tmp_path, {"test_a.py": "import os\ny = 2\n"})
    assert concise(tmp_path) == []
    (tmp_path / "test_a.py").rename(tmp_path / "test_b.py")
    assert concise(tmp_path) == []
    write(tmp_path, {"test_a.py": "import os\n"})
    assert concise(tmp_path) == ["test_b.py:1:1: empty"]


def test_a_file_too_many_is_known_where_it_stands_and_one_more_is_new(project: Path) -> None:
    write(project, {"three/conftest.py": ""})
    told = ["three/conftest.py:1:1: one-conftest"]
    assert concise(project) == concise(project, "three") == concise(project, "one") == told


def test_no_baseline_beside_a_named_one_is_refused(project: Path) -> None:
    answer = run(project, "scan", "--baseline", "known.json", "--no-baseline")
    assert answer.code == 2
    assert "do not name one by --baseline" in answer.err
