"""A project's settings: `stuck-rules.toml`, or `[tool.stuck-rules]` of `pyproject.toml`."""

from __future__ import annotations

import difflib
import os
import re
import sys
from pathlib import Path

from stuck_rules.errors import ConfigError, Problem, ProblemKind
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.logtable import read_log_table
from stuck_rules.model.rule import Severity
from stuck_rules.values import dataclass

OWN_FILE = "stuck-rules.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "stuck-rules"

KEYS = (
    "rulebook",
    "log-url",
    "exclude",
    "select",
    "ignore",
    "fail-level",
    "max-file-size",
    "log",
)
DEFAULT_MAX_FILE_SIZE = 1_000_000


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; `path` is as a user would type it, None where no file has any.

    `rulebooks`, `exclude` and the paths of `log` are as written, relative to `folder`;
    `max_file_size` is in bytes; `log` is None where the file says nothing of logs.
    """

    path: str | None
    folder: Path
    rulebooks: tuple[str, ...] = ()
    log_url: str | None = None
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_level: Severity = Severity.WARNING
    max_file_size: int = DEFAULT_MAX_FILE_SIZE
    log: LogSettings | None = None


def load_config(start: Path, stop: Path | None = None) -> Config:
    """Read the nearest file with settings, from `start` upwards to `stop` at the most.

    A `pyproject.toml` without our table is passed over. Raises ConfigError with all that is
    wrong in the file.
    """
    start = start.resolve()
    last = stop.resolve() if stop is not None else None
    for folder in (start, *start.parents):
        for name in (OWN_FILE, SHARED_FILE):
            config = _read(folder / name, start)
            if config is not None:
                return config
        if folder == last:
            break
    return Config(None, start)


def _read(file: Path, start: Path) -> Config | None:
    """The settings of a file; None where it is not there or has none."""
    shown = os.path.relpath(file, start).replace(os.sep, "/")
    try:
        data = file.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError.at(f"cannot be read: {error.strerror}", shown) from None
    shared = file.name == SHARED_FILE
    if shared and TABLE.encode() not in data:
        return None
    try:
        text = data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError.at("is not UTF-8, as TOML must be", shown, line) from None
    values = _parse(text, shown)
    table = _find_table(values, shown) if shared else values
    if table is None:
        return None
    return _Table(table, _find_lines(text, shared=shared), shown).to_config(file.parent)


def _parse(text: str, shown: str) -> dict[str, object]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).rpartition(" (at ")
        place = [int(number) for number in re.findall(r"\d+", where)] or [text.count("\n") + 1]
        column = place[1] if len(place) > 1 else None
        message = f"is not valid TOML: {what or error}"
        raise ConfigError.at(message, shown, place[0], column) from None


def _find_table(values: dict[str, object], shown: str) -> dict[str, object] | None:
    tools = values.get("tool")
    table = tools.get(TABLE) if isinstance(tools, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise ConfigError.at(f"tool.{TABLE} must be a table: write [tool.{TABLE}] above it", shown)


def _find_lines(text: str, *, shared: bool) -> dict[str, int]:
    """The line of each key of our table, as far as a look at line starts can tell.

    A key of a table below ours is known by its whole way, as in `log.entries.level`.
    """
    lines: dict[str, int] = {}
    ours = f"tool.{TABLE}" if shared else ""
    inside: str | None = None if shared else ""
    for number, line in enumerate(text.split("\n"), start=1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        if header:
            name = header[1].replace('"', "")
            inside = _below(name, ours)
            for key in _ways(inside or ""):
                lines.setdefault(key, number)
        key_match = re.match(r"""\s*["']?([\w-]+(?:\.[\w-]+)*)["']?\s*=""", line)
        if inside is not None and key_match:
            for key in _ways(f"{inside}.{key_match[1]}" if inside else key_match[1]):
                lines.setdefault(key, number)
    return lines


def _below(name: str, ours: str) -> str | None:
    """The way from our table to the named one; None where that is another's."""
    if not ours or name == ours:
        return name if not ours else ""
    return name.removeprefix(f"{ours}.") if name.startswith(f"{ours}.") else None


def _ways(way: str) -> list[str]:
    """`a.b.c` as `a`, `a.b` and itself."""
    parts = way.split(".") if way else []
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


class _Table:
    """The table's values on their way into a Config; gathers what is wrong with them."""

    def __init__(self, values: dict[str, object], lines: dict[str, int], path: str) -> None:
        self._values = values
        self._lines = lines
        self._path = path
        self._problems: list[Problem] = []

    def to_config(self, folder: Path) -> Config:
        """Make the settings; raises ConfigError with all problems in the order of the file."""
        for key in self._values:
            if key not in KEYS:
                self._refuse_unknown(key)
        config = Config(
            self._path,
            folder,
            rulebooks=self._texts("rulebook", alone=True),
            log_url=self._text("log-url"),
            exclude=self._texts("exclude"),
            select=self._texts("select"),
            ignore=self._texts("ignore"),
            fail_level=self._level("fail-level"),
            max_file_size=self._size("max-file-size"),
            log=self._log(),
        )
        if self._problems:
            raise ConfigError(*sorted(self._problems, key=lambda problem: problem.line or 0))
        return config

    def _texts(self, key: str, *, alone: bool = False) -> tuple[str, ...]:
        value = self._values.get(key, [])
        if alone and isinstance(value, str):
            value = [value]
        if isinstance(value, list) and all(isinstance(text, str) and text for text in value):
            return tuple(value)
        wanted = "a string or a list of strings" if alone else "a list of strings"
        self._refuse(key, f"must be {wanted}, none of them empty, not {_name_type(value)}")
        return ()

    def _text(self, key: str) -> str | None:
        value = self._values.get(key)
        if value is None or (isinstance(value, str) and value):
            return value
        self._refuse(key, f"must be a string that is not empty, not {_name_type(value)}")
        return None

    def _level(self, key: str) -> Severity:
        value = self._values.get(key, Severity.WARNING.value)
        levels = [severity.value for severity in Severity]
        if isinstance(value, str) and value.lower() in levels:
            return Severity(value.lower())
        self._refuse(key, f"must be one of {', '.join(levels)}, not {_name_type(value)}")
        return Severity.WARNING

    def _size(self, key: str) -> int:
        value = self._values.get(key, DEFAULT_MAX_FILE_SIZE)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self._refuse(key, f"must be a number of bytes above 0, not {_name_type(value)}")
        return DEFAULT_MAX_FILE_SIZE

    def _log(self) -> LogSettings | None:
        if "log" not in self._values:
            return None
        settings, complaints = read_log_table(self._values["log"])
        for complaint in complaints:
            line = self._lines.get(".".join(("log", *complaint.keys)), self._lines.get("log"))
            self._problems.append(
                Problem(ProblemKind.CONFIG, str(complaint), self._path, line=line)
            )
        return settings

    def _refuse_unknown(self, key: str) -> None:
        if key == "tool":
            self._refuse(key, f"has no place here: write the settings without [tool.{TABLE}]")
            return
        near = difflib.get_close_matches(key.replace("_", "-").lower(), KEYS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(KEYS)}"
        self._refuse(key, f"is no setting: {hint}")

    def _refuse(self, key: str, message: str) -> None:
        line = self._lines.get(key)
        self._problems.append(
            Problem(ProblemKind.CONFIG, f"{key} {message}", self._path, line=line)
        )


def _name_type(value: object) -> str:
    """A wrong value in words: its kind, and itself where it is short."""
    if isinstance(value, list):
        return "a list with something else in it"
    if isinstance(value, dict):
        return "a table"
    return repr(value) if isinstance(value, str) else f"{str(value).lower()}"
