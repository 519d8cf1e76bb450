"""What a rule's fix says beside its template: a substitution, and imports."""

from __future__ import annotations

import yaml

from stuck_rules.model.import_line import read_import_lines
from stuck_rules.model.rule import RegexFix
from stuck_rules.rulebook.nodes import Field, Reader

FIX_REGEX_KEYS = ("regex", "replacement", "count")


def read_fix_regex(reader: Reader, rule: dict[str, Field]) -> RegexFix | None:
    """The `fix-regex` of a rule's fields, None without one or where it is broken."""
    field = rule.get("fix-regex")
    if field is None:
        return None
    fields = {item.key: item for item in reader.fields(field.value, "fix-regex")}
    for item in fields.values():
        if item.key not in FIX_REGEX_KEYS:
            reader.unknown(item, "fix-regex", FIX_REGEX_KEYS)
    for key in ("regex", "replacement"):
        if key not in fields:
            reader.refuse(f"fix-regex needs {key!r}", *field.mark)
            return None
    if "fix" in rule:
        reader.refuse("a rule has either 'fix' or 'fix-regex'", *field.mark)
    count = fields.get("count")
    return RegexFix(
        reader.text(fields["regex"].value, "regex"),
        reader.text(fields["replacement"].value, "replacement"),
        reader.number(count.value, "count") if count is not None else None,
        *reader.mark(fields["regex"].value),
    )


def read_imports(reader: Reader, field: Field | None) -> tuple[str, ...]:
    """The imports that a fix needs; a line that is no import is refused."""
    if field is None:
        return ()
    is_list = isinstance(field.value, yaml.SequenceNode)
    nodes = reader.items(field.value, field.key) if is_list else (field.value,)
    return tuple(_import(reader, node) for node in nodes)


def _import(reader: Reader, node: yaml.Node) -> str:
    text = reader.text(node, "fix-imports")
    try:
        read_import_lines(text)
    except ValueError:
        message = f"{text.strip()!r} is no import; write 'import NAME' or 'from MODULE import NAME'"
        reader.refuse(message, *reader.mark(node))
    return text
