"""A rulebook's file read into values; whatever is wrong with it is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml

from stuck_rules.errors import RulebookError
from stuck_rules.model.rule import Rule
from stuck_rules.model.rulebook import (
    AppliesTo,
    EntryRef,
    Reminder,
    Rulebook,
    SkippedRule,
)
from stuck_rules.rulebook.conditions import OURS, POSITIVE
from stuck_rules.rulebook.logsettings import read_log_settings
from stuck_rules.rulebook.nodes import Field, Reader, compose
from stuck_rules.rulebook.rules import RuleReader
from stuck_rules.rulebook.text import read_rulebook_text

_TOP_KEYS = ("version", "log", "rules", "reminders", "entries")
_REMINDER_KEYS = ("entry", "role", "text", "lines", "reason", "applies-to")
_ENTRY_KEYS = ("title", "date", "path", "line", "anchor")


def is_rulebook(text: str) -> bool:
    """Whether a YAML file has `rules:` with the keys of ours or Semgrep's rules."""
    try:
        root = compose(text, "")
    except RulebookError:
        # A broken rulebook must be told, not passed over, so the text alone decides.
        return re.search(r"^rules\s*:", text, re.MULTILINE) is not None
    if not isinstance(root, yaml.MappingNode):
        return False
    values = {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}
    rules = values.get("rules")
    if not isinstance(rules, yaml.SequenceNode):
        return False
    return not rules.value or any(_looks_like_rule(node) for node in rules.value)


def _looks_like_rule(node: yaml.Node) -> bool:
    if not isinstance(node, yaml.MappingNode):
        return False
    keys = {key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
    return "id" in keys and bool(keys & {*POSITIVE, *OURS, "message", "mode"})


def load_rulebook(path: Path, *, shown: str, bundled: bool = False) -> Rulebook:
    """Read a rulebook's file; `shown` names it in messages. Raises RulebookError."""
    text = read_rulebook_text(path, shown)
    return parse_rulebook(text, shown=shown, folder=str(path.absolute().parent), bundled=bundled)


def parse_rulebook(text: str, *, shown: str, folder: str = "", bundled: bool = False) -> Rulebook:
    """Read a rulebook's text. Raises RulebookError with all problems."""
    root = compose(text, shown)
    if root is None:
        raise RulebookError.at("the rulebook is empty: it needs at least 'rules:'", shown, 1)
    reader = Reader(shown, text)
    fields = {field.key: field for field in reader.fields(root, "the rulebook")}
    for field in fields.values():
        if field.key not in _TOP_KEYS:
            reader.unknown(field, "the rulebook", _TOP_KEYS)
    if "rules" not in fields and not reader.problems:
        reader.refuse("the rulebook needs 'rules'", *reader.mark(root))
    _check_version(reader, fields.get("version"))
    rules, skipped = _rules(reader, fields.get("rules"))
    log = read_log_settings(reader, fields.get("log"))
    rulebook = Rulebook(
        path=shown,
        folder=folder,
        rules=rules,
        bundled=bundled,
        log=log.paths[0] if log is not None and log.paths else None,
        log_settings=log,
        reminders=_list(reader, fields.get("reminders"), _reminder),
        entries=_entries(reader, fields.get("entries")),
        skipped=skipped,
    )
    if reader.problems:
        raise RulebookError(*sorted(reader.problems, key=lambda p: (p.line or 0, p.column or 0)))
    return rulebook


def _check_version(reader: Reader, field: Field | None) -> None:
    if field is not None and reader.text(field.value, "version") not in {"1", "1.0"}:
        reader.refuse("version must be 1; a newer stuck-rules may read this", *field.mark)


def _rules(reader: Reader, field: Field | None) -> tuple[tuple[Rule, ...], tuple[SkippedRule, ...]]:
    rules: dict[str, Rule] = {}
    skipped: list[SkippedRule] = []
    for node in reader.items(field.value, "rules") if field is not None else ():
        rule = RuleReader(reader, node).read()
        if isinstance(rule, SkippedRule):
            skipped.append(rule)
        elif rule is not None:
            if rule.id in rules:
                first = rules[rule.id].line
                reader.refuse(
                    f"rule {rule.id!r} stands twice, first on line {first}", rule.line, rule.column
                )
            rules[rule.id] = rule
    return tuple(rules.values()), tuple(skipped)


def _list(
    reader: Reader, field: Field | None, read: Callable[[Reader, yaml.Node], Reminder]
) -> tuple[Reminder, ...]:
    if field is None:
        return ()
    return tuple(read(reader, node) for node in reader.items(field.value, field.key))


def _known(reader: Reader, node: yaml.Node, what: str, keys: tuple[str, ...]) -> dict[str, Field]:
    fields = {field.key: field for field in reader.fields(node, what)}
    for field in fields.values():
        if field.key not in keys:
            reader.unknown(field, what, keys)
    return fields


def _text(reader: Reader, fields: dict[str, Field], key: str) -> str:
    return reader.text(fields[key].value, key) if key in fields else ""


def _reminder(reader: Reader, node: yaml.Node) -> Reminder:
    fields = _known(reader, node, "a reminder", _REMINDER_KEYS)
    applies, lines = fields.get("applies-to"), fields.get("lines")
    return Reminder(
        entry=_text(reader, fields, "entry"),
        role=_text(reader, fields, "role"),
        text=_text(reader, fields, "text"),
        lines=reader.lines(lines.value, "lines") if lines is not None else (0, 0),
        reason=_text(reader, fields, "reason"),
        applies_to=_applies_to(reader, applies.value) if applies is not None else AppliesTo(),
    )


def _applies_to(reader: Reader, node: yaml.Node) -> AppliesTo:
    fields = _known(reader, node, "applies-to", ("paths", "words"))
    paths, words = fields.get("paths"), fields.get("words")
    return AppliesTo(
        reader.texts(paths.value, "paths") if paths is not None else (),
        reader.texts(words.value, "words") if words is not None else (),
    )


def _entries(reader: Reader, field: Field | None) -> tuple[EntryRef, ...]:
    if field is None:
        return ()
    return tuple(_entry(reader, item) for item in reader.fields(field.value, "entries"))


def _entry(reader: Reader, item: Field) -> EntryRef:
    fields = _known(reader, item.value, "an entry", _ENTRY_KEYS)
    line = fields.get("line")
    return EntryRef(
        id=item.key,
        title=_text(reader, fields, "title"),
        date=_text(reader, fields, "date") or None,
        path=_text(reader, fields, "path"),
        line=reader.number(line.value, "line") if line is not None else 1,
        anchor=_text(reader, fields, "anchor"),
    )
