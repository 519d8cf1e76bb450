"""Matches as plain data: where, and what each metavariable stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.source import Position, Span
from stuck_rules.patterns.bindings import Bound
from stuck_rules.patterns.ranges import Range
from stuck_rules.patterns.scene import Scene
from stuck_rules.values import dataclass, field

_METAVARIABLE = re.compile(r"value\((\$[A-Z_0-9]+)\)|\$\.\.\.[A-Z_][A-Z_0-9]*|\$[A-Z_0-9]+")


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a formula matches.

    `bindings` holds the source text of `$X` and `$...X`, and under `value($X)` the value
    where it is known. `places` holds where each piece of what a metavariable stands for is.
    `is_run` says that it is several statements in a row.
    """

    span: Span
    bindings: Mapping[str, str]
    places: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    is_run: bool = field(default=False, compare=False)


def interpolate(message: str, match: Match) -> str:
    """A message with metavariables replaced by what they stand for; unbound ones stay."""

    def replacement(found: re.Match[str]) -> str:
        bound = match.bindings.get(found[0])
        if bound is None and found[1] is not None:
            bound = match.bindings.get(found[1])
        return found[0] if bound is None else bound

    return _METAVARIABLE.sub(replacement, message)


def spans_of(tree: SyntaxTree, nodes: Iterable[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
    """Where nodes stand, with the parentheses around them; a name counts without."""
    kept = list(nodes)
    ends = {node: _ends_of(node) for node in kept}
    spans = tree.spans({part for node in kept for part in (node, *ends[node])})
    return {node: Span(spans[first].start, spans[last].end) for node, (first, last) in ends.items()}


def _ends_of(node: cst.CSTNode) -> tuple[cst.CSTNode, cst.CSTNode]:
    if isinstance(node, cst.Name) or not isinstance(node, cst.BaseExpression) or not node.lpar:
        return node, node
    return node.lpar[0], node.rpar[-1]


def edges_of(nodes: Sequence[cst.CSTNode]) -> tuple[cst.CSTNode, ...]:
    """Where several nodes in a row start and end; there the parentheses of a name count."""
    if len(nodes) < 2 or nodes[0] is nodes[-1]:
        return tuple(nodes[:1]) * 2
    first, last = nodes[0], nodes[-1]
    if isinstance(first, cst.Name) and first.lpar:
        first = first.lpar[0]
    if isinstance(last, cst.Name) and last.rpar:
        last = last.rpar[-1]
    return first, last


def inside_quotes(node: cst.CSTNode, span: Span) -> Span:
    """The span of a string literal's text, without prefix and quotes."""
    if not isinstance(node, cst.SimpleString):
        return span
    lead, trail = len(node.prefix) + len(node.quote), len(node.quote)
    start, end = span.start, span.end
    return Span(Position(start.line, start.column + lead), Position(end.line, end.column - trail))


def text_of(bound: Bound, scene: Scene) -> str:
    """The source text of one binding; for many, `matches_of` is quicker."""
    if bound.text is not None:
        return bound.text
    if isinstance(bound.node, cst.Name):
        return bound.node.value
    if isinstance(bound.node, cst.BaseExpression):
        return scene.tree.module.code_for_node(bound.node)
    nodes = (*bound.nodes, *edges_of(bound.nodes))
    return _text_between(bound.nodes, scene.tree, spans_of(scene.tree, nodes))


def _text_between(
    nodes: tuple[cst.CSTNode, ...], tree: SyntaxTree, spans: Mapping[cst.CSTNode, Span]
) -> str:
    if not nodes:
        return ""
    first, last = edges_of(nodes)
    return tree.text(Span(spans[first].start, spans[last].end))


@dataclass(frozen=True, slots=True)
class _Read:
    """What one binding stands for: its text, its value where that is known, its places."""

    text: str | None
    value: str | None
    places: tuple[Span, ...]


def _read(bound: Bound, scene: Scene, spans: Mapping[cst.CSTNode, Span]) -> _Read:
    text = bound.text
    if text is None and bound.nodes:
        text = _text_between(bound.nodes, scene.tree, spans)
    value = scene.constant(bound.node) if bound.node is not None else None
    known = str(value.value) if value is not None and value.kind != "text" else None
    return _Read(text, known, tuple(spans[node] for node in bound.nodes))


def _texts(bindings: Mapping[str, _Read]) -> dict[str, str]:
    """The source texts of bindings; what stands for nothing is left out."""
    texts: dict[str, str] = {}
    for name, read in bindings.items():
        if read.text is not None:
            texts[name] = read.text
        if read.value is not None:
            texts[f"value({name})"] = read.value
    return texts


def _is_inside_quotes(found: Range) -> bool:
    return found.focus is not None and found.focus.text is not None and bool(found.nodes)


def _span_of(found: Range, spans: Mapping[cst.CSTNode, Span], quoted: Span | None) -> Span:
    if not found.nodes:
        return Span.of(*found.extent[0], *found.extent[1])
    if quoted is not None:
        return inside_quotes(found.nodes[0], quoted)
    first, last = edges_of(found.nodes)
    return Span(spans[first].start, spans[last].end)


def matches_of(ranges: Sequence[Range], scene: Scene) -> list[Match]:
    """Ranges as plain data, sorted by place; one of equals."""
    # By identity, since those of lone metavariables are equal whatever they stand for.
    bounds = {id(bound): bound for found in ranges for _, bound in found.env.bound}
    runs = {nodes for each in (ranges, bounds.values()) for nodes in map(_nodes_of, each)}
    spans = spans_of(scene.tree, {node for run in runs for node in (*run, *edges_of(run))})
    bare = scene.tree.spans({found.nodes[0] for found in ranges if _is_inside_quotes(found)})
    read = {number: _read(bound, scene, spans) for number, bound in bounds.items()}
    matches: dict[tuple[Span, tuple[tuple[str, str], ...]], Match] = {}
    for found in ranges:
        bindings = {name: read[id(bound)] for name, bound in found.env.bound}
        texts = _texts(bindings)
        quoted = bare[found.nodes[0]] if _is_inside_quotes(found) else None
        span = _span_of(found, spans, quoted)
        if (span, key := tuple(texts.items())) not in matches:
            places = {name: one.places for name, one in bindings.items()}
            is_run = len({id(node) for node in found.nodes}) > 1
            matches[span, key] = Match(span, texts, places, is_run)
    return sorted(matches.values(), key=lambda match: match.span)


def _nodes_of(found: Range | Bound) -> tuple[cst.CSTNode, ...]:
    return found.nodes
