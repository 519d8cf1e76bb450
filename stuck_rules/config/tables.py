"""Tables of settings as dataclasses: each field tells its kind, what it means, how it adds up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from stuck_rules.config.kinds import Kind
from stuck_rules.config.reading import Reader
from stuck_rules.values import dataclass, fields, replace

if TYPE_CHECKING:
    from dataclasses import Field


class Table(Protocol):
    """A dataclass whose fields are settings."""

    __dataclass_fields__: ClassVar[dict[str, Field[object]]]


TableT = TypeVar("TableT", bound=Table)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a field of a table is; `adds` is true where the values of all places add up."""

    field: str
    kind: Kind[object]
    doc: str
    adds: bool


def settings_of(table: type[Table], kinds: Mapping[str, Kind[object]]) -> dict[str, Setting]:
    """The settings of a table by their keys, in their order."""
    return {
        each.name.rstrip("_").replace("_", "-"): Setting(
            each.name, kinds[each.metadata["kind"]], each.metadata["doc"], each.metadata["adds"]
        )
        for each in fields(table)
        if each.metadata
    }


def read_fields(
    known: Mapping[str, Setting], values: Mapping[str, object], reader: Reader, *, inside: str = ""
) -> dict[str, object]:
    """The values of known settings by field; what is wrong or unknown is with the reader."""
    found: dict[str, object] = {}
    for name, value in values.items():
        key = f"{inside}.{name}" if inside else name
        if name not in known:
            reader.refuse_unknown(key, known)
            continue
        read = known[name].kind.read(key, value, reader)
        if read is not None:
            found[known[name].field] = read
    return found


def fill(table: TableT, values: Mapping[str, object]) -> TableT:
    """A table with values by field, each read by its field's own kind."""
    return replace(table, **values)
