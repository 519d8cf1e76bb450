from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import PathFilter, Rule, TextCondition
from stuck_rules.plugins import PluginLoad
from stuck_rules.scanner import batches, service, workers
from stuck_rules.scanner.checking import Checked, CheckSettings, FileChecker, Task
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.work import run_tasks
from stuck_rules.scanner.workers import Method, run_in_processes

RULES = (
    Rule("no-foo", "no foo", Pattern("foo($X)"), fix="bar($X)"),
    Rule("no-secret", "m", TextCondition("secret", (), 1), paths=PathFilter(("*.txt",))),
)
SETTINGS = CheckSettings((RuleSet(RULES),), 1_000_000)


def tasks_in(folder: Path) -> list[Task]:
    """Files of all kinds, also such as cannot be checked."""
    contents = {f"file{n}.py": f"x = {n}\nfoo(x)\n" * (n % 4) for n in range(12)}
    contents |= {"broken.py": "foo(\n", "notes.txt": "a secret\n", "empty.py": ""}
    for name, content in contents.items():
        (folder / name).write_text(content)
    names = [*contents, "missing.py"]
    return [Task(DiscoveredFile(n, f"./{n}", str(folder / n), n.endswith(".py"))) for n in names]


def in_this_process(tasks: list[Task]) -> dict[int, Checked]:
    checker = FileChecker(SETTINGS)
    return {number: checker.run(task) for number, task in enumerate(tasks)}


@pytest.mark.parametrize(
    ("method", "jobs"),
    [
        pytest.param("fork", 1, id="one copy"),
        pytest.param("fork", 2, id="two copies"),
        pytest.param("fork", 40, id="more copies than files"),
        pytest.param("spawn", 2, id="two new processes"),
    ],
)
def test_processes_tell_what_this_one_would(tmp_path: Path, method: Method, jobs: int) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("this system cannot start processes so")
    tasks = tasks_in(tmp_path)
    assert dict(run_in_processes(SETTINGS, tasks, jobs, method=method)) == in_this_process(tasks)


@pytest.mark.parametrize("parsing", [pytest.param(0, id="all parse"), pytest.param(1e9, id="one")])
def test_it_makes_no_difference_which_process_parses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsing: float
) -> None:
    monkeypatch.setattr(batches, "_PARSING", parsing)
    monkeypatch.setattr(batches, "_FILES", 1)
    tasks = tasks_in(tmp_path)
    assert dict(run_in_processes(SETTINGS, tasks, 3)) == in_this_process(tasks)


def test_a_process_that_has_grown_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_GROWN", 0)
    monkeypatch.setattr(batches, "_FILES", 2)
    tasks = tasks_in(tmp_path)
    assert dict(run_in_processes(SETTINGS, tasks, 2)) == in_this_process(tasks)


def test_no_process_is_left_when_nobody_listens_any_more(tmp_path: Path) -> None:
    running = run_in_processes(SETTINGS, tasks_in(tmp_path), 2)
    next(running)
    running.close()
    assert multiprocessing.active_children() == []


def test_what_no_process_can_do_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = PluginLoad(("no_such_module_anywhere",), installed=False, root=None)
    monkeypatch.setattr(workers, "_plugins", lambda: (load,))
    monkeypatch.setattr("stuck_rules.scanner.work._PARSING", 1)
    tasks = tasks_in(tmp_path)
    told: dict[int, Checked] = {}
    run_tasks(SETTINGS, FileChecker(SETTINGS), tasks, 2, told.__setitem__)
    assert told == in_this_process(tasks)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr("stuck_rules.scanner.work._READING", 1)
    tasks = tasks_in(tmp_path)
    told: list[int] = []
    run_tasks(SETTINGS, FileChecker(SETTINGS), tasks, jobs, lambda number, _: told.append(number))
    assert sorted(told) == list(range(len(tasks)))
