"""`mode: taint` of a rule: sources, sinks, sanitizers and propagators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import yaml

from stuck_rules.model import formula as f
from stuck_rules.rulebook.conditions import OPERATORS, ConditionReader
from stuck_rules.rulebook.nodes import Field, Reader

SOURCES, SINKS = "pattern-sources", "pattern-sinks"
SANITIZERS, PROPAGATORS = "pattern-sanitizers", "pattern-propagators"
TAINT_KEYS = (SOURCES, SINKS, SANITIZERS, PROPAGATORS)
_FLAGS = {
    SOURCES: ("exact", "by-side-effect", "label"),
    SINKS: ("exact", "requires"),
    SANITIZERS: ("exact", "by-side-effect"),
    PROPAGATORS: ("from", "to", "by-side-effect"),
}
_Part = TypeVar("_Part")


class TaintReader:
    """Reads the parts of one rule in taint mode."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._conditions = ConditionReader(reader)

    def read(self, fields: dict[str, Field], rule: yaml.Node) -> f.Taint | None:
        """The condition; None where a part is missing or broken."""
        mark = self.reader.mark(rule)
        for key in (SOURCES, SINKS):
            if key not in fields:
                self.reader.refuse(f"mode taint needs {key!r}", *mark)
        sources = self._parts(fields.get(SOURCES), SOURCES, self._source)
        sinks = self._parts(fields.get(SINKS), SINKS, self._sink)
        sanitizers = self._parts(fields.get(SANITIZERS), SANITIZERS, self._sanitizer)
        propagators = self._parts(fields.get(PROPAGATORS), PROPAGATORS, self._propagator)
        if not sources or not sinks:
            return None
        return f.Taint(sources, sinks, sanitizers, propagators, *mark)

    def _parts(
        self, field: Field | None, what: str, build: Callable[[f.Formula, dict[str, Field]], _Part]
    ) -> tuple[_Part, ...]:
        if field is None:
            return ()
        found: list[_Part] = []
        for node in self.reader.items(field.value, what):
            read = self._item(node, what)
            if read is not None:
                found.append(build(*read))
        if not found and not self.reader.problems:
            self.reader.refuse(f"{what} must not be empty", *field.mark)
        return tuple(found)

    def _item(self, node: yaml.Node, what: str) -> tuple[f.Formula, dict[str, Field]] | None:
        """The formula of an item and what else it says."""
        named = f"an item of {what}"
        operators: list[Field] = []
        others: dict[str, Field] = {}
        for field in self.reader.fields(node, named):
            key = field.key.replace("_", "-")
            if field.key in OPERATORS:
                operators.append(field)
            elif key in _FLAGS[what]:
                others[key] = field
            else:
                self.reader.unknown_operator(field, named, (*OPERATORS, *_FLAGS[what]))
        if len(operators) != 1:
            self.reader.refuse(f"{named} needs exactly one operator", *self.reader.mark(node))
            return None
        part = self._conditions.formula(operators[0].key, operators[0].value)
        return None if part is None else (part, others)

    def _flag(self, others: dict[str, Field], key: str, *, default: bool) -> bool:
        if key not in others:
            return default
        field = others[key]
        if key == "by-side-effect" and self.reader.text(field.value, key) == "only":
            return True
        return self.reader.flag(field.value, key)

    def _source(self, part: f.Formula, others: dict[str, Field]) -> f.TaintSource:
        exact = self._flag(others, "exact", default=False)
        side = self._flag(others, "by-side-effect", default=False)
        return f.TaintSource(part, exact, side, self._word(others, "label"))

    def _word(self, others: dict[str, Field], key: str) -> str:
        return self.reader.text(others[key].value, key) if key in others else ""

    def _sink(self, part: f.Formula, others: dict[str, Field]) -> f.TaintSink:
        exact = self._flag(others, "exact", default=True)
        return f.TaintSink(part, exact, self._word(others, "requires"))

    def _sanitizer(self, part: f.Formula, others: dict[str, Field]) -> f.TaintSanitizer:
        exact = self._flag(others, "exact", default=False)
        return f.TaintSanitizer(part, exact, self._flag(others, "by-side-effect", default=False))

    def _propagator(self, part: f.Formula, others: dict[str, Field]) -> f.TaintPropagator:
        ends = []
        for key in ("from", "to"):
            if key not in others:
                self.reader.refuse(f"a propagator needs {key!r}", part.line, part.column or None)
            ends.append(self.reader.text(others[key].value, key) if key in others else "")
        side = self._flag(others, "by-side-effect", default=True)
        return f.TaintPropagator(part, ends[0], ends[1], side)
