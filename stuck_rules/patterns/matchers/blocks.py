"""Blocks of a pattern, and the lines in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.holes import DOTS, HOLE, MANY, TYPED, hole_name, many_name
from stuck_rules.patterns.matchers.base import Build, Hole
from stuck_rules.patterns.matchers.carried import ExpressionLine
from stuck_rules.patterns.matchers.items import Gap
from stuck_rules.patterns.matchers.line import Line
from stuck_rules.patterns.matchers.lines import Lines
from stuck_rules.values import dataclass

_EMPTY = cst.Module([])
_BINDING = re.compile(rf"(?:{HOLE}|{TYPED}|\$)([A-Z_0-9]+)|(?:{MANY})([A-Z_0-9]+)")


def metavariables_in(node: cst.CSTNode) -> frozenset[str]:
    """The metavariables that a piece of a pattern binds; `$_` is none."""
    found = _BINDING.findall(_EMPTY.code_for_node(node))
    return frozenset(f"${one}" if one else f"$...{many}" for one, many in found) - {"$_"}


def build_line(node: cst.CSTNode, build: Build) -> Gap | Line:
    """One statement of a pattern's block."""
    if not isinstance(node, cst.Expr):
        return Line(build(node), metavariables_in(node))
    if isinstance(node.value, cst.Name):
        name = node.value.value
        many = many_name(name)
        if many is not None or name == DOTS:
            return Gap(many)
        hole = hole_name(name)
        if hole is not None:
            return Line(Hole(hole), frozenset({hole}) - {"$_"})
    line = ExpressionLine(build(node.value), build.options.implicit_deep_exprstmt)
    return Line(line, metavariables_in(node))


@dataclass(frozen=True, slots=True)
class Body:
    """A block that belongs to a statement of the pattern."""

    lines: Lines

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the block's statements."""
        yield from self.match_statements(statements_of(node), env)

    def match_statements(self, statements: Sequence[cst.CSTNode], env: Env) -> Iterator[Env]:
        """Match statements; a hole that stands alone takes them all."""
        name = self._only_hole()
        if name is None:
            yield from self.lines.match_whole(statements, env)
            return
        found = env.bind(name, Bound(tuple(statements)))
        if found is not None:
            yield found

    @property
    def takes_all(self) -> bool:
        """Whether one metavariable stands for all statements."""
        steps = self.lines.steps
        is_named_gap = len(steps) == 1 and isinstance(steps[0], Gap) and steps[0] != Gap()
        return is_named_gap or self._only_hole() is not None

    def _only_hole(self) -> str | None:
        steps = self.lines.steps
        only = steps[0] if len(steps) == 1 else None
        if isinstance(only, Line) and isinstance(only.matcher, Hole):
            return only.matcher.name
        return None


def build_lines(statements: Sequence[cst.CSTNode], build: Build) -> Lines:
    """The statements of a pattern's block, or of a whole pattern; gaps in a row are one."""
    steps: list[Gap | Line] = []
    for statement in statements:
        step = build_line(statement, build)
        if not (isinstance(step, Gap) and steps and isinstance(steps[-1], Gap)):
            steps.append(step)
    return Lines(tuple(steps))


def build_body(block: cst.CSTNode, build: Build) -> Body:
    """A block of a pattern."""
    return Body(build_lines(statements_of(block), build))
