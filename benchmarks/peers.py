"""The peers that are installed, each on the work nearest to ours."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_RULES = Path(__file__).parent / "peer_rules"


@dataclass(frozen=True, slots=True)
class Peer:
    """A program beside ours; `slow` ones see only a sample of the code."""

    name: str
    arguments: str
    slow: bool = False

    @property
    def program(self) -> str:
        """The name of its command."""
        return self.arguments.partition(" ")[0]

    def command(self, program: str, tree: Path) -> list[str]:
        """The whole command on a tree, for the program at a place."""
        rest = shlex.split(self.arguments.format(rules=_RULES))[1:]
        return [program, *rest, str(tree)]


PEERS = (
    Peer(
        "ruff, two nearest rules",
        "ruff check --no-cache --isolated --quiet --output-format concise --select TID252,F821"
        " --config 'lint.flake8-tidy-imports.ban-relative-imports=\"all\"'",
    ),
    Peer(
        "ast-grep, nearest four rules",
        "ast-grep scan --config {rules}/sgconfig.yml --report-style short",
    ),
    Peer(
        "Semgrep, nearest four rules",
        "semgrep scan --metrics=off --disable-version-check --quiet --no-git-ignore"
        " --x-ignore-semgrepignore-files --config {rules}/semgrep.yml",
        slow=True,
    ),
    Peer(
        "Fixit, one rule of its own",
        "fixit --quiet --rules fixit.rules:NoStaticIfCondition lint",
        slow=True,
    ),
    Peer(
        "flake8, two nearest rules",
        "flake8 --isolated --select I252,F821 --ban-relative-imports true",
        slow=True,
    ),
)


def installed(names: Sequence[str], path: str | None = None) -> list[tuple[Peer, str]]:
    """The peers that can be run, with their programs; all of them where no names are given."""
    found = []
    for peer in PEERS:
        program = shutil.which(peer.program, path=path)
        if program is not None and (not names or peer.program in names):
            found.append((peer, program))
    return found
