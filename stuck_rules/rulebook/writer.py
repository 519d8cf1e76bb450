"""A rulebook's values written as YAML: the same values, the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from stuck_rules.model import formula as f
from stuck_rules.model.rule import (
    CheckCall,
    Condition,
    Confidence,
    Example,
    FilesCondition,
    Option,
    OptionValue,
    PathFilter,
    Rule,
    TextCondition,
)
from stuck_rules.model.rulebook import EntryRef, Reminder

# Text that YAML reads as itself without quotes, and that no other reader takes for more.
_PLAIN = re.compile(r"[A-Za-z_][\w .()/-]*[\w)/]|[A-Za-z_]")
# What YAML takes for a line's end, or does not allow in a file.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_UNWRITABLE = re.compile(f"[\\x00-\\x08\\x0b-\\x1f]|{_UNPRINTABLE.pattern}")
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"})
_WRAPPED = {f.Not: "pattern-not", f.Inside: "pattern-inside", f.NotInside: "pattern-not-inside"}


def scalar(text: str) -> str:
    """A text on one line, quoted where YAML would read something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def flow(values: Iterable[str]) -> str:
    """A list on one line."""
    return f"[{', '.join(map(scalar, values))}]"


def _text(key: str, text: str, indent: str) -> Iterator[str]:
    """A key with its text, as a block where it has several lines."""
    if "\n" not in text or not _fits_block(text):
        yield f"{indent}{key} {scalar(text)}"
        return
    yield f"{indent}{key} |" + ("" if text.endswith("\n") else "-")
    margin = indent + ("    " if key == "-" else "  ")
    yield from (
        margin[: len(indent) + 2] + line if line else ""
        for line in text.removesuffix("\n").split("\n")
    )


def _fits_block(text: str) -> bool:
    """Whether a block scalar gives the text back: no leading blank, no trailing blank lines."""
    return (
        not text.startswith((" ", "\n", "\t"))
        and not text.endswith("\n\n")
        and not _UNWRITABLE.search(text)
    )


def render_rule(rule: Rule) -> str:
    """One item of `rules:`, with its origin; a digest of the text itself is part of that."""
    body = "\n".join(_rule_lines(rule)) + "\n"
    if rule.origin is None:
        return body
    origin = replace(rule.origin, written=digest_of(body))
    line = (
        f"    origin: {{recipe: {origin.recipe}, lines: [{origin.lines[0]}, {origin.lines[1]}], "
        f'digest: "{origin.digest}", written: "{origin.written}"}}\n'
    )
    return body.replace("    entries:", line + "    entries:", 1)


def digest_of(block: str) -> str:
    """The digest of a rule's text without its origin and the comments in front of it."""
    lines = block.split("\n")
    while lines and (not lines[0].strip() or lines[0].lstrip().startswith("#")):
        lines.pop(0)
    kept = [line.rstrip() for line in lines if not line.startswith("    origin:")]
    text = "\n".join(kept).strip()
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _rule_lines(rule: Rule) -> Iterator[str]:
    indent = "    "
    yield f"  - id: {rule.id}"
    yield from _text("message:", rule.message, indent)
    yield f"{indent}severity: {rule.severity.value}"
    if rule.confidence is not Confidence.HIGH:
        yield f"{indent}confidence: {rule.confidence.value}"
    if not rule.enabled:
        yield f"{indent}enabled: false"
    if rule.note:
        yield from _text("note:", rule.note, indent)
    yield f"{indent}entries: {flow(rule.entries)}"
    if rule.languages != ("python",):
        yield f"{indent}languages: {flow(rule.languages)}"
    yield from _condition_lines(rule.condition, indent)
    yield from _path_lines(rule.paths, indent)
    yield f"{indent}examples:"
    for kind in ("bad", "good", "fixed"):
        examples: tuple[Example, ...] = getattr(rule.examples, kind)
        if examples:
            yield f"{indent}  {kind}:"
            for example in examples:
                yield from _example_lines(example, indent + "    ")


def _example_lines(example: Example, indent: str) -> Iterator[str]:
    if example.path is None:
        yield from _text("-", example.code, indent)
        return
    yield f"{indent}- path: {scalar(example.path)}"
    yield from _text("code:", example.code, indent + "  ")


def _path_lines(paths: PathFilter, indent: str) -> Iterator[str]:
    if paths.include or paths.exclude:
        yield f"{indent}paths:"
    if paths.include:
        yield f"{indent}  include: {flow(paths.include)}"
    if paths.exclude:
        yield f"{indent}  exclude: {flow(paths.exclude)}"


def _condition_lines(condition: Condition, indent: str) -> Iterator[str]:
    if isinstance(condition, CheckCall):
        yield f"{indent}check: {condition.name}"
        yield from _option_lines(condition.options, indent)
    elif isinstance(condition, TextCondition):
        yield from _text("text:", condition.regex, indent)
        yield from _option_lines(condition.options, indent)
    elif isinstance(condition, FilesCondition):
        per = f", per: {scalar(condition.per)}" if condition.per else ""
        yield f"{indent}files: {{glob: {scalar(condition.glob)}, max: {condition.max}{per}}}"
    else:
        yield from _formula_lines(condition, indent)


def _option_lines(options: tuple[Option, ...], indent: str) -> Iterator[str]:
    if options:
        yield f"{indent}with:"
    for option in options:
        yield f"{indent}  {option.name}: {_value(option.value)}"


def _value(value: OptionValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return flow(value) if isinstance(value, tuple) else scalar(str(value))


def _formula_lines(formula: f.Formula, indent: str) -> Iterator[str]:
    """An operator as a key with its value; recipes use the few that stand here."""
    if isinstance(formula, f.Pattern):
        yield from _text("pattern:", formula.text, indent)
    elif isinstance(formula, (f.All, f.Either)):
        yield f"{indent}{'patterns' if isinstance(formula, f.All) else 'pattern-either'}:"
        for part in formula.parts:
            first, *rest = _formula_lines(part, indent + "    ")
            yield f"{indent}  - {first.strip()}"
            yield from rest
    elif isinstance(formula, f.MetavariableRegex):
        yield f"{indent}metavariable-regex:"
        yield f"{indent}  metavariable: {scalar(formula.metavariable)}"
        yield f"{indent}  regex: {scalar(formula.regex)}"
    elif isinstance(formula, (f.Not, f.Inside, f.NotInside)) and isinstance(
        formula.part, f.Pattern
    ):
        yield from _text(f"{_WRAPPED[type(formula)]}:", formula.part.text, indent)
    else:
        raise AssertionError(formula)


def render_reminders(reminders: Iterable[Reminder]) -> str:
    """The `reminders:` section, or nothing."""
    lines = [line for reminder in reminders for line in _reminder_lines(reminder)]
    return "\n".join(["reminders:", *lines]) + "\n" if lines else ""


def _reminder_lines(reminder: Reminder) -> Iterator[str]:
    yield f"  - entry: {reminder.entry}"
    yield f"    role: {reminder.role}"
    yield f"    text: {scalar(reminder.text)}"
    yield f"    lines: [{reminder.lines[0]}, {reminder.lines[1]}]"
    if reminder.reason:
        yield f"    reason: {scalar(reminder.reason)}"
    applies = reminder.applies_to
    if applies.paths or applies.words:
        yield f"    applies-to: {{paths: {flow(applies.paths)}, words: {flow(applies.words)}}}"


def render_entries(entries: Iterable[EntryRef]) -> str:
    """The `entries:` section."""
    lines = ["entries:"]
    for entry in entries:
        lines.append(f"  {entry.id}:")
        lines.append(f"    title: {scalar(entry.title)}")
        lines.extend([f'    date: "{entry.date}"'] if entry.date else [])
        lines.append(f"    path: {scalar(entry.path)}")
        lines.append(f"    line: {entry.line}")
        lines.append(f"    anchor: {scalar(entry.anchor)}")
    return "\n".join(lines) + "\n"
