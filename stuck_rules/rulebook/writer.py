"""A rulebook's values written as YAML: the same values, the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

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
from stuck_rules.rulebook.formulas import formula_lines
from stuck_rules.rulebook.scalars import flow, scalar, text_lines
from stuck_rules.values import replace


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
    yield from text_lines("message:", rule.message, indent)
    yield f"{indent}severity: {rule.severity.value}"
    if rule.confidence is not Confidence.HIGH:
        yield f"{indent}confidence: {rule.confidence.value}"
    if not rule.enabled:
        yield f"{indent}enabled: false"
    if rule.note:
        yield from text_lines("note:", rule.note, indent)
    yield f"{indent}entries: {flow(rule.entries)}"
    if rule.languages != ("python",):
        yield f"{indent}languages: {flow(rule.languages)}"
    yield from _condition_lines(rule.condition, indent)
    yield from _fix_lines(rule, indent)
    if rule.options:
        yield from _option_lines("options:", rule.options, indent)
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
        yield from text_lines("-", example.code, indent)
        return
    yield f"{indent}- path: {scalar(example.path)}"
    yield from text_lines("code:", example.code, indent + "  ")


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
        yield from _option_lines("with:", condition.options, indent)
    elif isinstance(condition, TextCondition):
        yield from text_lines("text:", condition.regex, indent)
        yield from _option_lines("with:", condition.options, indent)
    elif isinstance(condition, FilesCondition):
        per = f", per: {scalar(condition.per)}" if condition.per else ""
        yield f"{indent}files: {{glob: {scalar(condition.glob)}, max: {condition.max}{per}}}"
    else:
        yield from formula_lines(condition, indent)


def _fix_lines(rule: Rule, indent: str) -> Iterator[str]:
    if rule.fix is not None:
        yield from text_lines("fix:", rule.fix, indent)
    if rule.fix_imports:
        yield f"{indent}fix-imports: {flow(rule.fix_imports)}"
    if rule.fix_regex is not None:
        yield f"{indent}fix-regex:"
        yield f"{indent}  regex: {scalar(rule.fix_regex.regex)}"
        yield f"{indent}  replacement: {scalar(rule.fix_regex.replacement)}"
        if rule.fix_regex.count is not None:
            yield f"{indent}  count: {rule.fix_regex.count}"


def _option_lines(key: str, options: tuple[Option, ...], indent: str) -> Iterator[str]:
    if options:
        yield f"{indent}{key}"
    for option in options:
        yield f"{indent}  {option.name}: {_value(option.value)}"


def _value(value: OptionValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return flow(value) if isinstance(value, tuple) else scalar(str(value))


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
