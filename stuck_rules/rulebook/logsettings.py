"""A rulebook's `log:`: a path, a list of paths, or the mapping that says how to read the log."""

from __future__ import annotations

import yaml

from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.logtable import read_log_table
from stuck_rules.rulebook.nodes import Field, Reader


def _plain(
    reader: Reader, node: yaml.Node, lines: dict[tuple[str, ...], tuple[int, int]], *way: str
) -> object:
    """A node as plain values; the line of each key is put into `lines` by the way to it."""
    if isinstance(node, yaml.MappingNode):
        table: dict[str, object] = {}
        for field in reader.fields(node, ".".join(("log", *way))):
            inner = (*way, field.key.replace("_", "-"))
            lines[inner] = field.mark
            table[field.key] = _plain(reader, field.value, lines, *inner)
        return table
    if isinstance(node, yaml.SequenceNode):
        return [_plain(reader, item, lines, *way) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        return None if node.value in ("", "~", "null") and node.style is None else str(node.value)
    return None


def read_log_settings(reader: Reader, field: Field | None) -> LogSettings | None:
    """The settings of the field; None without it. What is wrong goes to the reader's problems."""
    if field is None:
        return None
    lines: dict[tuple[str, ...], tuple[int, int]] = {}
    settings, complaints = read_log_table(_plain(reader, field.value, lines))
    for complaint in complaints:
        reader.refuse(str(complaint), *lines.get(complaint.keys, reader.mark(field.value)))
    return settings
