"""Rulebooks of installed packages, found without importing them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.rulebook.packages import find_packaged
from tests.functional.program import write

BOMB = "raise SystemExit('this must not run')\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(
        tmp_path,
        {
            "acme_rules/__init__.py": BOMB,
            "acme_rules/rules.yaml": "rules: []\n",
            "acme_rules/more/python.yaml": "rules: []\n",
            "acme_rules/inner/__init__.py": BOMB,
            "acme_rules/inner/rules.yaml": "rules: []\n",
            "acme_space/part/rules.yaml": "rules: []\n",
            "acme_module.py": BOMB,
        },
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("reference", "file", "full"),
    [
        pytest.param(
            "package:acme_rules",
            "acme_rules/rules.yaml",
            "package:acme_rules/rules.yaml",
            id="name",
        ),
        pytest.param(
            "package:acme_rules/more/python.yaml",
            "acme_rules/more/python.yaml",
            "package:acme_rules/more/python.yaml",
            id="a file",
        ),
        pytest.param(
            "package:acme_rules.inner",
            "acme_rules/inner/rules.yaml",
            "package:acme_rules.inner/rules.yaml",
            id="an inner package",
        ),
        pytest.param(
            "package:acme_space.part",
            "acme_space/part/rules.yaml",
            "package:acme_space.part/rules.yaml",
            id="a package without __init__",
        ),
    ],
)
def test_a_packages_rulebook_is_found_and_none_of_its_code_runs(
    installed: Path, reference: str, file: str, full: str
) -> None:
    assert find_packaged(reference) == (installed / file, full)
    assert not {"acme_rules", "acme_rules.inner", "acme_space"} & set(sys.modules)


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        pytest.param("package:acme_rulez", "no package 'acme_rulez' is installed", id="missing"),
        pytest.param("package:acme_rules.x", "no package 'acme_rules.x' is", id="no such part"),
        pytest.param("package:acme_module", "no package 'acme_module' is", id="a module"),
        pytest.param("package:acme_module.x", "no package 'acme_module.x' is", id="below a module"),
        pytest.param("package:__main__", "no package '__main__' is installed", id="the program"),
        pytest.param("package:acme_rules/x.yaml", "has no file x.yaml", id="no such file"),
        pytest.param("package:acme_rules/more", "has no file more", id="a folder"),
        pytest.param("package:acme_rules/../x.yaml", "leads out of the package", id="out of it"),
        pytest.param("package:acme_rules//etc/x", "leads out of the package", id="absolute"),
        pytest.param("package:acme-rules", "'acme-rules' is no name of a package", id="a dash"),
        pytest.param("package:", "'' is no name of a package", id="nothing"),
        pytest.param("package:../x", "'..' is no name of a package", id="a path"),
    ],
)
@pytest.mark.usefixtures("installed")
def test_what_is_not_there_is_told(reference: str, told: str) -> None:
    with pytest.raises(RulebookError, match=told.replace("(", r"\(")):
        find_packaged(reference)
