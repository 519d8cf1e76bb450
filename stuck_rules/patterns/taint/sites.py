"""Where the sources, sinks, sanitizers and propagators of a taint rule stand in a file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

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
from stuck_rules.patterns.compile import CompiledFormula, compile_formula
from stuck_rules.patterns.evaluate import find_ranges
from stuck_rules.patterns.options import Options, read_options
from stuck_rules.patterns.ranges import Extent, Range
from stuck_rules.values import dataclass

# What stands around an expression that is written in a list of them.
_WRAPPERS = (cst.Arg, cst.Element, cst.Index, cst.StarredDictElement)


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
    """One match of a propagator: taint goes from one node to the other.

    Without `lasting` the other is tainted at that place alone, not from there on.
    """

    source: cst.CSTNode
    target: cst.CSTNode
    lasting: bool


class Sites:
    """What the nodes of a file are for a taint rule.

    `marks` are numbers of sources; those in `lasting` and the nodes in `cleaning` change the
    variable itself, not only the value at that place. The marks of what is in `carriers` are
    asked for again after it was evaluated.
    """

    def __init__(self, compiled: CompiledTaint, tree: SyntaxTree) -> None:
        self.tree = tree
        self.sources: list[Range] = []
        self.labels: list[str] = []
        self.marks: dict[cst.CSTNode, set[int]] = defaultdict(set)
        self.lasting: dict[cst.CSTNode, set[int]] = defaultdict(set)
        self.sinks: dict[cst.CSTNode, list[Sink]] = defaultdict(list)
        self.clean: set[cst.CSTNode] = set()
        self.cleaning: set[cst.CSTNode] = set()
        self.propagations: dict[cst.CSTNode, list[Propagation]] = defaultdict(list)
        self.carriers: set[cst.CSTNode] = set()
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
        for found in find_ranges(formula, self.tree):
            mark = len(self.sources)
            self.sources.append(found)
            self.labels.append(source.label)
            for node in self._covered(found, exact=source.exact):
                self.marks[node].add(mark)
                if source.by_side_effect:
                    self.lasting[node].add(mark)

    def _add_sink(self, sink: TaintSink, formula: CompiledFormula) -> None:
        for found in find_ranges(formula, self.tree):
            for node in self._covered(found, exact=sink.exact):
                self.sinks[node].append(Sink(found, sink))
                if not isinstance(node, cst.BaseExpression):
                    self.carriers.update(expressions_of(node))

    def _add_sanitizer(self, sanitizer: TaintSanitizer, formula: CompiledFormula) -> None:
        for found in find_ranges(formula, self.tree):
            nodes = set(self._covered(found, exact=sanitizer.exact))
            self.clean |= nodes
            if sanitizer.by_side_effect:
                self.cleaning |= nodes

    def _add_propagator(self, propagator: TaintPropagator, formula: CompiledFormula) -> None:
        for found in find_ranges(formula, self.tree):
            source, target = found.env.get(propagator.source), found.env.get(propagator.target)
            if source is None or target is None or source.node is None or target.node is None:
                continue
            step = Propagation(
                unwrapped(source.node), unwrapped(target.node), propagator.by_side_effect
            )
            self.carriers.add(step.source)
            for node in self._parts(found):
                self.propagations[node].append(step)

    def _covered(self, found: Range, *, exact: bool) -> Iterator[cst.CSTNode]:
        """The nodes of a match, and without `exact` those inside them."""
        for node in self._parts(found):
            yield node
            if not exact:
                yield from self.tree.descendants(node)

    def _parts(self, found: Range) -> list[cst.CSTNode]:
        """The nodes that a match consists of: one, or statements in a row."""
        if not found.nodes:
            return self._expressions_in(found)
        tree = self.tree
        first, last = found.nodes[0], found.nodes[-1]
        place, end = tree.index[first], tree.ends[tree.index[last]]
        nodes: list[cst.CSTNode] = []
        while place < end:
            nodes.append(unwrapped(tree.nodes[place]))
            place = tree.ends[place]
        return nodes

    @cached_property
    def _expressions(self) -> list[tuple[Extent, int]]:
        """All expressions with their places in the tree, by where they stand."""
        tree = self.tree
        nodes = [node for node in tree.nodes if isinstance(node, cst.BaseExpression)]
        spans = tree.spans(nodes)
        return sorted(
            (((at.start.line, at.start.column), (at.end.line, at.end.column)), tree.index[node])
            for node, at in spans.items()
        )

    def _expressions_in(self, found: Range) -> list[cst.CSTNode]:
        """The outermost expressions inside what a regular expression found."""
        tree, (start, end) = self.tree, found.extent
        first = bisect_left(self._expressions, ((start, start), 0))
        last = bisect_right(self._expressions, ((end, end), len(tree.nodes)))
        places = sorted(
            place for extent, place in self._expressions[first:last] if extent[1] <= end
        )
        kept: list[cst.CSTNode] = []
        until = 0
        for place in places:
            if place >= until:
                kept.append(tree.nodes[place])
                until = tree.ends[place]
        return kept


def unwrapped(node: cst.CSTNode) -> cst.CSTNode:
    """The expression that an argument or an element holds."""
    return node.value if isinstance(node, _WRAPPERS) else node


def expressions_of(node: cst.CSTNode) -> list[cst.BaseExpression]:
    """The expressions that stand directly in a statement."""
    return [child for child in node.children if isinstance(child, cst.BaseExpression)]
