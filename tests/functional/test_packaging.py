"""The built distributions hold what the program needs away from its repository."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.functional.program import write

ROOT = Path(__file__).resolve().parents[2]

BUILD_SDIST = "import sys; from hatchling.build import build_sdist; build_sdist(sys.argv[1])"


def call(folder: Path, *argv: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python away from the repository; `path` is where to import from."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    extra = {} if path is None else {"PYTHONPATH": str(path)}
    return subprocess.run(
        [sys.executable, *argv],
        cwd=folder,
        env={**clean, **extra},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = call(
        folder, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--wheel-dir", str(folder), str(ROOT),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = call(
        folder, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--target", str(folder), str(wheel),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "stuck_rules/bundled/rules.yaml",
        "stuck_rules/bundled/docs/getting_stuck_log.md",
        "stuck_rules/py.typed",
        "stuck_rules/__main__.py",
        "stuck_rules/cli/commands/scan.py",
    ],
)
def test_the_wheel_holds(installed: Path, name: str) -> None:
    assert (installed / name).is_file()


def test_the_wheel_holds_the_package_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"stuck_rules"}


def test_the_wheel_declares_the_command_and_the_licence(installed: Path) -> None:
    (info,) = installed.glob("*.dist-info")
    entry_points = (info / "entry_points.txt").read_text(encoding="utf-8")
    assert "stuck-rules = stuck_rules.cli.main:program" in entry_points
    assert list(info.rglob("LICENSE"))


def test_the_wheel_carries_the_repositorys_rulebook_and_log(installed: Path) -> None:
    bundled = installed / "stuck_rules/bundled"
    for name in ("rules.yaml", "docs/getting_stuck_log.md"):
        assert (bundled / name).read_bytes() == (ROOT / name).read_bytes()


def test_an_installed_program_finds_its_rulebook(installed: Path, tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "from unittest.mock import MagicMock\nx = MagicNone\n"})
    located = call(
        tmp_path,
        "-c",
        "from stuck_rules.rulebook.locate import bundled; print(bundled())",
        path=installed,
    )
    assert Path(located.stdout.strip()).is_relative_to(installed.resolve()), located.stderr
    done = call(tmp_path, "-m", "stuck_rules", "scan", path=installed)
    assert done.returncode == 1, done.stderr
    assert "a.py:2:5: error magic-none" in done.stdout
    assert "learned in: Unit Test Failure Mass Analysis" in done.stdout
    assert "stuck_rules/bundled/docs/getting_stuck_log.md:" in done.stdout
    assert "(bundled rulebook)" in done.stderr


def test_the_sdist_holds_what_a_build_needs(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    done = call(ROOT, "-c", BUILD_SDIST, str(tmp_path))
    assert done.returncode == 0, done.stderr
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        "pyproject.toml", "README.md", "LICENSE", "rules.yaml", "docs/getting_stuck_log.md",
        "stuck_rules/py.typed", ".pre-commit-hooks.yaml", "tests/functional/test_packaging.py",
    }  # fmt: skip
    assert wanted - names == set()
