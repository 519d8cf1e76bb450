"""Rules on the text of files that are not Python."""

from __future__ import annotations

import re

from stuck_rules.errors import SourceError
from stuck_rules.fingerprints import add_fingerprints
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Option, Rule, TextCondition
from stuck_rules.model.source import FilePath, Position, Span, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.patterns.regexes import Regex, compile_regex, renew_time
from stuck_rules.values import replace


def compile_text(condition: TextCondition) -> Regex:
    """The expression with its options filled in; raises PatternError where it is none."""
    regex = condition.regex
    for option in condition.options:
        regex = regex.replace("{" + option.name + "}", re.escape(_literal(option)))
    return compile_regex(regex, line=condition.line, column=condition.column)


def _literal(option: Option) -> str:
    value = option.value
    return " ".join(value) if isinstance(value, tuple) else str(value)


def check_text(text: str, path: FilePath, rule: Rule, condition: TextCondition) -> FileResult:
    """The places of a text that a rule's expression matches; fingerprints go by their lines."""
    text = normalise_text(text)
    renew_time()
    try:
        found = _violations(text, path, rule, condition)
    except SourceError as error:
        told = (replace(p, path=path.shown, rule=rule.id) for p in error.problems)
        return FileResult(problems=tuple(told))
    lines = text.split("\n")

    def words(span: Span) -> str:
        return " ".join(" ".join(lines[span.start.line - 1 : span.last_line]).split())

    return FileResult(tuple(add_fingerprints(found, words)))


def _violations(text: str, path: FilePath, rule: Rule, condition: TextCondition) -> list[Violation]:
    return [
        Violation(
            rule=rule.id,
            severity=rule.severity,
            message=rule.message,
            path=path,
            span=Span(_position(text, match.start()), _position(text, match.end())),
        )
        for match in compile_text(condition).finditer(text)
    ]


def _position(text: str, offset: int) -> Position:
    start = text.rfind("\n", 0, offset) + 1
    return Position(text.count("\n", 0, offset) + 1, offset - start + 1)
