"""A file of settings as TOML reads it, with the line of each of its keys."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from pathlib import Path

from stuck_rules.config.reading import Source
from stuck_rules.errors import ConfigError
from stuck_rules.regular import read_regular

TABLE = "stuck-rules"


def read_file(file: Path, cwd: Path, *, shared: bool) -> Source | None:
    """The settings of a file; None for one that is `shared` with others and lacks our table.

    Raises ConfigError where there is no such file, or it is no TOML.
    """
    shown = show(file, cwd)
    try:
        data = read_regular(file)
    except OSError as error:
        raise ConfigError.at(f"cannot be read: {error.strerror}", shown) from None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError.at("is not UTF-8, as TOML must be", shown, line) from None
    values = parse(text, shown)
    table = _our_table(values, shown) if shared else values
    if table is None:
        return None
    lines = _find_lines(text, f"tool.{TABLE}" if shared else "")
    if not shared and "tool" in table:
        message = f"tool has no place here: write the settings without [tool.{TABLE}]"
        raise ConfigError.at(message, shown, lines.get("tool"))
    return Source(shown, file.absolute().parent, table, lines)


def show(file: Path, cwd: Path) -> str:
    """A file as a user would type it who stands in `cwd`."""
    return os.path.relpath(file, cwd).replace(os.sep, "/")


def parse(text: str, shown: str) -> dict[str, object]:
    """What TOML makes of a text; raises ConfigError with line and column."""
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
    except (RecursionError, ValueError):
        raise ConfigError.at("nests too deep, or holds a number that is too long", shown) from None


def _our_table(values: dict[str, object], shown: str) -> dict[str, object] | None:
    tools = values.get("tool")
    table = tools.get(TABLE) if isinstance(tools, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise ConfigError.at(f"tool.{TABLE} must be a table: write [tool.{TABLE}] above it", shown)


def _find_lines(text: str, ours: str) -> dict[str, int]:
    """The line of each key of our table, as far as a look at line starts can tell.

    A key of a table below ours is known by its whole way, as in `log.entries.level`; tables of
    a list are numbered from 0.
    """
    lines: dict[str, int] = {}
    numbers: Counter[str] = Counter()
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        header = re.match(r"\s*(\[{1,2})([^\[\]]+)\]", line)
        key = re.match(r"""\s*(["']?[\w*-]+["']?(?:\s*\.\s*["']?[\w*-]+["']?)*)\s*=""", line)
        if header:
            inside = _plain(header[2])
            if header[1] == "[[":
                numbers[inside] += 1
                inside = f"{inside}.{numbers[inside] - 1}"
            _note_ways(inside, number, ours, lines)
        elif key:
            way = f"{inside}.{_plain(key[1])}" if inside else _plain(key[1])
            _note_ways(way, number, ours, lines)
    return lines


def _plain(name: str) -> str:
    """A dotted name without quotes and spaces."""
    return re.sub(r"""["'\s]""", "", name)


def _note_ways(way: str, number: int, ours: str, lines: dict[str, int]) -> None:
    """Note the line of a key, and of each table around it that has none yet."""
    if ours:
        if not f"{way}.".startswith(f"{ours}."):
            return
        way = way.removeprefix(ours).removeprefix(".")
    parts = way.split(".") if way else []
    for end in range(1, len(parts) + 1):
        lines.setdefault(".".join(parts[:end]), number)
