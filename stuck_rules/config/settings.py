"""All settings, declared once: keys, flags, variables and documentation follow from here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from stuck_rules.config.kinds import (
    GLOBS,
    LEVEL,
    LOG,
    NAMES,
    PATH,
    PATHS,
    SIZE,
    TEXT,
)
from stuck_rules.config.reading import Located, Place
from stuck_rules.config.rulesettings import (
    PER_PATH,
    RULES,
    SEVERITIES,
    PerPath,
    RuleChange,
    SeverityChange,
)
from stuck_rules.config.tables import setting, settings_of
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.rule import Severity
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Config:
    """The settings that hold; `path` is their file as a user would type it, None without one.

    `folder` is the file's folder, else where the search began. `places` tells by key where the
    values that are no defaults were given. `searched` is false where no file was looked for.
    """

    path: str | None
    folder: Path
    searched: bool = True
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict, compare=False)
    rulebook: tuple[Located, ...] = setting(
        PATHS, (), "the rulebooks: files, or `package:NAME` for one of an installed package"
    )
    log_url: str | None = setting(TEXT, None, "the address of the log, for links")
    exclude: tuple[Located, ...] = setting(GLOBS, (), "files and folders that are left out")
    extend_exclude: tuple[Located, ...] = setting(
        GLOBS, (), "further ones that are left out", adds=True
    )
    select: tuple[str, ...] = setting(
        NAMES, (), "only these rules run; a disabled rule runs when its id stands here"
    )
    extend_select: tuple[str, ...] = setting(NAMES, (), "these rules run too", adds=True)
    ignore: tuple[str, ...] = setting(NAMES, (), "these rules do not run")
    extend_ignore: tuple[str, ...] = setting(NAMES, (), "nor do these", adds=True)
    severity: tuple[SeverityChange, ...] = setting(
        SEVERITIES,
        (),
        "severities in place of the rulebook's; the last that fits counts",
        adds=True,
    )
    per_path: tuple[PerPath, ...] = setting(
        PER_PATH, (), "what holds for the files of some paths", adds=True
    )
    tests: tuple[Located, ...] = setting(
        GLOBS, (), "what tests are, for rules that speak of the usual ones, see below"
    )
    rules: tuple[RuleChange, ...] = setting(
        RULES, (), "what a rule says otherwise than its rulebook", adds=True
    )
    fail_level: Severity = setting(
        LEVEL, Severity.WARNING, "the least severity that makes the exit code 1"
    )
    max_file_size: int = setting(
        SIZE, 1_000_000, "a file of more characters is told and not checked"
    )
    baseline: Located | None = setting(PATH, None, "the baseline's file")
    cache_dir: Located | None = setting(
        PATH, None, "where runs remember; outside the project, or named by flag or variable"
    )
    output_format: str | None = setting(TEXT, None, "how `scan` reports; `full` without it")
    required_version: str | None = setting(
        TEXT, None, 'versions of stuck-rules that may be used, such as `">=0.1,<1"`'
    )
    log: LogSettings | None = setting(LOG, None, "how the log is read, see [log.md](log.md)")

    def folder_of(self, key: str) -> Path:
        """What relative paths in the value of a key are relative to."""
        places = self.places.get(key, ())
        return places[-1].folder if places else self.folder


SETTINGS = settings_of(Config)
