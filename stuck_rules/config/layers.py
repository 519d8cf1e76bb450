"""The places of settings put together: what stands higher counts, or adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from stuck_rules import __version__
from stuck_rules.config.finding import find_settings
from stuck_rules.config.reading import Place, Reader, Source
from stuck_rules.config.settings import SETTINGS, Config
from stuck_rules.config.tables import fill, read_fields
from stuck_rules.config.toml import parse, read_file, show
from stuck_rules.errors import ConfigError, Problem, UsageError
from stuck_rules.values import dataclass, field

PREFIX = "STUCK_RULES_"
FILE_VARIABLE = "STUCK_RULES_CONFIG"

_PAIR = re.compile(r"""\s*["']?[\w-]+["']?(?:\s*\.\s*["']?[\w*.-]+["']?)*\s*=""")


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


def load_config(
    cwd: Path, starts: Sequence[Path], stop: Path, *, asked: Asked | None = None
) -> Config:
    """The settings that hold, from the nearest file above the first of `starts` that has one.

    Raises ConfigError with all that is wrong in any place, and UsageError where what is asked
    contradicts itself.
    """
    asked = asked or Asked()
    pairs = [text for text in asked.config if _PAIR.match(text)]
    file = _file(cwd, starts, stop, asked)
    sources = [
        *([file] if file is not None else ()),
        *(() if asked.isolated else _from_environment(asked.environment, cwd)),
        *(Source("--config", cwd, _parse_pair(text)) for text in pairs),
        *(Source(f"--{key}", cwd, {key: value}) for key, value in asked.flags.items()),
    ]
    _check_version(sources)
    base = Config(
        path=file.name if file is not None else None,
        folder=file.folder if file is not None else starts[0],
        searched=not asked.isolated and not _named(asked),
    )
    return _merge(base, sources)


def _file(cwd: Path, starts: Sequence[Path], stop: Path, asked: Asked) -> Source | None:
    """The file that was named, else the one that is found."""
    named = _named(asked)
    if asked.isolated:
        if any(not _PAIR.match(text) for text in asked.config):
            raise UsageError.at("--isolated leaves files of settings out: do not name one")
        return None
    if named:
        return _named_file(cwd / named, cwd)
    found = (find_settings(start, stop, cwd) for start in starts)
    return next((source for source in found if source is not None), None)


def _named(asked: Asked) -> str | None:
    """The file that a flag, else the environment names."""
    files = [text for text in asked.config if not _PAIR.match(text)]
    if "" in files:
        raise UsageError.at("--config needs a file or KEY=VALUE")
    if len(files) > 1:
        raise UsageError.at(f"--config takes one file, not {len(files)}: {', '.join(files)}")
    return files[0] if files else asked.environment.get(FILE_VARIABLE) or None


def _named_file(file: Path, cwd: Path) -> Source:
    source = read_file(file, cwd)
    if source is None:
        raise ConfigError.at("has no table [tool.stuck-rules]", show(file, cwd))
    return source


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
        if not variable.startswith(PREFIX) or variable == FILE_VARIABLE:
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


def _merge(base: Config, sources: Sequence[Source]) -> Config:
    """The values of all sources, lowest first; raises ConfigError with all problems."""
    values: dict[str, object] = {}
    places: dict[str, tuple[Place, ...]] = {}
    problems: list[Problem] = []
    for source in sources:
        reader = Reader(source)
        found = read_fields(SETTINGS, source.table, reader)
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
