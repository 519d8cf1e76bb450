"""Settings that speak of rules: their severities, their options, where which of them hold."""

from __future__ import annotations

from stuck_rules.config.kinds import LEVEL, SIMPLE_KINDS, Kind
from stuck_rules.config.reading import Located, Place, Reader
from stuck_rules.config.settings import setting
from stuck_rules.config.tables import fill, read_fields, settings_of
from stuck_rules.model.rule import OptionValue, Severity
from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class SeverityChange:
    """Rules, by a name as in `select`, that have another severity than they say themselves."""

    name: str
    level: Severity
    place: Place = field(compare=False)


def _read_severities(key: str, value: object, reader: Reader) -> tuple[SeverityChange, ...]:
    changes = []
    for name, told in reader.table(key, value).items():
        level = LEVEL.read(f"{key}.{name}", told, reader)
        if level is not None:
            changes.append(SeverityChange(name, level, reader.source.place(f"{key}.{name}")))
    return tuple(changes)


def _parse_severities(text: str) -> object:
    pairs = [part.partition("=") for part in text.replace("\n", ",").split(",") if part.strip()]
    return {name.strip(): level.strip() for name, _, level in pairs}


SEVERITIES = Kind(
    "a table: a name as in `select`, and its severity", _read_severities, _parse_severities
)


@dataclass(frozen=True, slots=True)
class PerPath:
    """What holds of the rules for the files of some paths."""

    place: Place = field(compare=False)
    paths: tuple[Located, ...] = setting("globs", (), "the files that the table is about; required")
    select: tuple[str, ...] = setting("names", (), "only these rules look at them")
    extend_select: tuple[str, ...] = setting(
        "names", (), "these rules look at them too, even if they are off or ignored elsewhere"
    )
    ignore: tuple[str, ...] = setting("names", (), "these rules do not look at them")
    severity: tuple[SeverityChange, ...] = setting("severities", (), "severities that hold there")


def _read_per_path(key: str, value: object, reader: Reader) -> tuple[PerPath, ...]:
    known, read = settings_of(PerPath, KINDS), []
    for number, each in enumerate(value if isinstance(value, list) else [value]):
        inside = f"{key}.{number}"
        table = reader.table(inside, each)
        found = read_fields(known, table, reader, inside=inside)
        if isinstance(each, dict) and not table.get("paths"):
            reader.refuse(inside, "needs paths, the globs of the files that it is about")
        read.append(fill(PerPath(reader.source.place(inside)), found))
    return tuple(read)


PER_PATH = Kind("tables, see below", _read_per_path)


def _read_options(key: str, value: object, reader: Reader) -> tuple[tuple[str, OptionValue], ...]:
    options: list[tuple[str, OptionValue]] = []
    for name, told in reader.table(key, value).items():
        if isinstance(told, (str, int)):
            options.append((name, told))
        elif isinstance(told, list) and all(isinstance(text, str) for text in told):
            options.append((name, tuple(told)))
        else:
            wanted = "a string, a number, true, false or a list of strings"
            reader.refuse_value(f"{key}.{name}", wanted, told)
    return tuple(options)


OPTIONS = Kind("a table of options", _read_options)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What a rule says otherwise than its rulebook; options as pairs of name and value."""

    id: str
    place: Place = field(compare=False)
    enabled: bool | None = setting("flag", None, "whether the rule runs")
    with_: tuple[tuple[str, OptionValue], ...] = setting(
        "options", (), "options of the rule's check or text, in place of those of the rulebook"
    )
    options: tuple[tuple[str, OptionValue], ...] = setting(
        "options", (), "how the rule's patterns match, in place of what the rulebook says"
    )


def _read_rules(key: str, value: object, reader: Reader) -> tuple[RuleChange, ...]:
    known, read = settings_of(RuleChange, KINDS), []
    for rule, each in reader.table(key, value).items():
        inside = f"{key}.{rule}"
        table = dict(reader.table(inside, each))
        if table.pop("severity", None) is not None:
            message = f'is no setting: write it under severity, as {rule} = "..."'
            reader.refuse(f"{inside}.severity", message)
        found = read_fields(known, table, reader, inside=inside)
        read.append(fill(RuleChange(rule, reader.source.place(inside)), found))
    return tuple(read)


RULES = Kind("a table for each rule, see below", _read_rules)

KINDS: dict[str, Kind[object]] = {
    **SIMPLE_KINDS,
    "options": OPTIONS,
    "per-path": PER_PATH,
    "rules": RULES,
    "severities": SEVERITIES,
}
