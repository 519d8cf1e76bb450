from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from stuck_rules.cache import codec
from stuck_rules.cache.identity import digest
from stuck_rules.cache.results import FileState
from stuck_rules.cache.store import Cache
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.model.formula import Pattern
from stuck_rules.model.pathrules import PathRules
from stuck_rules.model.result import FileOutcome
from stuck_rules.model.rule import Example, Examples, PathFilter, Rule, Severity
from stuck_rules.scanner.checking import Checked, CheckSettings, Task, failed
from stuck_rules.scanner.memory import Memory, decisive
from stuck_rules.scanner.pathpolicy import PathPolicy
from stuck_rules.scanner.rulesets import OwnRules, RuleSet
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.suppressions.known import State
from stuck_rules.values import fields, replace

RULE = Rule("a", "no foo", Pattern("foo"), rulebook="rules.yaml", line=3)
RULES = RuleSet((RULE,))
SETTINGS = CheckSettings((RULES,), 100)
OWN = OwnRules(RuleSet((replace(RULE, id="own"),)), {"a": State.RUNS})
POLICY = PathPolicy((RULE,), frozenset({"a"}), (PathRules(("*.py",), without=frozenset({"a"})),))

OTHER_SETTINGS: Mapping[str, CheckSettings] = {
    "rule_sets": replace(SETTINGS, rule_sets=(RULES, RULES)),
    "max_file_size": replace(SETTINGS, max_file_size=99),
    "own": replace(SETTINGS, own=OWN),
    "fixes": replace(SETTINGS, fixes=False),
    "thorough": replace(SETTINGS, thorough=True),
    "check_syntax": replace(SETTINGS, check_syntax=True),
    "rule_timeout": replace(SETTINGS, rule_timeout=5),
}
OTHER_RULE_SETS: Mapping[str, RuleSet] = {
    "rules": RuleSet((replace(RULE, message="never foo"),)),
    "prefix": replace(RULES, prefix="sub/"),
    "policy": replace(RULES, policy=POLICY),
}


LASTING = {ProblemKind.SYNTAX, ProblemKind.TOO_LARGE, ProblemKind.TOO_DEEP}


@pytest.fixture
def file(tmp_path: Path) -> DiscoveredFile:
    location = tmp_path / "a.py"
    location.write_text("foo(")
    os.utime(location, (1_600_000_000, 1_600_000_000))
    return DiscoveredFile("a.py", "a.py", str(location))


def memory_in(folder: Path) -> Memory:
    return Memory(Cache(str(folder / "cache")), SETTINGS, str(folder))


def learn_problem(memory: Memory, file: DiscoveredFile, problem: Problem) -> FileOutcome:
    task = memory.recall(file)
    assert isinstance(task, Task)
    told = memory.learn(task, failed(task, SourceError(problem), b"foo("))
    memory.save()
    return told


@pytest.mark.parametrize("rule", [pytest.param(None, id="file"), pytest.param("a", id="rule")])
@pytest.mark.parametrize("kind", ProblemKind)
def test_a_problem_is_remembered_where_the_content_alone_makes_it(
    tmp_path: Path, file: DiscoveredFile, kind: ProblemKind, rule: str | None
) -> None:
    told = learn_problem(memory_in(tmp_path), file, Problem(kind, "m", rule=rule, line=2))
    recalled = memory_in(tmp_path).recall(file)
    if kind in LASTING and rule is None:
        assert recalled in (told, Task(file, state_of(file), digest(b"foo(")))
    else:
        assert recalled == Task(file, state_of(file))


def test_one_problem_that_may_go_by_is_enough_to_try_again(
    tmp_path: Path, file: DiscoveredFile
) -> None:
    memory = memory_in(tmp_path)
    learn_problem(memory, file, Problem(ProblemKind.SYNTAX, "m"))
    task = memory.recall(file)
    assert isinstance(task, Task)
    problems = (Problem(ProblemKind.SYNTAX, "m"), Problem(ProblemKind.TIMEOUT, "m"))
    memory.learn(task, failed(task, SourceError(*problems), b"foo("))
    assert memory.recall(file) == Task(file, state_of(file))


def test_a_remembered_problem_stands_where_the_file_is_now(
    tmp_path: Path, file: DiscoveredFile
) -> None:
    memory = memory_in(tmp_path)
    learn_problem(memory, file, Problem(ProblemKind.SYNTAX, "m", line=2))
    moved = replace(file, shown="../a.py")
    task = memory.recall(moved)
    assert task == Task(moved, state_of(file), digest(b"foo("))
    assert isinstance(task, Task)
    (problem,) = memory.learn(task, Checked(None, digest(b"foo("))).result.problems
    assert (problem.path, problem.relative, problem.line) == ("../a.py", "a.py", 2)


def state_of(file: DiscoveredFile) -> FileState:
    status = os.stat(file.location)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def way_of(settings: CheckSettings) -> bytes:
    return codec.dump(decisive(settings))


def test_every_setting_decides() -> None:
    assert set(OTHER_SETTINGS) == {field.name for field in fields(CheckSettings)}
    ways = [way_of(settings) for settings in OTHER_SETTINGS.values()]
    assert len({way_of(SETTINGS), *ways}) == len(ways) + 1


def test_everything_about_rules_of_a_rulebook_decides() -> None:
    assert set(OTHER_RULE_SETS) == {field.name for field in fields(RuleSet)}
    settings = [replace(SETTINGS, rule_sets=(rules,)) for rules in OTHER_RULE_SETS.values()]
    ways = {way_of(each) for each in (SETTINGS, *settings)}
    assert len(ways) == len(settings) + 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(RULE, message="m"), id="message"),
        pytest.param(replace(RULE, condition=Pattern("bar")), id="condition"),
        pytest.param(replace(RULE, severity=Severity.INFO), id="severity"),
        pytest.param(replace(RULE, fix="bar"), id="fix"),
        pytest.param(replace(RULE, fix_imports=("import bar",)), id="imports of the fix"),
        pytest.param(replace(RULE, paths=PathFilter(("*.py",))), id="paths"),
        pytest.param(replace(RULE, id="b"), id="id"),
    ],
)
def test_what_a_rule_looks_for_and_says_decides(other: Rule) -> None:
    changed = replace(SETTINGS, rule_sets=(RuleSet((other,)),))
    assert way_of(changed) != way_of(SETTINGS)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(RULE, rulebook="../rules.yaml"), id="where one stands"),
        pytest.param(replace(RULE, note="why"), id="a note"),
        pytest.param(replace(RULE, examples=Examples((Example("foo"),))), id="an example"),
    ],
)
def test_what_a_rule_only_tells_decides_nothing(other: Rule) -> None:
    same = replace(SETTINGS, rule_sets=(RuleSet((other,)),))
    assert way_of(same) == way_of(SETTINGS)


def test_what_another_way_of_per_path_says_decides() -> None:
    other = PathPolicy((RULE,), frozenset({"a"}), (PathRules(("*.pyi",)),))
    ways = {
        way_of(replace(SETTINGS, rule_sets=(replace(RULES, policy=policy),)))
        for policy in (None, POLICY, other)
    }
    assert len(ways) == 3
