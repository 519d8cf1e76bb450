"""What a file's YAML front matter says of the entry in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from stuck_rules.errors import LogError
from stuck_rules.values import dataclass

PATTERN = re.compile(r"\A---[ \t]*\n(?=[\w\"'-]+[ \t]*:)((?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_RETIRED = frozenset({"archived", "deprecated", "superseded", "retired", "obsolete"})
_ID = re.compile(r"[A-Za-z0-9_.-]+")
_KEY = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?P<text>(?!\s*[\[{|>]).*)")
_DEEPEST = 50
# Globs that all Python files match, and those that one may match.
_ALL = re.compile(r"(?:\./)?(?:\*\*/)*\*+(?:\.\*|\.pyi?)?")
_MAY_BE_PYTHON = re.compile(r"(?!.*[{}!]).*(?:\.pyi?|/|\*|(?:^|/)[\w-]+)", re.DOTALL)
# A comma inside braces parts no words.
_COMMA = re.compile(r",(?![^{}]*\})")
_BRACES = re.compile(r"(?P<before>[^{}]*)\{(?P<words>[^{}]*)\}(?P<after>[^{}]*)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys that speak of an entry; `is_retired` says that it holds no longer.

    `keywords` and `files` are told with the line of the key that lists them; `scope` are the
    globs of the only files that it speaks of.
    """

    id: str | None = None
    title: str | None = None
    date: str | None = None
    is_retired: bool = False
    keywords: tuple[tuple[str, int], ...] = ()
    files: tuple[tuple[str, int], ...] = ()
    scope: tuple[str, ...] = ()


def _text(values: Mapping[object, object], *keys: str) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _iso(text: str | None) -> str | None:
    try:
        return date.fromisoformat((text or "")[:10]).isoformat()
    except ValueError:
        return None


def _values(text: str, path: str) -> object:
    """What YAML makes of it; raises LogError where it nests too deeply for that to be sure."""
    import yaml

    brackets = text.count("[") + text.count("{")
    # Each level takes a bracket or a column.
    if brackets > _DEEPEST or any(len(line) > _DEEPEST for line in text.split("\n")):
        depth = 0
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise LogError.at("front matter nests too deeply", path, 1)
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506


def read_front_matter(text: str, path: str) -> FrontMatter | None:
    """The front matter of a file; None without one. Raises LogError where it is no YAML."""
    match = PATTERN.match(text)
    if match is None:
        return None
    import yaml

    try:
        values = _values(match[1], path)
    except yaml.YAMLError as error:
        values = _plain(match[1])
        if values is None:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark is not None else 1
            raise LogError.at("front matter is not valid YAML: correct it", path, line) from None
    if not isinstance(values, dict):
        return None
    own = _text(values, "id", "slug")
    status = (_text(values, "status") or "").lower()
    return FrontMatter(
        own if own and _ID.fullmatch(own) else None,
        _text(values, "title"),
        _iso(_text(values, "date", "created")),
        status in _RETIRED,
        _listed(values, match[1], "keywords", "tags"),
        _listed(values, match[1], "files", "paths"),
        _scope(values, match[1]),
    )


def _scope(values: Mapping[object, object], text: str) -> tuple[str, ...]:
    """The globs that editors are told with `applyTo`, `globs` or `paths`, without one for all.

    A path without a star only tells where something happened.
    """
    told = [word for word, _ in _listed(values, text, "applyTo", "globs")]
    told = told or [word for word, _ in _listed(values, text, "paths") if "*" in word]
    globs = [glob for word in told for glob in _without_braces(word)]
    return () if any(map(_ALL.fullmatch, globs)) else tuple(filter(_MAY_BE_PYTHON.fullmatch, globs))


def _without_braces(glob: str) -> list[str]:
    """`src/{a,b}/*.py` as two globs."""
    found = _BRACES.fullmatch(glob)
    if found is None:
        return [glob]
    return [f"{found['before']}{word}{found['after']}" for word in found["words"].split(",")]


def _plain(text: str) -> dict[object, object] | None:
    """Keys with a text behind each, as editors write `globs: *.py`, which is no YAML."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = [_KEY.fullmatch(line) for line in lines]
    told: dict[object, object] = {key["key"]: key["text"].strip() for key in found if key}
    return told if len(told) == len(lines) else None


def _listed(values: Mapping[object, object], text: str, *keys: str) -> tuple[tuple[str, int], ...]:
    """The words of a list, or of a text with commas, at the top or below `match`."""
    below = values.get("match")
    tables = (values, below) if isinstance(below, Mapping) else (values,)
    found: dict[str, int] = {}
    for key, table in ((key, table) for key in keys for table in tables):
        value = table.get(key)
        words = _COMMA.split(value) if isinstance(value, str) else value
        told = re.search(rf"^\s*{key}\s*:", text, re.MULTILINE)
        line = text.count("\n", 0, told.end()) + 2 if told else 1
        for word in words if isinstance(words, list) else ():
            if isinstance(word, str) and word.strip():
                found.setdefault(" ".join(word.split()), line)
    return tuple(found.items())
