"""What a run that has nothing to parse must not load, since loading takes longer than the run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.program import RULES, write

SCRIPT = """\
import sys
from stuck_rules.cli.main import main

code = main(sys.argv[1:])
heavy = {
    *("libcst", "markdown_it", "hypothesis", "pathspec", "multiprocessing"),
    *("ast", "yaml", "re2", "regex", "dataclasses", "inspect", "tomllib", "hashlib", "tempfile"),
}
print("loaded:", *sorted(heavy.intersection(sys.modules)))
sys.exit(code)
"""


def loaded_by(project: Path, *argv: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *argv],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    last = done.stdout.splitlines()[-1]
    assert last.startswith("loaded:"), done.stderr
    return done.returncode, set(last.split()[1:])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES, "a.py": "x = 1\n", "b/c.py": "def f():\n    pass\n"})
    return tmp_path


@pytest.mark.parametrize(
    "argv",
    [
        pytest.param(["scan"], id="scan"),
        pytest.param(["scan", "--output-format", "json"], id="json"),
        pytest.param(["scan", "--output-format", "sarif"], id="sarif"),
        pytest.param(["scan", "--output-format", "junit"], id="junit"),
        pytest.param(["rules"], id="rules"),
        pytest.param(["--version"], id="version"),
    ],
)
def test_a_run_without_a_candidate_loads_no_parser(project: Path, argv: list[str]) -> None:
    code, loaded = loaded_by(project, *argv)
    assert code == 0
    assert loaded.isdisjoint({"libcst", "markdown_it", "hypothesis", "pathspec"})


def test_the_bundled_rulebook_loads_no_parser_either(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "x = 1\n"})
    code, loaded = loaded_by(tmp_path, "scan")
    assert code == 0
    assert loaded.isdisjoint({"libcst", "markdown_it", "hypothesis", "pathspec"})


def test_a_rulebook_that_was_compiled_before_loads_no_yaml(project: Path) -> None:
    loaded_by(project, "scan")
    code, loaded = loaded_by(project, "scan")
    assert (code, loaded) == (0, set())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param("x = MagicNone\n", 1, id="violation"),
        pytest.param("x = MagicNone(\n", 2, id="no Python"),
        pytest.param("MagicNone\nx = " + "(" * 300 + ")" * 300, 2, id="too deep"),
        pytest.param("MagicNone\n" * 200_000, 2, id="too large"),
    ],
)
def test_what_was_found_before_loads_nothing(project: Path, content: str, code: int) -> None:
    write(project, {"wrong.py": content})
    assert loaded_by(project, "scan")[0] == code
    assert loaded_by(project, "scan") == (code, set())


def test_a_candidate_loads_the_parser(project: Path) -> None:
    write(project, {"wrong.py": "x = MagicNone\n"})
    code, loaded = loaded_by(project, "scan")
    assert code == 1
    assert "libcst" in loaded
