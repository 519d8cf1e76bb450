"""Where the sources, sinks, sanitizers and propagators of a taint rule stand in a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.formula import (
    Formula,
    Taint,
    TaintPropagator,
    TaintSanitizer,
    TaintSink,
    TaintSource,
)
from stuck_rules.model.source import Span
from stuck_rules.patterns.compile import CompiledFormula, compile_formula
from stuck_rules.patterns.evaluate import find_ranges
from stuck_rules.patterns.options import Options, read_options
from stuck_rules.patterns.ranges import Range


@dataclass(frozen=True, slots=True)
class CompiledTaint:
    """A taint rule with the formulas of its parts compiled."""

    sources: tuple[tuple[TaintSource, CompiledFormula], ...]
    sinks: tuple[tuple[TaintSink, CompiledFormula], ...]
    sanitizers: tuple[tuple[TaintSanitizer, CompiledFormula], ...]
    propagators: tuple[tuple[TaintPropagator, CompiledFormula], ...]
    options: Options


def compile_taint(taint: Taint, options: Mapping[str, str | bool]) -> CompiledTaint:
    """Compile a taint rule; raises PatternError where a part cannot be matched."""

    def compiled(part: Formula) -> CompiledFormula:
        return compile_formula(part, options)

    return CompiledTaint(
        tuple((source, compiled(source.part)) for source in taint.sources),
        tuple((sink, compiled(sink.part)) for sink in taint.sinks),
        tuple((sanitizer, compiled(sanitizer.part)) for sanitizer in taint.sanitizers),
        tuple((propagator, compiled(propagator.part)) for propagator in taint.propagators),
        read_options(options),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Sink:
    """One match of a sink."""

    range: Range
    rule: TaintSink


@dataclass(frozen=True, slots=True, eq=False)
class Propagation:
    """One match of a propagator: taint goes from one node to the other."""

    source: cst.CSTNode
    target: cst.CSTNode


class Sites:
    """What the nodes of a file are for a taint rule.

    `marks` are numbers of sources; those in `lasting` and the nodes in `cleaning` change the
    variable itself, not only the value at that place.
    """

    def __init__(self, compiled: CompiledTaint, tree: SyntaxTree) -> None:
        self._tree = tree
        self.sources: list[Range] = []
        self.labels: list[str] = []
        self.marks: dict[cst.CSTNode, set[int]] = defaultdict(set)
        self.lasting: dict[cst.CSTNode, set[int]] = defaultdict(set)
        self.sinks: dict[cst.CSTNode, list[Sink]] = defaultdict(list)
        self.clean: set[cst.CSTNode] = set()
        self.cleaning: set[cst.CSTNode] = set()
        self.propagations: dict[cst.CSTNode, list[Propagation]] = defaultdict(list)
        for source, formula in compiled.sources:
            self._add_source(source, formula)
        if not self.sources:
            return
        for sink, formula in compiled.sinks:
            self._add_sink(sink, formula)
        for sanitizer, formula in compiled.sanitizers:
            self._add_sanitizer(sanitizer, formula)
        for propagator, formula in compiled.propagators:
            self._add_propagator(propagator, formula)

    def _add_source(self, source: TaintSource, formula: CompiledFormula) -> None:
        for found in find_ranges(formula, self._tree):
            mark = len(self.sources)
            self.sources.append(found)
            self.labels.append(source.label)
            for node in self._covered(found, exact=source.exact):
                self.marks[node].add(mark)
                if source.by_side_effect:
                    self.lasting[node].add(mark)

    def _add_sink(self, sink: TaintSink, formula: CompiledFormula) -> None:
        for found in find_ranges(formula, self._tree):
            for node in self._covered(found, exact=sink.exact):
                self.sinks[node].append(Sink(found, sink))

    def _add_sanitizer(self, sanitizer: TaintSanitizer, formula: CompiledFormula) -> None:
        for found in find_ranges(formula, self._tree):
            nodes = set(self._covered(found, exact=sanitizer.exact))
            self.clean |= nodes
            if sanitizer.by_side_effect:
                self.cleaning |= nodes

    def _add_propagator(self, propagator: TaintPropagator, formula: CompiledFormula) -> None:
        for found in find_ranges(formula, self._tree):
            source, target = found.env.get(propagator.source), found.env.get(propagator.target)
            if source is None or target is None or source.node is None or target.node is None:
                continue
            for node in self._parts(found):
                self.propagations[node].append(Propagation(source.node, target.node))

    def _covered(self, found: Range, *, exact: bool) -> Iterator[cst.CSTNode]:
        """The nodes of a match, and without `exact` those inside them."""
        for node in self._parts(found):
            yield node
            if not exact:
                yield from self._tree.descendants(node)

    def _parts(self, found: Range) -> list[cst.CSTNode]:
        """The nodes that a match consists of: one, or statements in a row."""
        if not found.nodes:
            return self._expressions_in(found)
        tree = self._tree
        first, last = found.nodes[0], found.nodes[-1]
        place, end = tree.index[first], tree.ends[tree.index[last]]
        nodes: list[cst.CSTNode] = []
        while place < end:
            nodes.append(tree.nodes[place])
            place = tree.ends[place]
        return nodes

    def _expressions_in(self, found: Range) -> list[cst.CSTNode]:
        """The outermost expressions inside what a regular expression found."""
        tree = self._tree
        expressions = [node for node in tree.nodes if isinstance(node, cst.BaseExpression)]
        spans = tree.spans(set(expressions))
        kept: list[cst.CSTNode] = []
        until = 0
        for node in expressions:
            place = tree.index[node]
            if place >= until and _lies_in(spans[node], found):
                kept.append(node)
                until = tree.ends[place]
        return kept


def _lies_in(span: Span, found: Range) -> bool:
    start, end = found.extent
    first, last = (span.start.line, span.start.column), (span.end.line, span.end.column)
    return start <= first and last <= end
