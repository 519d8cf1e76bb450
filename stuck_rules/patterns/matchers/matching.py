"""`match` statements: their cases in any order, and what a case compares with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.holes import DOTS, POSITIONAL, many_name
from stuck_rules.patterns.matchers.base import (
    Anything,
    Build,
    Hole,
    Matcher,
    build_shape,
    match_part,
)
from stuck_rules.patterns.matchers.blocks import Body, build_body
from stuck_rules.patterns.matchers.items import Gap, Step, match_ordered
from stuck_rules.patterns.matchers.names import build_identifier
from stuck_rules.patterns.matchers.unordered import match_unordered
from stuck_rules.values import dataclass

_SEQUENCES = (cst.MatchList, cst.MatchTuple)


@dataclass(frozen=True, slots=True)
class Selection:
    """`match`: each case of the pattern is among those of the code."""

    subject: Matcher
    cases: tuple[Case, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the subject, then the cases."""
        if isinstance(node, cst.Match):
            for found in self.subject.match(node.subject, env):
                yield from match_unordered(self.cases, node.cases, found, extra=True)


@dataclass(frozen=True, slots=True)
class Case:
    """`case`; without a guard in the pattern, the code may have one."""

    pattern: Matcher
    guard: Matcher | None
    body: Body

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match what is compared with, the guard and the body in turn."""
        if not isinstance(node, cst.MatchCase) or (self.guard is not None and node.guard is None):
            return
        for found in self.pattern.match(node.pattern, env):
            guarded = [found] if self.guard is None else match_part(self.guard, node.guard, found)
            for bound in guarded:
                yield from self.body.match(node.body, bound)


def build_match(node: cst.CSTNode, build: Build) -> Matcher:
    """A `match` of a pattern."""
    selection = cst.ensure_type(node, cst.Match)
    cases = tuple(
        Case(build(case.pattern), build.optional(case.guard), build_body(case.body, build))
        for case in selection.cases
    )
    return Selection(build(selection.subject), cases)


@dataclass(frozen=True, slots=True)
class Compared:
    """`$X` in a case: all that is compared with, bound as the expression that it is, if any."""

    hole: Hole

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Bind the value, the name or the whole pattern of the case."""
        bound: cst.CSTNode = node
        if isinstance(node, (cst.MatchValue, cst.MatchSingleton)):
            bound = node.value
        elif isinstance(node, cst.MatchAs) and node.pattern is None and node.name is not None:
            bound = node.name
        yield from self.hole.match(bound, env)


def build_capture(node: cst.CSTNode, build: Build) -> Matcher:
    """A name in a case, which may be a hole, or `pattern as name`."""
    capture = cst.ensure_type(node, cst.MatchAs)
    if capture.pattern is not None or capture.name is None:
        name = None if capture.name is None else build_identifier(capture.name)
        return Capture(build.optional(capture.pattern), name)
    matcher = build_identifier(capture.name)
    if isinstance(matcher, Hole):
        return Compared(matcher)
    return matcher if isinstance(matcher, Anything) else Capture(None, matcher)


@dataclass(frozen=True, slots=True)
class Capture:
    """`name`, `pattern as name`, or `_` with neither."""

    pattern: Matcher | None
    name: Matcher | None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match pattern and name; what one has and the other has not does not fit."""
        if isinstance(node, cst.MatchAs):
            for found in match_part(self.pattern, node.pattern, env):
                yield from match_part(self.name, node.name, found)


@dataclass(frozen=True, slots=True)
class Sequenced:
    """`[a, b]` or `(a, b)` in a case."""

    steps: tuple[Step, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the elements in order, however they are bracketed."""
        if isinstance(node, _SEQUENCES):
            yield from match_ordered(self.steps, node.patterns, env)


@dataclass(frozen=True, slots=True)
class Instance:
    """`C(a, k=b)` in a case; keywords in any order."""

    cls: Matcher
    steps: tuple[Step, ...]
    keywords: tuple[Matcher, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match class, positional and keyword patterns; `...` allows others of both kinds."""
        if not isinstance(node, cst.MatchClass):
            return
        extra = Gap() in self.steps
        for found in self.cls.match(node.cls, env):
            for placed in match_ordered(self.steps, node.patterns, found):
                yield from match_unordered(self.keywords, node.kwds, placed, extra=extra)


@dataclass(frozen=True, slots=True)
class Mapped:
    """`{k: a}` in a case, whose keys may stand in any order; Python lets others be there."""

    elements: tuple[Matcher, ...]
    rest: Matcher | None
    open_ended: bool

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the elements, then `**rest`."""
        if not isinstance(node, cst.MatchMapping):
            return
        for found in match_unordered(self.elements, node.elements, env, extra=self.open_ended):
            if self.rest is None and (self.open_ended or node.rest is None):
                yield found
            elif self.rest is not None:
                yield from match_part(self.rest, node.rest, found)


def _name_in(element: cst.CSTNode) -> str:
    """The name that stands alone as an element, empty for anything else."""
    value = element.value if isinstance(element, cst.MatchSequenceElement) else None
    is_name = isinstance(value, cst.MatchAs) and value.pattern is None and value.name is not None
    return value.name.value if is_name and isinstance(value, cst.MatchAs) and value.name else ""


def _build_steps(elements: Sequence[cst.CSTNode], build: Build) -> tuple[Step, ...]:
    steps: list[Step] = []
    for element in elements:
        name = _name_in(element)
        is_gap = name == DOTS or many_name(name) is not None
        steps.append(Gap(many_name(name)) if is_gap else build_shape(element, build))
    return tuple(steps)


def build_match_sequence(node: cst.CSTNode, build: Build) -> Matcher:
    """A sequence that a case of a pattern compares with."""
    elements = node.patterns if isinstance(node, _SEQUENCES) else ()
    return Sequenced(_build_steps(elements, build))


def build_match_class(node: cst.CSTNode, build: Build) -> Matcher:
    """A class that a case of a pattern compares with."""
    instance = cst.ensure_type(node, cst.MatchClass)
    behind = [kwd for kwd in instance.kwds if kwd.key.value == POSITIONAL]
    placed = [*instance.patterns, *(cst.MatchSequenceElement(kwd.pattern) for kwd in behind)]
    keywords = tuple(build_shape(kwd, build) for kwd in instance.kwds if kwd not in behind)
    return Instance(build(instance.cls), _build_steps(placed, build), keywords)


def build_match_mapping(node: cst.CSTNode, build: Build) -> Matcher:
    """A mapping that a case of a pattern compares with."""
    mapping = cst.ensure_type(node, cst.MatchMapping)
    elements = tuple(build_shape(element, build) for element in mapping.elements)
    is_open = mapping.rest is not None and mapping.rest.value == DOTS
    rest = mapping.rest if mapping.rest is not None and not is_open else None
    return Mapped(elements, None if rest is None else build_identifier(rest), is_open)
