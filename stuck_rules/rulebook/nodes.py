"""YAML nodes read as typed values, with the line of each and all problems at once.

Scalars are taken as the text that stands there: no dates, no `no` that means false.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import TypeVar

import yaml

from stuck_rules.errors import Problem, ProblemKind, RulebookError, did_you_mean
from stuck_rules.rulebook.foreign import is_foreign, refusal
from stuck_rules.values import dataclass

_Choice = TypeVar("_Choice", bound=Enum)
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
_DEEPEST = 500


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a mapping with its value."""

    key: str
    value: yaml.Node
    line: int
    column: int

    @property
    def mark(self) -> tuple[int, int]:
        """Line and column of the key."""
        return self.line, self.column


def line_of(node: yaml.Node) -> int:
    """The line on which a node begins; of a block scalar, the first line of its text."""
    line: int = node.start_mark.line + 1
    is_block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
    return line + 1 if is_block else line


def _may_be_deep(text: str) -> bool:
    """Whether brackets or columns are enough to nest so deeply at all."""
    if text.count("[") + text.count("{") > _DEEPEST:
        return True
    return any(len(line) > _DEEPEST for line in text.splitlines())


@lru_cache(maxsize=1)
def _compose(text: str) -> yaml.Node | None:
    """The root of a text's nodes, made once for who asks what it is and who reads it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if _may_be_deep(text):
        _refuse_depth(text, loader)
    node: yaml.Node | None = yaml.compose(text, Loader=loader)
    return node


def _refuse_depth(text: str, loader: type[yaml.SafeLoader]) -> None:
    """Raise where nodes nest too deeply: the parser of C would end the process with a crash."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _TooDeepError(event.start_mark.line + 1 if event.start_mark else None)


class _TooDeepError(Exception):
    """Nodes nest too deeply, on a line."""


def compose(text: str, path: str) -> yaml.Node | None:
    """The document's root node; raises RulebookError where it is no YAML or nests too deeply."""
    try:
        return _compose(text)
    except _TooDeepError as deep:
        message = f"nests more than {_DEEPEST} deep: no rule needs that"
        raise RulebookError.at(message, path, deep.args[0]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise RulebookError.at(f"no valid YAML: {error.problem}", path, line, column) from None
    except (yaml.YAMLError, RecursionError, UnicodeEncodeError) as error:
        detail = " ".join(str(error).split())
        raise RulebookError.at(f"no valid YAML: {detail}", path) from None


def is_folded(node: yaml.Node) -> bool:
    """Whether a scalar's text has other lines or columns than what is written."""
    if not isinstance(node, yaml.ScalarNode) or node.style == "|":
        return False
    start, end = node.start_mark, node.end_mark
    quotes = 2 if node.style else 0
    return bool(start.line != end.line or end.column - start.column != len(node.value) + quotes)


class Reader:
    """Reads nodes of one file and gathers what is wrong with them."""

    def __init__(self, path: str, text: str = "") -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._lines = text.splitlines()

    def mark(self, node: yaml.Node) -> tuple[int, int]:
        """Line and column of a node's first character; of a scalar, of its text."""
        line = line_of(node)
        column: int = node.start_mark.column + 1
        if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
            text = next((text for text in self._lines[line - 1 :] if text.strip()), "")
            return line, len(text) - len(text.lstrip(" ")) + 1
        is_quoted = isinstance(node, yaml.ScalarNode) and node.style in {"'", '"'}
        return line, column + is_quoted

    def refuse(self, message: str, line: int, column: int | None = None) -> None:
        """Remember a problem and go on."""
        self.problems.append(
            Problem(ProblemKind.RULEBOOK, message, self.path, line=line, column=column)
        )

    def fields(self, node: yaml.Node, what: str) -> list[Field]:
        """The fields of a mapping; duplicate keys are refused."""
        if not isinstance(node, yaml.MappingNode):
            self.refuse(f"{what} must be a mapping", *self.mark(node))
            return []
        found: dict[str, Field] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            mark = self.mark(key_node)
            if key in found:
                self.refuse(f"{what} has {key!r} twice, first on line {found[key].line}", *mark)
            else:
                found[key] = Field(key, value, *mark)
        return list(found.values())

    def unknown(self, field: Field, what: str, known: Iterable[str]) -> None:
        """Refuse a key, with the known one that it looks like."""
        hint = did_you_mean(field.key, known)
        self.refuse(f"unknown key {field.key!r} in {what}{hint}", *field.mark)

    def unknown_operator(self, field: Field, what: str, known: Iterable[str]) -> None:
        """Refuse a key of a rule, with what to write instead where it is one of Semgrep's."""
        if is_foreign(field.key):
            self.refuse(f"{refusal(field.key)} (in {what})", *field.mark)
        else:
            self.unknown(field, what, known)

    def items(self, node: yaml.Node, what: str) -> Iterator[yaml.Node]:
        """The items of a list."""
        if isinstance(node, yaml.SequenceNode):
            yield from node.value
        else:
            self.refuse(f"{what} must be a list", *self.mark(node))

    def text(self, node: yaml.Node, what: str) -> str:
        """A scalar as the text that stands there."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.refuse(f"{what} must be text", *self.mark(node))
        return ""

    def texts(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        """A list of texts, or one text as a list of one."""
        if isinstance(node, yaml.ScalarNode):
            return (str(node.value),)
        return tuple(self.text(item, what) for item in self.items(node, what))

    def flag(self, node: yaml.Node, what: str) -> bool:
        """True or false."""
        text = self.text(node, what).lower()
        if text not in _TRUE | _FALSE:
            self.refuse(f"{what} must be true or false", *self.mark(node))
        return text in _TRUE

    def number(self, node: yaml.Node, what: str) -> int:
        """A whole number that is not negative."""
        text = self.text(node, what)
        if not text.isdigit():
            self.refuse(f"{what} must be a whole number", *self.mark(node))
            return 0
        return int(text)

    def choice(self, node: yaml.Node, what: str, kinds: type[_Choice]) -> _Choice:
        """One of an enum's values, in either case."""
        text = self.text(node, what).lower()
        for kind in kinds:
            if kind.value == text:
                return kind
        names = ", ".join(str(kind.value) for kind in kinds)
        self.refuse(f"{what} must be one of {names}, not {text!r}", *self.mark(node))
        return next(iter(kinds))

    def lines(self, node: yaml.Node, what: str) -> tuple[int, int]:
        """A pair of line numbers."""
        numbers = [self.number(item, what) for item in self.items(node, what)]
        if len(numbers) != 2:
            self.refuse(f"{what} must be the first and the last line", *self.mark(node))
            return (0, 0)
        return (numbers[0], numbers[1])
