"""Real code to measure on: five source distributions, reduced to their Python files."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

# Each five above 50 MB together, tests included; pinned, so that two runs measure the same code.
# In these, fewer than one file in a hundred holds a violation of the four rules,
SPARSE = (
    "salt==3008.5",
    "nova==34.0.0",
    "cinder==29.0.0",
    "neutron==29.0.0",
    "ironic==39.0.0",
)
# and in these one in nine, nearly all of them relative imports.
DISTRIBUTIONS = (
    "salt==3008.5",
    "Django==5.2.19",
    "sentry-sdk==2.75.0",
    "prefect==3.9.1",
    "apache-airflow-core==3.3.2",
)


def fetch(folder: Path, wanted: Sequence[str] = DISTRIBUTIONS) -> list[Path]:
    """Download and unpack distributions where they are not there yet; the unpacked folders.

    They come in the order asked for. Raises CalledProcessError where one cannot be downloaded.
    """
    archives = folder / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    return [_unpack(_download(one, archives), folder / "unpacked") for one in wanted]


def _download(wanted: str, archives: Path) -> Path:
    name, _, version = wanted.partition("==")
    archive = archives / f"{name.lower().replace('-', '_')}-{version}.tar.gz"
    if not archive.is_file():
        options = ["--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(archives)]
        subprocess.run([sys.executable, "-m", "pip", "download", *options, wanted], check=True)
    return archive


def _unpack(archive: Path, folder: Path) -> Path:
    target = folder / archive.name.removesuffix(".tar.gz")
    if not target.is_dir():
        with tarfile.open(archive) as tar:
            tar.extractall(folder, members=_python_files(tar), filter="data")
    return target


def _python_files(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    return (member for member in tar if member.isfile() and member.name.endswith(".py"))


def gather(sources: list[Path], tree: Path, *, most_bytes: int | None = None) -> int:
    """Copy the Python files below some folders into a tree; how many bytes they are.

    Nothing else comes along, neither settings nor ignore files, so that every tool meets the
    same list of files. With `most_bytes`, files are taken at equal distances until it is full.
    """
    files = [(source, file) for source in sources for file in sorted(source.rglob("*.py"))]
    files = [(source, file) for source, file in files if file.is_file()]
    total = sum(file.stat().st_size for _, file in files)
    step = max(1, round(total / most_bytes)) if most_bytes else 1
    taken = 0
    for source, file in files[::step]:
        target = tree / source.name / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        taken += target.stat().st_size
    return taken
