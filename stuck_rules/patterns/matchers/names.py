"""Names and dotted names, which also match what an import makes of them."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.constants import constant
from stuck_rules.patterns.holes import DOTS, hole_name, many_name
from stuck_rules.patterns.matchers.base import Anything, Build, Hole, Matcher
from stuck_rules.patterns.matchers.chains import Chain
from stuck_rules.patterns.matchers.literals import Literal
from stuck_rules.values import dataclass

_WORDS = {"True": True, "False": False, "None": None}


@dataclass(frozen=True, slots=True)
class Word:
    """A name as it is written, or an alias of it."""

    value: str

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Compare the text first, then what the imports say."""
        if not isinstance(node, cst.Name):
            return
        if node.value == self.value or env.scene.resolve(node) == self.value:
            yield env


@dataclass(frozen=True, slots=True)
class Identifier:
    """A name that names something: a definition, a parameter, an attribute, a keyword."""

    value: str

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Compare the text alone."""
        if isinstance(node, cst.Name) and node.value == self.value:
            yield env


@dataclass(frozen=True, slots=True)
class Member:
    """`owner.name`, or the name that an import made of it.

    `dotted` is the owner's dotted name and with `attribute` known the whole one, as far as
    they are plain names.
    """

    owner: Matcher
    attribute: Matcher
    dotted_owner: str | None
    dotted: str | None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Compare what is written; where that does not fit, what the imports say."""
        written = False
        if isinstance(node, cst.Attribute):
            for found in self.owner.match(node.value, env):
                for whole in self.attribute.match(node.attr, found):
                    written = True
                    yield whole
        if not written and self.dotted_owner is not None:
            yield from self._match_import(node, env)

    def _match_import(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        if not isinstance(node, (cst.Name, cst.Attribute)):
            return
        if self.dotted is not None:
            if self.dotted in self._meanings(node, env):
                yield env
            return
        resolved = env.scene.resolve(node) or ""
        owner, _, last = resolved.rpartition(".")
        if owner == self.dotted_owner and isinstance(self.attribute, Hole):
            bound = env.bind(self.attribute.name, Bound((node,), resolved=last))
            if bound is not None:
                yield bound

    def _meanings(self, node: cst.Name | cst.Attribute, env: Env) -> list[str]:
        """What a name may stand for; star imports may bring what nothing else binds."""
        resolved = env.scene.resolve(node)
        if resolved is not None:
            return [resolved]
        written = dotted_name(node)
        if written is None or not env.scene.imports.stars:
            return []
        first = written.partition(".")[0]
        if first in env.scene.bindings:
            return []
        return [f"{module}.{written}" for module in env.scene.imports.stars]


def build_name(node: cst.CSTNode, build: Build) -> Matcher:
    """A name of a pattern: a hole, a constant's word, or a name."""
    value = cst.ensure_type(node, cst.Name).value
    if value == DOTS:
        return Anything()
    hole = hole_name(value) or many_name(value)
    if hole is not None:
        return Hole(hole)
    if value in _WORDS:
        return Literal(constant(_WORDS[value]), build.options.constant_propagation)
    return Word(value)


def build_identifier(node: cst.Name) -> Matcher:
    """A name that is no expression."""
    hole = hole_name(node.value)
    if hole is not None:
        return Hole(hole)
    return Anything() if node.value == DOTS else Identifier(node.value)


def build_attribute(node: cst.CSTNode, build: Build) -> Matcher:
    """`owner.name`; `owner. ... .name` allows steps between."""
    attribute = cst.ensure_type(node, cst.Attribute)
    last = build_identifier(attribute.attr)
    owner = attribute.value
    if isinstance(owner, cst.Attribute) and owner.attr.value == DOTS:
        first = _plain_dotted(owner.value)
        if first is None or not isinstance(last, Identifier):
            return Chain(build(owner.value), last)
        return Chain(build(owner.value), last, (first, last.value))
    dotted_owner = _plain_dotted(owner)
    whole = _plain_dotted(attribute)
    return Member(build(owner), last, dotted_owner, whole)


def _plain_dotted(node: cst.CSTNode) -> str | None:
    """The dotted name of a pattern without holes."""
    dotted = dotted_name(node)
    if dotted is None:
        return None
    parts = dotted.split(".")
    is_hole = any(part == DOTS or hole_name(part) or many_name(part) for part in parts)
    return None if is_hole else dotted
