"""What the caller says of the settings: on the command line, in the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stuck_rules.errors import UsageError
from stuck_rules.values import dataclass, field

PREFIX = "STUCK_RULES_"
FILE_VARIABLE = "STUCK_RULES_CONFIG"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller says of the settings, above any file.

    `flags` are values by key, as TOML would give them; `config` are files or `KEY=VALUE` with a
    value in TOML. `isolated` leaves out files and environment. Only with `remember` is anything
    taken from earlier runs, or kept for later ones.
    """

    flags: Mapping[str, object] = field(default_factory=dict)
    config: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    isolated: bool = False
    remember: bool = False

    @property
    def says_something(self) -> bool:
        """Whether any setting may be among it."""
        return bool(self.config or self.flags or self.variables)

    @property
    def pairs(self) -> tuple[str, ...]:
        """The settings in `config`."""
        return tuple(text for text in self.config if _is_pair(text))

    @property
    def file(self) -> str | None:
        """The file that a flag, else the environment names; raises UsageError for several."""
        files = [text for text in self.config if not _is_pair(text)]
        if "" in files:
            raise UsageError.at("--config needs a file or KEY=VALUE")
        if len(files) > 1:
            raise UsageError.at(f"--config takes one file, not {len(files)}: {', '.join(files)}")
        if files and self.isolated:
            raise UsageError.at("--isolated leaves files of settings out: do not name one")
        named = files[0] if files else self.environment.get(FILE_VARIABLE)
        return None if self.isolated else named or None

    @property
    def variables(self) -> dict[str, str]:
        """The variables of the environment that may be settings."""
        if self.isolated:
            return {}
        given = self.environment.items()
        return {name: text for name, text in given if name.startswith(PREFIX)}


def _is_pair(text: str) -> bool:
    key = r"""\s*["']?[\w-]+["']?(?:\s*\.\s*["']?[\w*.-]+["']?)*\s*="""
    return re.match(key, text) is not None
