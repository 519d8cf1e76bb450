"""A team with 200 old violations starts today, holds the line tomorrow, and pays its debt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.functional.program import run, write

BASELINE = ".stuck-rules-baseline.json"
RULES = """\
version: 1
rules:
  - id: old-sum
    message: slow_sum() is slow; use quick_sum().
    severity: error
    pattern: slow_sum($X)
    fix: quick_sum($X)
    fix-imports: ["from app.sums import quick_sum"]
  - id: no-global-state
    message: remember() keeps what nobody clears.
    severity: error
    pattern: remember(...)
"""
SUMS = """\
KEPT = []


def slow_sum(values):
    total = 0
    for value in values:
        total += value
    return total


def quick_sum(values):
    return sum(values)


def remember(value):
    KEPT.append(value)
    return value
"""
TESTS = """\
import importlib
import pkgutil

import app


def test_every_report_adds_up():
    names = [m.name for m in pkgutil.walk_packages(app.__path__, "app.") if "report" in m.name]
    assert len(names) == 20
    for name in names:
        assert importlib.import_module(name).report([1, 2, 3]) == [6, 6, 12, 6, 7, 6, 6, 3, 6, 6]
"""
# Ten violations, laid out as nobody would today; two of them are equal statements.
MODULE = """\
from app.sums import remember, slow_sum
def report( values ):
    first = slow_sum( values )
    second = slow_sum(  ( values ) )
    third = remember( slow_sum( values ) * 2 )
    rows = [ first, second, third ]
    rows.append( slow_sum( [ v for v in values ] ) ) ; rows.append( remember( {number} - {number} + 7 ) )
    rows.append( remember( first ) )
    rows.append( remember( first ) )
    if remember( 'three' ) : rows.append( 3 )
    return rows + [ slow_sum(tuple( values )), first ]
"""  # noqa: E501 - that it is too long is what Black is for


def git(root: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run git with no settings but the repository's own; both streams are in `stdout`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=root,
        env={**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    assert not check or done.returncode == 0, done.stdout
    return done


def commit(root: Path, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    git(root, "add", "-A")
    return git(root, "commit", "-m", "x", check=check)


def assert_own_tests_pass(root: Path) -> None:
    """The repository's own tests, with its own Python path."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout


def reformat(root: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "black", "-q", "--line-length", "40", "app"], cwd=root, check=True
    )


def known(root: Path) -> int:
    items = json.loads((root / BASELINE).read_text(encoding="ascii"))["items"]
    return sum(item["count"] for item in items if item)


def with_hook(root: Path) -> None:
    """A hook that scans the files of a commit, as pre-commit calls it."""
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\ngit diff --cached --name-only --diff-filter=d -z -- '*.py' |\n"
        f"  xargs -0 -r '{sys.executable}' -m stuck_rules scan --output-format concise\n",
        encoding="utf-8",
    )
    hook.chmod(0o755)


def old_repository(root: Path) -> None:
    """Twenty modules with ten violations each, and tests that pass."""
    modules = {
        f"app/report_{number}.py": MODULE.replace("{number}", str(number)) for number in range(20)
    }
    tests = {"tests/test_reports.py": TESTS}
    write(root, {"rules.yaml": RULES, "app/__init__.py": "", "app/sums.py": SUMS})
    write(root, {**modules, **tests})
    git(root, "init", "-q")
    commit(root)


def test_a_team_lives_with_its_old_violations(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    old_repository(root)
    assert_own_tests_pass(root)
    assert "200 violations (200 errors" in run(root, "scan").err

    # Today: what there is goes into the baseline.
    assert run(root, "baseline", "create").code == 0
    assert known(root) == 200
    assert run(root, "scan").code == 0
    with_hook(root)
    commit(root)

    # Tomorrow: one more is held, and told alone.
    module = root / "app" / "report_7.py"
    before = module.read_text(encoding="utf-8")
    module.write_text(before + "extra = remember( 'one more' )\n", encoding="utf-8")
    held = commit(root, check=False)
    assert held.returncode != 0
    assert [line for line in held.stdout.splitlines() if "no-global-state" in line] == [
        "app/report_7.py:12:9: no-global-state remember() keeps what nobody clears."
    ]
    assert "old-sum" not in held.stdout
    module.write_text(before, encoding="utf-8")

    # The old code moves, is renamed and laid out anew, all at once and without noise.
    (root / "app" / "monthly").mkdir()
    write(root, {"app/monthly/__init__.py": ""})
    for number in range(10):
        git(root, "mv", f"app/report_{number}.py", f"app/monthly/report_of_{number}.py")
    reformat(root)
    commit(root)
    assert run(root, "scan").code == 0
    assert "no longer in the code" not in run(root, "scan").err
    assert_own_tests_pass(root)
    assert run(root, "baseline", "update").code == 0
    assert known(root) == 200
    commit(root)

    # Half of the debt is paid by --fix, and the baseline gives it up.
    fixed = run(root, "scan", "--fix")
    assert fixed.code == 0
    assert "Fixed 100 violations in 20 files" in fixed.err
    assert "100 violations are in the baseline" in fixed.err
    lines = len((root / BASELINE).read_bytes().splitlines())
    assert "100 dropped; 100 violations" in run(root, "baseline", "prune").err
    assert known(root) == 100
    assert len((root / BASELINE).read_bytes().splitlines()) < lines
    reformat(root)
    commit(root)
    assert_own_tests_pass(root)

    # What was paid does not come back.
    module = root / "app" / "report_15.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace("quick_sum(values)", "slow_sum(values)", 1), encoding="utf-8")
    held = commit(root, check=False)
    assert held.returncode != 0
    assert sum("old-sum" in line for line in held.stdout.splitlines()) == 1
