"""Runs in several processes, seen from outside."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.functional.program import run, write

ROOT = Path(__file__).parents[2]

# A check that does something to the process, by a file's first word.
PLUGIN = """\
import os, signal, time
from stuck_rules.plugin import CheckSpec

CHECKS = [CheckSpec("act", "it acts", "acting:Act")]
"""
VISITOR = """\
import os, signal, time
from stuck_rules.plugin import CheckVisitor


class Act(CheckVisitor):
    def visit_Name(self, node):
        if node.value == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if node.value == "wait":
            with open(f"pid-{os.getpid()}", "w"):
                time.sleep(600)
        if node.value == "tell":
            self.report(node, message="told")
"""
RULES = """\
rules:
  - id: act
    message: acting
    check: act
"""
# What a program does that starts processes in another way than the command line.
SCRIPT = """\
import sys
from pathlib import Path
from stuck_rules.model.rule import CheckCall, Rule
from stuck_rules.model.source import FilePath
from stuck_rules.plugins import load_plugins
from stuck_rules.scanner.checking import CheckSettings, Task
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.workers import run_in_processes

if __name__ == "__main__":
    load_plugins(["acts"], root=Path.cwd())
    rule = Rule("act", "acting", CheckCall("act", (), 0))
    settings = CheckSettings((RuleSet((rule,)),), 1_000_000)
    files = [DiscoveredFile(name, name, str(Path.cwd() / name)) for name in sys.argv[2:]]
    told = dict(run_in_processes(settings, [*map(Task, files)], 2, method=sys.argv[1]))
    for number, checked in sorted(told.items()):
        result = checked.outcome.result
        kinds = [problem.kind.value for problem in result.problems]
        print(number, [violation.message for violation in result.violations], kinds)
"""
# Enough to be worth several processes: much text that is parsed fast.
LARGE = '"""' + "word " * 50_000 + '"""\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "acts.py": PLUGIN, "acting.py": VISITOR})
    write(tmp_path, {f"code/large{n}.py": f"{LARGE}tell\n" for n in range(5)})
    return tmp_path


def start(project: Path, *argv: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "stuck_rules", "scan", "--plugin", "acts", *argv, "code"]
    return subprocess.Popen(
        [*command, "--output-format", "json"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_the_number_of_processes_changes_nothing(project: Path) -> None:
    write(project, {"code/broken.py": "tell(\n", "code/small.py": "tell\n"})
    answers = [finish(start(project, "--jobs", jobs)) for jobs in ("1", "2", "4")]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 2
    assert answers[0][1].count('"message": "told"') == 6


def test_a_file_that_ends_its_process_is_named_and_nothing_else_is_lost(project: Path) -> None:
    write(project, {"code/deadly.py": "die\n", "code/small.py": "tell\n"})
    code, out, err = finish(start(project, "--jobs", "2"))
    report = json.loads(out)
    assert code == 2, err
    assert [(e["kind"], e["path"]) for e in report["errors"]] == [("crash", "code/deadly.py")]
    assert "SIGKILL" in report["errors"][0]["message"]
    assert len(report["violations"]) == 6


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_plug_ins_are_known_however_a_process_starts(project: Path, method: str) -> None:
    if method == "forkserver":
        pytest.skip("not used")
    write(project, {"script.py": SCRIPT, "a.py": "tell\n", "b.py": "die\n", "c.py": "tell; tell\n"})
    done = subprocess.run(
        [sys.executable, "script.py", method, "a.py", "b.py", "c.py"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == [
        "0 ['told'] []",
        "1 [] ['crash']",
        "2 ['told', 'told'] []",
    ]


def test_examples_are_told_alike_here_in_processes_and_from_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", examples)
    argv = ("scan", "--rulebook", str(ROOT / "rules.yaml"), "--output-format", "json", ".")
    expected = run(examples, *argv, "--no-cache", "--jobs", "1")
    assert expected.objects("violations")
    monkeypatch.setattr("stuck_rules.scanner.work._READING", 1)
    environment = {"STUCK_RULES_CACHE_DIR": str(tmp_path / "cache")}
    for jobs in ("2", "3"):
        assert run(examples, *argv, "--jobs", jobs) == expected
        assert run(examples, *argv, "--jobs", jobs, environment=environment) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt is another thing there")
def test_an_interrupt_leaves_no_process_behind(project: Path) -> None:
    write(project, {f"code/large{n}.py": f"{LARGE}wait\n" for n in range(5)})
    process = start(project, "--jobs", "2")
    deadline = time.monotonic() + 60
    while len(list(project.glob("pid-*"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    pids = [int(path.name.partition("-")[2]) for path in project.glob("pid-*")]
    assert len(pids) == 2
    process.send_signal(signal.SIGINT)
    code, out, err = finish(process)
    assert (code, out) == (130, "")
    assert "Traceback" not in err
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
