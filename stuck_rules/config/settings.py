"""All settings, declared once: keys, flags, variables and documentation follow from here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from stuck_rules.model.rule import Severity
from stuck_rules.values import dataclass, field

if TYPE_CHECKING:
    from stuck_rules.config.reading import Located, Place
    from stuck_rules.config.rulesettings import PerPath, RuleChange, SeverityChange
    from stuck_rules.model.logsettings import LogSettings

T = TypeVar("T")


def setting(kind: str, default: T, doc: str, *, adds: bool = False) -> T:
    """Declare a field that is a setting; its key is its name with dashes.

    Its kind is named, not imported: a run without any setting need not know how to read one.
    With `adds`, the values of all places hold together.
    """
    return field(default=default, metadata={"kind": kind, "doc": doc, "adds": adds})


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
        "paths", (), "the rulebooks: files, or `package:NAME` for one of an installed package"
    )
    log_url: str | None = setting("text", None, "the address of the log, for links")
    exclude: tuple[Located, ...] = setting("globs", (), "files and folders that are left out")
    extend_exclude: tuple[Located, ...] = setting(
        "globs", (), "further ones that are left out", adds=True
    )
    select: tuple[str, ...] = setting(
        "names", (), "only these rules run; a disabled rule runs when its id stands here"
    )
    extend_select: tuple[str, ...] = setting("names", (), "these rules run too", adds=True)
    ignore: tuple[str, ...] = setting("names", (), "these rules do not run")
    extend_ignore: tuple[str, ...] = setting("names", (), "nor do these", adds=True)
    severity: tuple[SeverityChange, ...] = setting(
        "severities",
        (),
        "severities in place of the rulebook's; the last that fits counts",
        adds=True,
    )
    per_path: tuple[PerPath, ...] = setting(
        "per-path", (), "what holds for the files of some paths", adds=True
    )
    tests: tuple[Located, ...] = setting(
        "globs", (), "what tests are, for rules that speak of the usual ones, see below"
    )
    rules: tuple[RuleChange, ...] = setting(
        "rules", (), "what a rule says otherwise than its rulebook", adds=True
    )
    fail_level: Severity = setting(
        "level", Severity.WARNING, "the least severity that makes the exit code 1"
    )
    max_file_size: int = setting(
        "size", 1_000_000, "a file of more characters is told and not checked"
    )
    rule_timeout: int = setting(
        "seconds", 30, "how many seconds a rule may take on a file; 0 for as long as it likes"
    )
    baseline: Located | None = setting("path", None, "the baseline's file")
    cache_dir: Located | None = setting(
        "path", None, "where runs remember; outside the project, or named by flag or variable"
    )
    jobs: int | None = setting(
        "size", None, "how many processes may check files; as many as processors without it"
    )
    output_format: str | None = setting("text", None, "how `scan` reports; `full` without it")
    required_version: str | None = setting(
        "text", None, 'versions of stuck-rules that may be used, such as `">=0.1,<1"`'
    )
    log: LogSettings | None = setting("log", None, "how the log is read, see [log.md](log.md)")

    def folder_of(self, key: str) -> Path:
        """What relative paths in the value of a key are relative to."""
        places = self.places.get(key, ())
        return places[-1].folder if places else self.folder
