"""What a rule looks for: Semgrep's operators, and ours."""

from __future__ import annotations

from collections.abc import Callable

import yaml

from stuck_rules.model import formula as f
from stuck_rules.model.rule import (
    CheckCall,
    Condition,
    FilesCondition,
    Option,
    OptionValue,
    TextCondition,
)
from stuck_rules.rulebook.nodes import Field, Reader, is_folded

OPERATORS = (
    "pattern",
    "patterns",
    "pattern-either",
    "pattern-regex",
    "pattern-not",
    "pattern-not-regex",
    "pattern-inside",
    "pattern-not-inside",
    "metavariable-regex",
    "metavariable-pattern",
    "metavariable-comparison",
    "metavariable-type",
    "focus-metavariable",
)
POSITIVE = OPERATORS[:4]
OURS = ("check", "text", "files")
_PART_KEYS = {
    "metavariable-regex": ("metavariable", "regex", "constant-propagation"),
    "metavariable-comparison": ("metavariable", "comparison", "base", "strip"),
    "metavariable-type": ("metavariable", "type", "types", "language"),
}


class ConditionReader:
    """Reads the condition of one rule."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._readers: dict[str, Callable[[yaml.Node], f.Formula | None]] = {
            "pattern": self._pattern,
            "patterns": self._all,
            "pattern-either": lambda node: f.Either(self._parts(node), *self.reader.mark(node)),
            "pattern-regex": lambda node: f.Regex(
                self._text(node, "pattern-regex"), *self.reader.mark(node)
            ),
            "pattern-not": lambda node: self._wrapped(f.Not, node),
            "pattern-not-regex": self._not_regex,
            "pattern-inside": lambda node: self._wrapped(f.Inside, node),
            "pattern-not-inside": lambda node: self._wrapped(f.NotInside, node),
            "metavariable-regex": self._metavariable_regex,
            "metavariable-pattern": self._metavariable_pattern,
            "metavariable-comparison": self._comparison,
            "metavariable-type": self._type,
            "focus-metavariable": self._focus,
        }

    def formula(self, key: str, node: yaml.Node) -> f.Formula | None:
        """The formula of one operator."""
        return self._readers[key](node)

    def ours(self, key: str, node: yaml.Node, with_node: yaml.Node | None) -> Condition | None:
        """The condition of `check`, `text` or `files`."""
        if key == "files":
            return self._files(node)
        options = self.options(with_node) if with_node is not None else ()
        text = self._text(node, key)
        if key == "check":
            return CheckCall(text, options, *self.reader.mark(node))
        return TextCondition(text, options, *self.reader.mark(node))

    def options(self, node: yaml.Node, what: str = "with") -> tuple[Option, ...]:
        """The settings of a mapping, in its order."""
        fields = self.reader.fields(node, what)
        return tuple(Option(field.key, self._value(field), *field.mark) for field in fields)

    def _value(self, field: Field) -> OptionValue:
        node = field.value
        if isinstance(node, yaml.SequenceNode):
            return self.reader.texts(node, field.key)
        text = self.reader.text(node, field.key)
        is_plain = isinstance(node, yaml.ScalarNode) and not node.style
        if is_plain and text in {"true", "false"}:
            return text == "true"
        return text

    def _text(self, node: yaml.Node, what: str) -> str:
        text = self.reader.text(node, what)
        if not text.strip() and isinstance(node, yaml.ScalarNode):
            self.reader.refuse(f"{what} is empty", *self.reader.mark(node))
        return text

    def _pattern(self, node: yaml.Node) -> f.Formula:
        text = self._text(node, "pattern")
        return f.Pattern(text, *self.reader.mark(node), folded=is_folded(node))

    def _all(self, node: yaml.Node) -> f.Formula:
        return f.All(self._parts(node), *self.reader.mark(node))

    def _parts(self, node: yaml.Node) -> tuple[f.Formula, ...]:
        found: list[f.Formula] = []
        for item in self.reader.items(node, "a list of patterns"):
            for field in self.reader.fields(item, "an item of a list of patterns"):
                if field.key not in self._readers:
                    self.reader.unknown_operator(field, "a list of patterns", OPERATORS)
                    continue
                part = self.formula(field.key, field.value)
                found.extend([part] if part is not None else [])
        if not found and not self.reader.problems:
            self.reader.refuse("a list of patterns must not be empty", *self.reader.mark(node))
        return tuple(found)

    def _wrapped(
        self, kind: type[f.Not | f.Inside | f.NotInside], node: yaml.Node
    ) -> f.Formula | None:
        part = self._operand(node)
        return None if part is None else kind(part, *self.reader.mark(node))

    def _operand(self, node: yaml.Node) -> f.Formula | None:
        """A pattern's text, or a mapping that holds one operator."""
        if isinstance(node, yaml.ScalarNode):
            return self._pattern(node)
        fields = self.reader.fields(node, "a nested pattern")
        known = [field for field in fields if field.key in self._readers]
        for field in fields:
            if field not in known:
                self.reader.unknown_operator(field, "a nested pattern", OPERATORS)
        if len(known) != 1:
            self.reader.refuse(
                "a nested pattern needs exactly one operator", *self.reader.mark(node)
            )
            return None
        return self.formula(known[0].key, known[0].value)

    def _not_regex(self, node: yaml.Node) -> f.Formula:
        return f.Not(
            f.Regex(self._text(node, "pattern-not-regex"), *self.reader.mark(node)),
            *self.reader.mark(node),
        )

    def _named(self, node: yaml.Node, what: str) -> dict[str, Field]:
        found = {}
        for field in self.reader.fields(node, what):
            if field.key in _PART_KEYS[what]:
                found[field.key] = field
            else:
                self.reader.unknown(field, what, _PART_KEYS[what])
        return found

    def _required(self, fields: dict[str, Field], key: str, what: str, node: yaml.Node) -> str:
        if key not in fields:
            self.reader.refuse(f"{what} needs {key!r}", *self.reader.mark(node))
            return ""
        return self._text(fields[key].value, key)

    def _metavariable_regex(self, node: yaml.Node) -> f.Formula:
        what = "metavariable-regex"
        fields = self._named(node, what)
        propagate = fields.get("constant-propagation")
        return f.MetavariableRegex(
            self._required(fields, "metavariable", what, node),
            self._required(fields, "regex", what, node),
            propagate is not None and self.reader.flag(propagate.value, propagate.key),
            *self.reader.mark(fields["regex"].value if "regex" in fields else node),
        )

    def _metavariable_pattern(self, node: yaml.Node) -> f.Formula | None:
        what = "metavariable-pattern"
        fields = {field.key: field for field in self.reader.fields(node, what)}
        name, language = fields.pop("metavariable", None), fields.pop("language", None)
        known = [field for field in fields.values() if field.key in self._readers]
        for field in fields.values():
            if field not in known:
                self.reader.unknown_operator(field, what, (*OPERATORS, "metavariable", "language"))
        if name is None or not known:
            self.reader.refuse(
                f"{what} needs 'metavariable' and a pattern", *self.reader.mark(node)
            )
            return None
        parts = [self.formula(field.key, field.value) for field in known]
        part = (
            parts[0]
            if len(parts) == 1
            else f.All(tuple(p for p in parts if p), *self.reader.mark(node))
        )
        if part is None:
            return None
        kind = self._text(language.value, "language") if language is not None else None
        return f.MetavariablePattern(
            self._text(name.value, "metavariable"), part, kind, *self.reader.mark(node)
        )

    def _comparison(self, node: yaml.Node) -> f.Formula:
        what = "metavariable-comparison"
        fields = self._named(node, what)
        name, base, strip = (fields.get(key) for key in ("metavariable", "base", "strip"))
        return f.MetavariableComparison(
            self._required(fields, "comparison", what, node),
            self._text(name.value, "metavariable") if name is not None else None,
            self.reader.number(base.value, "base") if base is not None else None,
            strip is not None and self.reader.flag(strip.value, "strip"),
            *self.reader.mark(node),
        )

    def _type(self, node: yaml.Node) -> f.Formula:
        what = "metavariable-type"
        fields = self._named(node, what)
        given = fields.get("types") or fields.get("type")
        types = self.reader.texts(given.value, "types") if given is not None else ()
        if not types:
            self.reader.refuse(f"{what} needs 'type' or 'types'", *self.reader.mark(node))
        name = self._required(fields, "metavariable", what, node)
        return f.MetavariableType(name, types, *self.reader.mark(node))

    def _focus(self, node: yaml.Node) -> f.Formula:
        names = self.reader.texts(node, "focus-metavariable")
        if not names:
            self.reader.refuse("focus-metavariable must not be empty", *self.reader.mark(node))
        return f.Focus(names, *self.reader.mark(node))

    def _files(self, node: yaml.Node) -> Condition | None:
        fields = {field.key: field for field in self.reader.fields(node, "files")}
        for field in fields.values():
            if field.key not in {"glob", "max", "per"}:
                self.reader.unknown(field, "files", ("glob", "max", "per"))
        if "glob" not in fields:
            self.reader.refuse("files needs 'glob'", *self.reader.mark(node))
            return None
        most, per = fields.get("max"), fields.get("per")
        return FilesCondition(
            self._text(fields["glob"].value, "glob"),
            self.reader.number(most.value, "max") if most is not None else 0,
            self._text(per.value, "per") if per is not None else None,
            *self.reader.mark(node),
        )
