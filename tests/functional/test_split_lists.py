"""However a list of files is split over several runs, the answers are together those of one."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from tests.functional.program import RULES, run, write

COUNTED = """
  - id: one-conftest
    message: One conftest.py is enough.
    severity: warning
    files: {glob: "**/conftest.py", max: 1, per: "**/tests"}
entries:"""
TREE = {
    "rules.yaml": RULES.replace("\nentries:", COUNTED),
    "pyproject.toml": '[tool.stuck-rules]\nexclude = ["vendor"]\n',
    "a.py": "old(1)\nMagicNone\n",
    "b.py": "x = 1\n",
    "pkg/pyproject.toml": '[tool.stuck-rules]\nignore = ["*"]\n',
    "pkg/rules.yaml": "rules: [{id: other, message: m, severity: error, pattern: old(...)}]\n",
    "pkg/c.py": "old(1)\n",
    "vendor/d.py": "old(1)\n",
    "one/tests/conftest.py": "",
    "one/tests/deep/conftest.py": "",
    "two/tests/conftest.py": "",
}
FILES = [name for name in TREE if name.endswith(".py")]


def places(project: Path, *files: str) -> set[str]:
    answer = run(project, "scan", "--output-format", "concise", *files)
    assert answer.code == (1 if answer.out else 0), answer.err
    return set(answer.out.splitlines())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, TREE)
    return tmp_path


def test_every_file_by_itself_gives_what_all_give(project: Path) -> None:
    whole = places(project, *FILES)
    assert {line.split(":")[0] for line in whole} == {
        "a.py",
        "pkg/c.py",
        "one/tests/deep/conftest.py",
    }
    assert set().union(*(places(project, name) for name in FILES)) == whole == places(project)


def test_any_two_parts_give_what_all_give(project: Path) -> None:
    whole = places(project, *FILES)
    for order in list(permutations(FILES))[::500]:
        for cut in range(1, len(order)):
            assert places(project, *order[:cut]) | places(project, *order[cut:]) == whole


def test_a_file_too_many_is_told_from_each_of_those_that_count_with_it(project: Path) -> None:
    told = places(project, "one/tests/conftest.py")
    assert {line.split()[1] for line in told} == {"one-conftest"}
    assert places(project, "two/tests/conftest.py") == set()


def test_excludes_hold_for_named_files(project: Path) -> None:
    answer = run(project, "scan", "vendor/d.py")
    assert (answer.code, answer.out) == (0, "")
    assert "vendor/d.py (excluded by the settings)" in answer.err


def test_known_violations_are_known_in_every_part(project: Path) -> None:
    assert run(project, "baseline", "create").code == 0
    (project / "a.py").rename(project / "moved.py")
    write(project, {"copy.py": TREE["a.py"]})
    files = ["copy.py", "moved.py", *FILES[1:]]
    whole = places(project, *files)
    # Of a file that was renamed and copied, one is the old one.
    assert {line.split(":")[0] for line in whole} == {"moved.py"}
    assert set().union(*(places(project, name) for name in files)) == whole
