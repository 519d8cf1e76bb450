"""The values of all places put together: what stands higher counts, or adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from stuck_rules import __version__
from stuck_rules.config.asked import FILE_VARIABLE, PREFIX, Asked
from stuck_rules.config.finding import SHARED_FILE
from stuck_rules.config.known import SETTINGS
from stuck_rules.config.reading import Place, Reader, Source
from stuck_rules.config.settings import Config
from stuck_rules.config.tables import fill, read_fields
from stuck_rules.config.toml import parse, read_file, show
from stuck_rules.errors import ConfigError, Problem
from stuck_rules.values import replace


def read_named(file: Path, cwd: Path) -> Source:
    """The settings of a file that somebody named, which has to have some."""
    source = read_file(file, cwd, shared=file.name == SHARED_FILE)
    if source is None:
        raise ConfigError.at("has no table [tool.stuck-rules]", show(file, cwd))
    return source


def sources_of(asked: Asked, file: Source | None, cwd: Path) -> list[Source]:
    """All places, lowest first; raises ConfigError for one that cannot be read."""
    return [
        *([file] if file is not None else ()),
        *_from_environment(asked.variables, cwd),
        *(Source("--config", cwd, _parse_pair(text)) for text in asked.pairs),
        *(Source(f"--{key}", cwd, {key: value}) for key, value in asked.flags.items()),
    ]


def _parse_pair(text: str) -> dict[str, object]:
    try:
        return parse(text, "")
    except ConfigError:
        key, _, value = (part.strip() for part in text.partition("="))
        wanted = f'["{value}"]' if key in SETTINGS and SETTINGS[key].kind.is_list else f'"{value}"'
        raise ConfigError.at(
            f"{value or 'nothing'} is no value of TOML for {key}; text needs quotes: "
            f"--config '{key}={wanted}'",
            "--config",
        ) from None


def _from_environment(environment: Mapping[str, str], cwd: Path) -> Iterator[Source]:
    keys = {variable_of(key): key for key in variables()}
    for variable, text in environment.items():
        if variable == FILE_VARIABLE:
            continue
        key = keys.get(variable)
        if key is None:
            _refuse_variable(variable, [*keys, FILE_VARIABLE])
        elif text.strip():
            parse_text = SETTINGS[key].kind.parse
            assert parse_text is not None, key
            yield Source(variable, cwd, {key: parse_text(text)})


def variables() -> list[str]:
    """The keys of the settings that a variable of the environment can hold."""
    return [key for key, setting in SETTINGS.items() if setting.kind.parse is not None]


def variable_of(key: str) -> str:
    """The variable of a setting."""
    return PREFIX + key.upper().replace("-", "_")


def _refuse_variable(variable: str, known: Sequence[str]) -> None:
    """A slip must not go unseen; what is like no setting may be somebody else's."""
    from difflib import get_close_matches

    near = get_close_matches(variable, known, n=1, cutoff=0.85)
    if near:
        raise ConfigError.at(f"is no variable of a setting: did you mean {near[0]}?", variable)


def _check_version(sources: Sequence[Source]) -> None:
    """Before all else: what another version may know is no slip."""
    for source in sources:
        wanted = source.table.get("required-version")
        if not isinstance(wanted, str):
            continue
        from stuck_rules.config.versions import satisfies

        place = source.place("required-version")
        try:
            fits = satisfies(__version__, wanted)
        except ValueError as error:
            message = f"required-version {error}"
            raise ConfigError.at(message, place.source, place.line) from None
        if not fits:
            message = f"stuck-rules {wanted} is wanted here, and this is {__version__}"
            raise ConfigError.at(message, place.source, place.line)


def _forget_selected(values: dict[str, object], places: dict[str, tuple[Place, ...]]) -> None:
    """Leave out what lower places select: who says `--select` wants these rules alone."""
    values.pop("extend_select", None)
    places.pop("extend-select", None)
    tables = values.get("per_path", ())
    assert isinstance(tables, tuple)
    if tables:
        values["per_path"] = tuple(replace(table, extend_select=()) for table in tables)


def merge(base: Config, sources: Sequence[Source]) -> Config:
    """The values of all sources, lowest first; raises ConfigError with all problems."""
    values: dict[str, object] = {}
    places: dict[str, tuple[Place, ...]] = {}
    problems: list[Problem] = []
    _check_version(sources)
    for source in sources:
        reader = Reader(source)
        found = read_fields(SETTINGS, source.table, reader)
        if "select" in found:
            _forget_selected(values, places)
        for key, setting in SETTINGS.items():
            if setting.field not in found:
                continue
            value, before = found[setting.field], values.get(setting.field)
            place = source.place(key)
            if setting.adds and isinstance(before, tuple) and isinstance(value, tuple):
                values[setting.field] = (*before, *value)
                places[key] = (*places[key], place)
            else:
                values[setting.field] = value
                places[key] = (place,)
        problems.extend(sorted(reader.problems, key=lambda problem: problem.line or 0))
    if problems:
        raise ConfigError(*problems)
    return fill(base, {**values, "places": places})
