"""Strings: `"..."`, `"$X"`, `"=~/re/"`, text as written, and f-strings piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.constants import Constant, fold, literal_value
from stuck_rules.patterns.matchers.base import Build, Matcher, build_shape
from stuck_rules.patterns.matchers.items import Gap, Step, match_ordered
from stuck_rules.patterns.regexes import Regex, compile_regex
from stuck_rules.patterns.syntax import STRING_REGEX
from stuck_rules.values import dataclass

_HOLE = re.compile(r"\$[A-Z_][A-Z_0-9]*\Z")
_PREFIX = re.compile(r"[A-Za-z]*")
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


def prefix_of(node: cst.SimpleString) -> str:
    """A literal's prefix as it is written."""
    found = _PREFIX.match(node.value)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class _Text:
    """Where a string pattern reads a node's text: literals of one prefix, or what is known."""

    prefix: str
    folded: bool

    def of(self, node: cst.CSTNode, env: Env) -> Constant | None:
        """The node's text, None where it is no string."""
        if self.prefix:
            same = isinstance(node, cst.SimpleString) and prefix_of(node) == self.prefix
            return fold(node, literal_value) if same else None
        if self.folded:
            value = env.scene.constant(node)
        else:
            is_literal = isinstance(node, (cst.SimpleString, cst.FormattedString))
            value = fold(node, literal_value) if is_literal else None
        return value if value is not None and value.is_text else None


@dataclass(frozen=True, slots=True)
class AnyString:
    """`"..."`."""

    text: _Text

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Any string fits, known or not."""
        if self.text.of(node, env) is not None:
            yield env


@dataclass(frozen=True, slots=True)
class StringHole:
    """`"$X"`: the text inside the quotes."""

    text: _Text
    name: str

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Bind the text."""
        value = self.text.of(node, env)
        if value is None or not isinstance(value.value, str):
            return
        bound = env.bind(self.name, Bound((node,), text=value.value))
        if bound is not None:
            yield bound


@dataclass(frozen=True, slots=True)
class StringRegex:
    """`"=~/re/"`: the expression is searched in the text."""

    text: _Text
    regex: Regex

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Search the text as it is written."""
        value = self.text.of(node, env)
        if value is not None and isinstance(value.value, str) and self.regex.search(value.value):
            yield env


@dataclass(frozen=True, slots=True)
class StringText:
    """One text."""

    text: _Text
    value: str

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Compare the text as it is written."""
        value = self.text.of(node, env)
        if value is not None and value.value == self.value:
            yield env


def build_string(node: cst.CSTNode, build: Build) -> Matcher:
    """A string literal of a pattern."""
    literal = cst.ensure_type(node, cst.SimpleString)
    text = _Text(prefix_of(literal), build.options.constant_propagation)
    content = literal.raw_value
    if content == "...":
        return AnyString(text)
    if _HOLE.match(content):
        return StringHole(text, content)
    regex = STRING_REGEX.match(content)
    if regex is not None:
        flags = sum(_FLAGS[flag] for flag in set(regex["flags"]))
        return StringRegex(text, compile_regex(regex["regex"], flags))
    return StringText(text, content)


@dataclass(frozen=True, slots=True)
class PieceText:
    """A piece of text between the holes of an f-string."""

    value: str

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Compare the text as it is written."""
        if isinstance(node, cst.FormattedStringText) and node.value == self.value:
            yield env


@dataclass(frozen=True, slots=True)
class PieceHole:
    """`$X` as a whole piece of text of an f-string."""

    name: str

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Bind the text."""
        if isinstance(node, cst.FormattedStringText):
            bound = env.bind(self.name, Bound((node,), text=node.value))
            if bound is not None:
                yield bound


@dataclass(frozen=True, slots=True)
class Formatted:
    """An f-string, its pieces in order."""

    steps: tuple[Step, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the pieces; plain strings do not count as f-strings."""
        if isinstance(node, cst.FormattedString):
            yield from match_ordered(self.steps, node.parts, env)


def build_formatted(node: cst.CSTNode, build: Build) -> Matcher:
    """An f-string of a pattern; a piece `...` stands for any run of text and holes."""
    parts = cst.ensure_type(node, cst.FormattedString).parts
    return Formatted(tuple(_build_piece(part, build) for part in parts))


def _build_piece(part: cst.BaseFormattedStringContent, build: Build) -> Step:
    if not isinstance(part, cst.FormattedStringText):
        return build_shape(part, build)
    if part.value == "...":
        return Gap()
    return PieceHole(part.value) if _HOLE.match(part.value) else PieceText(part.value)
