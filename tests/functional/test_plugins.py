"""Checks of installed packages and of the user's own modules, as docs/checks.md tells."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "checks.md"
_FILE = re.compile(r"^`(?P<path>[\w./-]+)`:\n\n```\w+\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
CODE = "from time import sleep as s\n\n\nasync def run():\n    s(1)\n"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the document."""
    folder = tmp_path_factory.mktemp("example")
    found = list(_FILE.finditer(DOCUMENT.read_text(encoding="utf-8")))
    assert [match["path"] for match in found] == [
        *("pyproject.toml", "no_sleep/__init__.py", "no_sleep/visitor.py", "rules.yaml")
    ]
    for match in found:
        path = folder / match["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_text(match["text"], encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def installed(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the example was installed."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--target", str(target), str(example)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text((example / "rules.yaml").read_text(), encoding="utf-8")
    (tmp_path / "a.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def run(project: Path, *argv: str, path: Path | None = None) -> tuple[int, str, str]:
    environment = {**os.environ, "PYTHONPATH": str(path) if path else ""}
    done = subprocess.run(
        [sys.executable, "-m", "stuck_rules", *argv],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_an_installed_check_runs_when_allowed(project: Path, installed: Path) -> None:
    code, out, _ = run(
        project, "scan", "--allow-plugins", "--output-format=concise", path=installed
    )
    assert code == 1
    assert out.startswith("a.py:5:5: no-blocking-sleep this blocks the event loop")


@pytest.mark.parametrize("command", ["test", "rules", "explain no-blocking-sleep"])
def test_every_command_knows_it(project: Path, installed: Path, command: str) -> None:
    code, _, err = run(project, *command.split(), "--allow-plugins", path=installed)
    assert code == 0, err


def test_its_fix_is_applied(project: Path, installed: Path) -> None:
    run(project, "scan", "--allow-plugins", "--fix", "--unsafe-fixes", path=installed)
    assert "await asyncio.sleep(1)" in (project / "a.py").read_text(encoding="utf-8")


def test_it_does_not_run_unasked(project: Path, installed: Path) -> None:
    code, out, err = run(project, "scan", path=installed)
    assert (code, out) == (2, "")
    assert "the installed package no-sleep offers it: allow it with --allow-plugins" in err


def test_a_module_of_the_project_is_named(project: Path, example: Path) -> None:
    folder = project / "no_sleep"
    folder.mkdir()
    for name in ("__init__.py", "visitor.py"):
        (folder / name).write_text((example / "no_sleep" / name).read_text(), encoding="utf-8")
    assert run(project, "scan", "a.py", "--plugin", "no_sleep")[0] == 1
    code, _, err = run(project, "scan", "a.py")
    assert code == 2
    assert "unknown check 'no-sleep'" in err


_SPEC = "from stuck_rules.plugin import CheckSpec\nCHECKS = [CheckSpec"
BROKEN = [
    pytest.param("raise OSError('no disk')", "cannot be loaded: OSError: no disk", id="raises"),
    pytest.param("x = (", "cannot be loaded: SyntaxError", id="syntax"),
    pytest.param("x = 1", "has no CHECKS", id="nothing in it"),
    pytest.param("CHECKS = 1", "offers no CheckSpec, but int", id="no list"),
    pytest.param("CHECKS = [1]", "offers no CheckSpec, but int", id="no spec"),
    pytest.param(
        "from stuck_rules.plugin import CheckSpec\n"
        "CHECKS = [CheckSpec('relative-import', 's', 'own:V')]",
        "there is a check 'relative-import' already",
        id="name of another",
    ),
    pytest.param("raise SystemExit(0)", "cannot be loaded: SystemExit: 0", id="leaves"),
    pytest.param(
        "def made():\n    yield 1 / 0\nCHECKS = made()",
        "cannot be loaded: ZeroDivisionError",
        id="list that raises",
    ),
    pytest.param(f"{_SPEC}(1, 's', 'own:V')]", "its name must be text, not 1", id="name"),
    pytest.param(f"{_SPEC}('own', 's', 'own')]", "'package.module:Class', not 'own'", id="place"),
    pytest.param(
        f"{_SPEC}('own', 's', 'own:V', words='a')]", "its words must be a function", id="words"
    ),
    pytest.param(
        f"{_SPEC}('own', 's', 'own:V', options=('a',))]",
        "its options must be a tuple of OptionSpec",
        id="options",
    ),
]


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_broken_plugin_is_told(text: str, words: str, project: Path) -> None:
    (project / "own.py").write_text(text + "\n", encoding="utf-8")
    code, _, err = run(project, "scan", "a.py", "--plugin", "own")
    assert code == 2
    assert "the plug-in 'own'" in err
    assert words in err


def test_a_missing_module_is_told(project: Path) -> None:
    code, _, err = run(project, "scan", "--plugin", "nowhere.at.all")
    assert code == 2
    assert "the plug-in 'nowhere.at.all' cannot be loaded: ModuleNotFoundError" in err


def _visitor(line: str) -> str:
    return (
        "from stuck_rules.plugin import CheckVisitor\n"
        f"class V(CheckVisitor):\n    def visit_Call(self, node):\n        {line}\n"
    )


VISITORS = [
    pytest.param("class V:\n    pass\n", "own:V is no CheckVisitor", id="no visitor"),
    pytest.param("", "has no attribute 'V'", id="no class"),
    pytest.param(
        "from stuck_rules.plugin import CheckVisitor\n"
        "class V(CheckVisitor):\n    def visit_Call(self, node):\n        1 / 0\n",
        "ZeroDivisionError",
        id="raises",
    ),
    pytest.param(_visitor("raise SystemExit(0)"), "SystemExit: 0", id="leaves"),
    pytest.param(_visitor("self.report(5)"), "a int that is no node of this file", id="no node"),
    pytest.param(
        _visitor("self.report(node.deep_clone())"),
        "a Call that is no node of this file",
        id="node of another tree",
    ),
    pytest.param(_visitor("self.report(node, message=7)"), "must be text, not int", id="message"),
    pytest.param(_visitor("self.report(node, edits=('x',))"), "must be a NodeEdit", id="edit"),
]


@pytest.mark.parametrize(("text", "words"), VISITORS)
def test_a_broken_visitor_costs_its_own_result(text: str, words: str, project: Path) -> None:
    spec = "from stuck_rules.plugin import CheckSpec\nCHECKS = [CheckSpec('own', 's', 'own:V')]\n"
    rules = (
        "rules:\n  - {id: mine, message: m, check: own}\n"
        "  - {id: other, message: m, pattern: s(1)}\n"
    )
    (project / "own.py").write_text(spec + text, encoding="utf-8")
    (project / "rules.yaml").write_text(rules, encoding="utf-8")
    code, out, err = run(project, "scan", "a.py", "--plugin", "own", "--output-format", "concise")
    assert code == 2
    assert "other" in out
    assert words in err


WORDS = [
    pytest.param("options.text('none')", "KeyError: 'none'", id="raises"),
    pytest.param("'sleep'", "'sleep' is no formula of words", id="text"),
]


@pytest.mark.parametrize(("words", "told"), WORDS)
def test_words_that_cannot_be_told_refuse_the_rule(words: str, told: str, project: Path) -> None:
    spec = f"{_SPEC}('own', 's', 'own:V', words=lambda options: {words})]\n"
    (project / "own.py").write_text(spec, encoding="utf-8")
    (project / "rules.yaml").write_text("rules: [{id: mine, message: m, check: own}]\n")
    code, _, err = run(project, "scan", "a.py", "--plugin", "own")
    assert code == 2
    assert f"rules.yaml:1:39: check 'own' cannot tell its words: {told}" in err


def test_a_file_of_the_project_does_not_stand_in_for_a_package(
    project: Path, installed: Path
) -> None:
    (project / "no_sleep.py").write_text("raise OSError('from the project')\n", encoding="utf-8")
    (project / "regex.py").write_text("raise OSError('from the project')\n", encoding="utf-8")
    command = [str(Path(sys.executable).parent / "stuck-rules")]
    command += ["scan", "a.py", "--plugin", "no_sleep"]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 1, done.stderr


def test_words_change_nothing_but_the_time(project: Path, installed: Path) -> None:
    text = (installed / "no_sleep" / "__init__.py").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "words=" in line)
    (project / "plain.py").write_text(text.replace(line, ""), encoding="utf-8")
    argv = ("scan", "a.py", "--output-format", "json", "--plugin")
    assert run(project, *argv, "plain", path=installed) == run(
        project, *argv, "no_sleep", path=installed
    )
