"""Real folders and real repositories to look for files in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stuck_rules.scanner.discovery import Discovery, DiscoverySettings, discover


def run_git(folder: Path, *arguments: str) -> None:
    """Run git with no settings but the repository's own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org",
         "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Project:
    """A folder tree; `root` is the project's root and where the user stands."""

    root: Path

    def write(self, *names: str, text: str = "x = 1\n") -> Project:
        """Make files, or folders of names that end with `/`."""
        for name in names:
            path = self.root / name
            if name.endswith("/"):
                path.mkdir(parents=True, exist_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self

    def init(self, folder: str = ".") -> Project:
        """Make the folder a repository without commits."""
        run_git(self.root / folder, "init", "-q")
        return self

    def add(self, *names: str, folder: str = ".") -> Project:
        """Track files, ignored or not."""
        run_git(self.root / folder, "add", "-f", "--", *names)
        return self

    def commit(self, folder: str = ".") -> Project:
        """Commit what is tracked."""
        run_git(self.root / folder, "commit", "-q", "-m", "x")
        return self

    def discover(
        self,
        *paths: str,
        exclude: tuple[str, ...] = (),
        default_excludes: bool = True,
        wanted: Callable[[str], bool] = lambda _: False,
        cwd: str = ".",
    ) -> Discovery:
        """Look for files as a user would who stands in `cwd`."""
        settings = DiscoverySettings(
            root=self.root,
            cwd=self.root / cwd,
            exclude=exclude,
            default_excludes=default_excludes,
            wanted=wanted,
        )
        return discover(paths, settings)

    def found(self, *paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
        """The shown paths of the files to check."""
        return shown(self.discover(*paths, exclude=exclude))


def shown(discovery: Discovery) -> list[str]:
    """The files to check as the user sees them."""
    return [file.path.shown for file in discovery.files]
