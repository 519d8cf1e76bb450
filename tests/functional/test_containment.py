"""A check that raises, loops or ends its process costs its own result on that file, no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.program import write

PLUGIN = """\
from stuck_rules.plugin import CheckSpec

CHECKS = [CheckSpec("act", "it acts", "acting:Act")]
"""
# A check that does what the names in a file say.
VISITOR = """\
import os, re, signal, sys, time
from stuck_rules.plugin import CheckVisitor


def again():
    again()


class Act(CheckVisitor):
    def visit_Name(self, node):
        getattr(self, "do_" + node.value, str)()

    def do_loop(self):
        while True:
            pass

    def do_steps(self):
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            pass

    def do_cling(self):
        while True:
            try:
                while True:
                    pass
            except:
                pass

    def do_convert(self):
        try:
            self.do_loop()
        except BaseException as error:
            raise ValueError("converted") from error

    def do_sleep(self):
        time.sleep(600)

    def do_backtrack(self):
        re.match("(a|a)+$", "a" * 60 + "b")

    def do_fill(self):
        bytearray(1 << 60)

    def do_recurse(self):
        again()

    def do_leave(self):
        sys.exit(0)

    def do_interrupt(self):
        raise KeyboardInterrupt

    def do_end(self):
        os._exit(0)

    def do_die(self):
        os.kill(os.getpid(), signal.SIGKILL)
"""
RULES = """\
rules:
  - {id: act, message: acted, check: act}
  - {id: no-foo, message: no foo, pattern: foo()}
"""
CONTAINED = [
    pytest.param("loop", "timeout", id="a loop without end"),
    pytest.param("steps\n" * 60, "timeout", id="many steps that take long together"),
    pytest.param("cling", "timeout", id="a loop that catches everything"),
    pytest.param("sleep", "timeout", id="a call that nothing ends"),
    pytest.param("fill", "rule", id="more memory than there is"),
    pytest.param("recurse", "too-deep", id="a recursion without end"),
    pytest.param("leave", "rule", id="an exit"),
    pytest.param("interrupt", "rule", id="an interrupt that is none"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "acts.py": PLUGIN, "acting.py": VISITOR})
    write(tmp_path, {"code/a.py": "foo()\n", "code/z.py": "foo()\n"})
    return tmp_path


def scan(project: Path, jobs: int, *argv: str) -> dict[str, list[dict[str, object]]]:
    """The report of a run of the program that finds something and misses something."""
    options = ["--plugin", "acts", "--jobs", str(jobs), "--config", "rule-timeout=2"]
    done = subprocess.run(
        [sys.executable, "-m", "stuck_rules", "scan", *options, *argv, "code"],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    report: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return report


def told(report: dict[str, list[dict[str, object]]]) -> list[tuple[object, object, object]]:
    return [(error["kind"], error["path"], error["rule"]) for error in report["errors"]]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("acts", "kind"), CONTAINED)
def test_a_check_costs_its_own_result(project: Path, acts: str, kind: str, jobs: int) -> None:
    write(project, {"code/m.py": f"foo()\n{acts}\n"})
    report = scan(project, jobs, "--output-format", "json")
    assert told(report) == [(kind, "code/m.py", "act")]
    found = [violation["path"] for violation in report["violations"]]
    whole = ["code/a.py", "code/m.py", "code/z.py"]
    # What nothing can stop takes the rest of its file along.
    taken = "code/m.py" if acts in {"cling", "sleep"} else None
    assert found == [path for path in whole if path != taken]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_check_that_hides_why_it_was_stopped_is_told_all_the_same(
    project: Path, jobs: int
) -> None:
    write(project, {"code/m.py": "foo()\nconvert\n"})
    report = scan(project, jobs, "--output-format", "json")
    assert [(path, rule) for _, path, rule in told(report)] == [("code/m.py", "act")]
    assert len(report["violations"]) == 3


@pytest.mark.parametrize(
    ("acts", "kind"),
    [
        pytest.param("end", "crash", id="a process that leaves as if all were well"),
        pytest.param("die", "crash", id="a process that is killed"),
        pytest.param("backtrack", "timeout", id="code that lets nothing else run"),
    ],
)
def test_what_takes_its_process_along_costs_its_file(project: Path, acts: str, kind: str) -> None:
    write(project, {"code/m.py": f"foo()\n{acts}\n"})
    report = scan(project, 2, "--output-format", "json")
    assert told(report) == [(kind, "code/m.py", None)]
    assert [violation["path"] for violation in report["violations"]] == ["code/a.py", "code/z.py"]


def test_several_files_of_one_process_are_each_told(project: Path) -> None:
    write(project, {"code/m.py": "sleep\n", "code/n.py": "foo()\nloop\n", "code/o.py": "sleep\n"})
    report = scan(project, 2, "--output-format", "json")
    paths = ["code/m.py", "code/n.py", "code/o.py"]
    assert told(report) == [("timeout", path, "act") for path in paths]
    assert len(report["violations"]) == 3


def test_without_a_limit_nothing_is_stopped(project: Path) -> None:
    write(project, {"code/m.py": "steps\n" * 20, "code/n.py": "leave\n"})
    report = scan(project, 1, "--output-format", "json", "--config", "rule-timeout=0")
    assert told(report) == [("rule", "code/n.py", "act")]


TESTED = """\
rules:
  - id: act
    message: acted
    check: act
    examples: {good: [ACTS, x = 1]}
  - {id: no-foo, message: no foo, pattern: foo(), examples: {bad: [foo()]}}
"""


@pytest.mark.parametrize(
    ("acts", "code", "told"),
    [
        pytest.param("loop", 1, "act: the example cannot be checked: rule act on", id="a loop"),
        pytest.param("leave", 1, "act: the example cannot be checked: rule act failed", id="exit"),
        pytest.param("sleep", 2, "stuck-rules: rule act on this file took longer", id="for good"),
    ],
)
def test_an_example_that_takes_too_long_is_told(
    project: Path, acts: str, code: int, told: str
) -> None:
    write(project, {"rules.yaml": TESTED.replace("ACTS", acts)})
    done = subprocess.run(
        [sys.executable, "-m", "stuck_rules", "test", "--plugin", "acts"],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "STUCK_RULES_RULE_TIMEOUT": "2"},
    )
    assert (done.returncode, told in done.stdout + done.stderr) == (code, True)
    assert "Traceback" not in done.stderr
