"""Which annotated files belong to which rule files."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import UsageError
from stuck_rules.testing.targets import RuleFile, find_rule_files, pair_rule_files


def make(root: Path, names: str) -> None:
    for name in names.split():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def is_rules(path: Path) -> bool:
    return "compose" not in path.name


def told(files: list[RuleFile], root: Path) -> dict[str, list[str]]:
    """Each rule file with its targets: `+` before one with a fixed file, `|` before its inside."""

    def name(path: Path) -> str:
        return path.relative_to(root).as_posix()

    return {
        name(file.path): [
            ("+" if target.fixed else "")
            + name(target.path)
            + (f"|{target.inner}" if target.inner is not None else "")
            for target in file.targets
        ]
        for file in files
    }


FOUND = [
    pytest.param("r.yaml r.py", "r.yaml", {"r.yaml": ["r.py"]}, id="beside"),
    pytest.param("r.yml r.py", ".", {"r.yml": ["r.py"]}, id="yml"),
    pytest.param("r.yaml r.py r.fixed.py", "r.py", {"r.yaml": ["+r.py"]}, id="fixed"),
    pytest.param("r.yaml r.fixed.py", "r.yaml", {"r.yaml": []}, id="fixed alone"),
    pytest.param("r.yaml r.test.py", ".", {"r.yaml": ["r.test.py"]}, id="more dots"),
    pytest.param(
        "r.yaml r.test.py r.test.fixed.py", ".", {"r.yaml": ["+r.test.py"]}, id="dots and fixed"
    ),
    pytest.param("r.yaml r.pyi", ".", {"r.yaml": ["r.pyi"]}, id="stub"),
    pytest.param("r.yaml r.js r.txt r", ".", {"r.yaml": []}, id="other languages"),
    pytest.param("r.yaml rr.py r-a.py", ".", {"r.yaml": []}, id="longer names"),
    pytest.param("r.yaml a/r.py", ".", {"r.yaml": []}, id="in another folder"),
    pytest.param(
        "r.yaml r.a.yaml r.a.py r.b.py",
        ".",
        {"r.a.yaml": ["r.a.py"], "r.yaml": ["r.b.py"]},
        id="the name that fits best",
    ),
    pytest.param("r.a.yaml r.a.py", "r.a.py", {"r.a.yaml": ["r.a.py"]}, id="dots in both"),
    pytest.param(
        "r.yaml r/a.py r/b/c.py r/b/c.fixed.py r/a.txt",
        "r.yaml",
        {"r.yaml": ["r/a.py|a.py", "+r/b/c.py|b/c.py"]},
        id="a folder of that name",
    ),
    pytest.param("r.yaml r/b/c.py", "r/b/c.py", {"r.yaml": ["r/b/c.py|b/c.py"]}, id="from inside"),
    pytest.param(
        "r.yaml r/a.yaml r/a.py",
        ".",
        {"r.yaml": [], "r/a.yaml": ["r/a.py"]},
        id="a folder with rules of its own",
    ),
    pytest.param("[r].yaml [r].py r.py", ".", {"[r].yaml": ["[r].py"]}, id="brackets"),
    pytest.param(
        "a/b/r.yaml a/b/r.py a/s.yaml",
        ".",
        {"a/b/r.yaml": ["a/b/r.py"], "a/s.yaml": []},
        id="folders below",
    ),
    pytest.param("r.test.yaml r.yaml", ".", {"r.yaml": []}, id="a test of YAML"),
    pytest.param("compose.yaml r.yaml", ".", {"r.yaml": []}, id="other YAML"),
    pytest.param("compose.yaml", "compose.yaml", {"compose.yaml": []}, id="other YAML by its name"),
    pytest.param(
        ".git/r.yaml .r.yaml node_modules/r.yaml a/__pycache__/r.yaml", ".", {}, id="hidden"
    ),
]


@pytest.mark.parametrize(("names", "path", "wanted"), FOUND)
def test_rule_files(names: str, path: str, wanted: dict[str, list[str]], tmp_path: Path) -> None:
    make(tmp_path, names)
    assert told(find_rule_files([tmp_path / path], is_rules), tmp_path) == wanted


def test_a_rule_file_counts_once(tmp_path: Path) -> None:
    make(tmp_path, "r.yaml r.py")
    paths = [tmp_path / name for name in ("r.py", "r.yaml", ".")]
    assert told(find_rule_files(paths, is_rules), tmp_path) == {"r.yaml": ["r.py"]}


PAIRED = [
    pytest.param("r.yaml t/x.py", "r.yaml", "t/x.py", {"r.yaml": ["t/x.py"]}, id="two files"),
    pytest.param("r.yaml t/r.py t/s.py", "r.yaml", "t", {"r.yaml": ["t/r.py"]}, id="a folder"),
    pytest.param(
        "rules/a/r.yaml t/a/r.py t/b/r.py t/r.py",
        "rules",
        "t",
        {"rules/a/r.yaml": ["t/a/r.py"]},
        id="two folders, divided alike",
    ),
    pytest.param(
        "rules/r.yaml rules/s.yaml t/r.py",
        "rules",
        "t/r.py",
        {"rules/r.yaml": ["t/r.py"], "rules/s.yaml": []},
        id="a folder of rules and a file",
    ),
    pytest.param(
        "rules/r.yaml t/r/a.py", "rules", "t", {"rules/r.yaml": ["t/r/a.py|a.py"]}, id="below"
    ),
    pytest.param(
        "rules/r.yaml rules/r.py t/x", "rules", "t", {"rules/r.yaml": []}, id="not beside"
    ),
]


@pytest.mark.parametrize(("names", "rules", "path", "wanted"), PAIRED)
def test_targets_kept_apart(
    names: str, rules: str, path: str, wanted: dict[str, list[str]], tmp_path: Path
) -> None:
    make(tmp_path, names)
    found = pair_rule_files([tmp_path / rules], [tmp_path / path], is_rules)
    assert told(found, tmp_path) == wanted


@pytest.mark.parametrize("name", ["gone", "gone.yaml", "gone.py", "alone.py", "d/alone.py"])
def test_a_path_without_rules_is_refused(name: str, tmp_path: Path) -> None:
    make(tmp_path, "alone.py d/alone.py")
    with pytest.raises(UsageError):
        find_rule_files([tmp_path / name], is_rules)


def test_a_missing_target_is_refused(tmp_path: Path) -> None:
    make(tmp_path, "r.yaml")
    with pytest.raises(UsageError):
        pair_rule_files([tmp_path / "r.yaml"], [tmp_path / "gone.py"], is_rules)
