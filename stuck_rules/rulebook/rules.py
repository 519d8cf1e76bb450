"""One rule of a rulebook, read from its YAML node."""

from __future__ import annotations

import re

import yaml

from stuck_rules.errors import did_you_mean
from stuck_rules.model.formula import Taint
from stuck_rules.model.rule import (
    Condition,
    Confidence,
    Example,
    Examples,
    Option,
    Origin,
    PathFilter,
    Rule,
    Severity,
    TextCondition,
)
from stuck_rules.model.rulebook import SkippedRule
from stuck_rules.rulebook.conditions import OPERATORS, OURS, POSITIVE, ConditionReader
from stuck_rules.rulebook.fixes import read_fix_regex, read_imports
from stuck_rules.rulebook.foreign import is_foreign, mode_refusal
from stuck_rules.rulebook.nodes import Field, Reader, line_of
from stuck_rules.rulebook.taint import TAINT_KEYS, TaintReader

_ID = re.compile(r"[A-Za-z0-9_.-]+")
_PYTHON = frozenset({"python", "python2", "python3", "py"})
_ANY_LANGUAGE = frozenset({"regex", "generic", "none"})
# Severities by the names that Semgrep and others use.
_SEVERITIES = {
    "critical": Severity.ERROR,
    "high": Severity.ERROR,
    "error": Severity.ERROR,
    "medium": Severity.WARNING,
    "warning": Severity.WARNING,
    "low": Severity.INFO,
    "info": Severity.INFO,
}
_KEYS = (
    *("id", "message", "severity", "confidence", "enabled", "note", "entries", "origin"),
    *(
        "fix",
        "fix-imports",
        "fix-regex",
        "examples",
        "paths",
        "languages",
        "options",
        "with",
        "mode",
    ),
)
# What rules of other tools carry and this one only shows.
_KEPT = (
    *("metadata", "technology", "category", "references", "license", "author", "authors"),
    *("min-version", "max-version", "source", "source-rule-url", "version", "subcategory"),
)
_ORIGIN_KEYS = ("recipe", "lines", "digest", "written")
_KNOWN = (*_KEYS, *_KEPT, *POSITIVE, *OURS, *TAINT_KEYS)


class RuleReader:
    """Reads one rule; what is wrong goes to the reader's problems."""

    def __init__(self, reader: Reader, node: yaml.Node) -> None:
        self.reader = reader
        self.node = node
        self.fields = {field.key: field for field in reader.fields(node, "a rule")}

    def read(self) -> Rule | SkippedRule | None:
        """The rule; a skipped one where it is for other languages; None where it is broken."""
        if not isinstance(self.node, yaml.MappingNode):
            return None
        before = len(self.reader.problems)
        rule_id = self._id()
        languages = self._texts("languages") or ("python",)
        self._refuse_misspelt(languages)
        if not self._is_ours({language.lower() for language in languages}):
            return SkippedRule(rule_id, languages)
        mode = self._mode(rule_id)
        if mode is None:
            return None
        for field in self.fields.values():
            if field.key not in _KNOWN:
                self.reader.unknown_operator(field, f"rule {rule_id!r}", _KNOWN)
        condition = self._taint() if mode == "taint" else self._condition(rule_id)
        if condition is None or len(self.reader.problems) > before:
            return None
        return self._rule(rule_id, condition, languages)

    def _rule(self, rule_id: str, condition: Condition, languages: tuple[str, ...]) -> Rule:
        confidence, origin = self.fields.get("confidence"), self.fields.get("origin")
        enabled, paths = self.fields.get("enabled"), self.fields.get("paths")
        return Rule(
            id=rule_id,
            message=self._text("message") or rule_id,
            condition=condition,
            severity=self._severity(),
            confidence=(
                self.reader.choice(confidence.value, "confidence", Confidence)
                if confidence is not None
                else Confidence.HIGH
            ),
            enabled=enabled is None or self.reader.flag(enabled.value, "enabled"),
            note=self._text("note") or None,
            entries=self._texts("entries"),
            origin=self._origin(origin) if origin is not None else None,
            fix=self._text("fix") if "fix" in self.fields else None,
            fix_place=self.reader.mark(self.fields["fix"].value)
            if "fix" in self.fields
            else (0, 0),
            fix_imports=read_imports(self.reader, self.fields.get("fix-imports")),
            fix_regex=read_fix_regex(self.reader, self.fields),
            examples=self._examples(),
            paths=self._paths(paths.value) if paths is not None else PathFilter(),
            languages=languages,
            metadata=tuple(
                (key, _flat(self.fields[key].value)) for key in _KEPT if key in self.fields
            ),
            options=self._options("options"),
            rulebook=self.reader.path,
            line=self.reader.mark(self.node)[0],
            column=self.reader.mark(self.node)[1],
        )

    def _id(self) -> str:
        text = self._text("id")
        if not _ID.fullmatch(text):
            mark = self.fields["id"].mark if "id" in self.fields else self.reader.mark(self.node)
            what = f"rule id {text!r} may hold only letters, digits, '_', '.' and '-'"
            self.reader.refuse(what if text else "a rule needs an 'id'", *mark)
        return text

    def _refuse_misspelt(self, languages: tuple[str, ...]) -> None:
        """A rule for "pyhton" would be left out as one for another language."""
        for language in languages:
            if language.lower() in _PYTHON:
                continue
            hint = did_you_mean(language.lower(), _PYTHON, cutoff=0.75)
            if hint:
                message = f"unknown language {language!r}{hint}"
                self.reader.refuse(message, *self.fields["languages"].mark)

    def _is_ours(self, languages: set[str]) -> bool:
        """Whether a rule can be about Python; a generic pattern is none of Python's."""
        if languages <= {"generic"} and any(key in self.fields for key in (*OPERATORS, "mode")):
            return "pattern-regex" in self.fields
        return bool((_PYTHON | _ANY_LANGUAGE) & languages)

    def _mode(self, rule_id: str) -> str | None:
        """`search` or `taint`; None where the mode is another, which is refused."""
        field = self.fields.get("mode")
        mode = self.reader.text(field.value, "mode") if field is not None else "search"
        if field is None or mode in {"search", "taint"}:
            return mode
        hint = did_you_mean(mode, ("search", "taint"))
        unknown = f"mode {mode!r} is not supported, only search and taint{hint}"
        message = f"rule {rule_id!r}: {mode_refusal(mode) or unknown}"
        self.reader.refuse(message, *field.mark)
        return None

    def _taint(self) -> Taint | None:
        for key in (*OPERATORS, *OURS):
            if key in self.fields:
                message = f"{key!r} does not go with mode taint; put it into pattern-sinks"
                self.reader.refuse(message, *self.fields[key].mark)
        return TaintReader(self.reader).read(self.fields, self.node)

    def _condition(self, rule_id: str) -> Condition | None:
        for key in TAINT_KEYS:
            if key in self.fields:
                message = f"{key!r} needs 'mode: taint' beside it"
                self.reader.refuse(message, *self.fields[key].mark)
                return None
        given = [self.fields[key] for key in (*OPERATORS, *OURS) if key in self.fields]
        if not given and any(is_foreign(key) for key in self.fields):
            return None
        if len(given) != 1:
            names = ", ".join(field.key for field in given) or "none"
            self.reader.refuse(
                f"rule {rule_id!r} needs exactly one condition "
                f"({', '.join((*POSITIVE, *OURS))}), it has {names}",
                *(given[1].mark if given else self.reader.mark(self.node)),
            )
            return None
        field = given[0]
        conditions = ConditionReader(self.reader)
        if field.key in OURS:
            options = self.fields.get("with")
            found = conditions.ours(field.key, field.value, options.value if options else None)
        else:
            found = conditions.formula(field.key, field.value)
        if isinstance(found, TextCondition) and "paths" not in self.fields:
            self.reader.refuse(f"rule {rule_id!r}: 'text' needs 'paths.include'", *field.mark)
        return found

    def _severity(self) -> Severity:
        field = self.fields.get("severity")
        if field is None:
            return Severity.WARNING
        text = self.reader.text(field.value, "severity").lower()
        if text not in _SEVERITIES:
            names = ", ".join(severity.value for severity in Severity)
            self.reader.refuse(f"severity must be one of {names}, not {text!r}", *field.mark)
        return _SEVERITIES.get(text, Severity.WARNING)

    def _origin(self, field: Field) -> Origin:
        fields = {item.key: item for item in self.reader.fields(field.value, "origin")}
        for item in fields.values():
            if item.key not in _ORIGIN_KEYS:
                self.reader.unknown(item, "origin", _ORIGIN_KEYS)
        lines = fields.get("lines")
        return Origin(
            self.reader.text(fields["recipe"].value, "recipe") if "recipe" in fields else "",
            self.reader.lines(lines.value, "lines") if lines is not None else (0, 0),
            self.reader.text(fields["digest"].value, "digest") if "digest" in fields else "",
            self.reader.text(fields["written"].value, "written") if "written" in fields else "",
        )

    def _examples(self) -> Examples:
        field = self.fields.get("examples")
        if field is None:
            return Examples()
        kinds: dict[str, tuple[Example, ...]] = {}
        for item in self.reader.fields(field.value, "examples"):
            if item.key not in {"bad", "good", "fixed"}:
                self.reader.unknown(item, "examples", ("bad", "good", "fixed"))
                continue
            nodes = self.reader.items(item.value, item.key)
            kinds[item.key] = tuple(self._example(node) for node in nodes)
        return Examples(kinds.get("bad", ()), kinds.get("good", ()), kinds.get("fixed", ()))

    def _example(self, node: yaml.Node) -> Example:
        if isinstance(node, yaml.ScalarNode):
            return Example(str(node.value), None, line_of(node))
        fields = {field.key: field for field in self.reader.fields(node, "an example")}
        for field in fields.values():
            if field.key not in {"path", "code"}:
                self.reader.unknown(field, "an example", ("path", "code"))
        path, code = fields.get("path"), fields.get("code")
        if code is None:
            self.reader.refuse("an example needs 'code'", *self.reader.mark(node))
        return Example(
            self.reader.text(code.value, "code") if code is not None else "",
            self.reader.text(path.value, "path") if path is not None else None,
            line_of(node),
        )

    def _paths(self, node: yaml.Node) -> PathFilter:
        found: dict[str, tuple[str, ...]] = {}
        for field in self.reader.fields(node, "paths"):
            if field.key in {"include", "exclude"}:
                found[field.key] = self.reader.texts(field.value, field.key)
            else:
                self.reader.unknown(field, "paths", ("include", "exclude"))
        return PathFilter(
            found.get("include", ()), found.get("exclude", ()), *self.reader.mark(node)
        )

    def _options(self, key: str) -> tuple[Option, ...]:
        field = self.fields.get(key)
        return ConditionReader(self.reader).options(field.value, key) if field is not None else ()

    def _text(self, key: str) -> str:
        field = self.fields.get(key)
        return self.reader.text(field.value, key) if field is not None else ""

    def _texts(self, key: str) -> tuple[str, ...]:
        field = self.fields.get(key)
        return self.reader.texts(field.value, key) if field is not None else ()


def _flat(node: yaml.Node) -> str:
    """A node's content on one line, for showing."""
    if isinstance(node, yaml.MappingNode):
        return ", ".join(f"{key.value}: {_flat(value)}" for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(_flat(item) for item in node.value)
    return str(node.value)
