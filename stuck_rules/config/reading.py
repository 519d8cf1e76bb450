"""Values on their way into settings: where each was given, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was given: a file as a user would type it, a flag or a variable."""

    source: str
    folder: Path
    line: int | None = None

    def __str__(self) -> str:
        return self.source if self.line is None else f"{self.source}:{self.line}"


@dataclass(frozen=True, slots=True)
class Located:
    """A path or glob as it was written, and the folder that it is relative to."""

    text: str
    folder: Path

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Source:
    """Settings that were given together.

    `table` is what TOML makes of them, `lines` knows the line of a key by its whole way, as in
    `log.entries.level` or `per-path.0.ignore`; paths are relative to `folder`.
    """

    name: str
    folder: Path
    table: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, key: str) -> Place:
        """Where a key was given: its own line, or that of the nearest table around it."""
        way = key
        while way and way not in self.lines:
            way = way.rpartition(".")[0]
        return Place(self.name, self.folder, self.lines.get(way))


class Reader:
    """Reads the values of a source and gathers what is wrong with them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def refuse(self, key: str, message: str) -> None:
        """Remember what is wrong with the value of a key."""
        place = self.source.place(key)
        self.problems.append(
            Problem(ProblemKind.CONFIG, f"{key} {message}", place.source, line=place.line)
        )

    def refuse_value(self, key: str, wanted: str, value: object) -> None:
        """Remember that a key's value is not what is wanted."""
        self.refuse(key, f"must be {wanted}, not {_name_type(value)}")

    def refuse_unknown(self, key: str, known: Iterable[str]) -> None:
        """Remember a key that is none, with the known one that may be meant."""
        from difflib import get_close_matches

        name, known = key.rpartition(".")[2], tuple(known)
        near = get_close_matches(name.replace("_", "-").lower(), known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        self.refuse(key, f"is no setting: {hint}")

    def table(self, key: str, value: object) -> Mapping[str, object]:
        """A table's keys and values; nothing where the value is no table."""
        if isinstance(value, dict):
            return value
        self.refuse_value(key, "a table", value)
        return {}


def _name_type(value: object) -> str:
    """A wrong value in words: its kind, and itself where it is short."""
    if isinstance(value, list):
        return "a list with something else in it" if value else "an empty list"
    if isinstance(value, dict):
        return "a table"
    return repr(value) if isinstance(value, str) else f"{str(value).lower()}"
