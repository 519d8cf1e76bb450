"""Formulas in a file: sets of ranges with bindings, joined, narrowed and reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.errors import SourceError
from stuck_rules.model.formula import (
    All,
    Either,
    Focus,
    Formula,
    Inside,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    MetavariableType,
    Not,
    NotInside,
    Pattern,
    Regex,
)
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.compile import CompiledFormula, LinesPattern
from stuck_rules.patterns.conditions import meets_comparison, meets_regex, meets_text, meets_type
from stuck_rules.patterns.extents import Measure
from stuck_rules.patterns.matchers.states import Ends, Wanted
from stuck_rules.patterns.matches import (
    Match,
    interpolate,
    matches_of,
    text_of,
)
from stuck_rules.patterns.ranges import (
    Extent,
    Range,
    contains,
    distinct,
    drop_equal,
    drop_inside,
    drop_nested,
    intersect,
    keep_inside,
)
from stuck_rules.patterns.regexes import compile_regex
from stuck_rules.patterns.scene import scene_of
from stuck_rules.patterns.search import Stretch, find_lines, find_nodes
from stuck_rules.patterns.syntax import TEXTS, parts_of
from stuck_rules.values import replace

__all__ = ["Match", "find_matches", "interpolate"]

_POSITIVE = (Pattern, Regex, All, Either)
_CONDITIONS = (MetavariableRegex, MetavariableComparison, MetavariableType, MetavariablePattern)


_Join = Callable[[Sequence[Range], Sequence[Range]], list[Range]]


def find_matches(
    compiled: CompiledFormula, tree: SyntaxTree, *, path: str, told: frozenset[str] | None = None
) -> list[Match]:
    """All places of a file that a formula matches, in order; `path` is not looked at.

    With `told`, the metavariables that the caller speaks of, one match a place is enough where
    only others differ. Where there are more matches than can be told, so it is for all that
    no other part of the formula asks about.
    """
    del path
    if told is None:
        return _matches(_Evaluation(compiled, Env(scene_of(tree))))
    try:
        return _matches(_untold(compiled, tree, told))
    except SourceError:
        if compiled.private.isdisjoint(told):
            raise
        return _matches(_untold(compiled, tree, frozenset()))


def _untold(compiled: CompiledFormula, tree: SyntaxTree, told: frozenset[str]) -> _Evaluation:
    """What finds a match for each place and for each of what the told ones stand for."""
    env = Env(scene_of(tree), lone=compiled.lone - told)
    return _Evaluation(compiled, env, private=compiled.private - told)


def _matches(evaluation: _Evaluation) -> list[Match]:
    return matches_of(evaluation.find(evaluation.compiled.formula), evaluation.scene)


def find_ranges(compiled: CompiledFormula, tree: SyntaxTree) -> list[Range]:
    """The ranges that a formula matches, with their nodes, for what reads on in the tree."""
    return _Evaluation(compiled, Env(scene_of(tree))).find(compiled.formula)


def report(ranges: list[Range], tree: SyntaxTree) -> list[Match]:
    """Ranges as plain data, sorted by place; one of equals."""
    return matches_of(ranges, scene_of(tree))


class _Evaluation:
    """One formula in one file, or in the stretch of it that a metavariable is bound to.

    `around` are the bindings of what asks about the stretch.
    """

    def __init__(
        self,
        compiled: CompiledFormula,
        empty: Env,
        *,
        stretch: Stretch | None = None,
        around: Env | None = None,
        private: frozenset[str] = frozenset(),
    ) -> None:
        self.compiled = compiled
        self.private = private
        self.around = around or empty
        self.empty = empty
        self.scene = empty.scene
        self.stretch = stretch
        self._measure = Measure(empty.scene, by_position=_has_regex(compiled.formula))

    def find(self, formula: Formula, ends: Ends = Ends.EACH) -> list[Range]:
        """All ranges that a formula matches; a condition by itself matches nothing.

        Of ranges that have the start and the bindings in common, the ends wanted are enough.
        """
        if isinstance(formula, Pattern):
            return self._find_pattern(formula, ends)
        if isinstance(formula, Regex):
            return list(self._find_regex(formula))
        if isinstance(formula, Either):
            return distinct(found for part in formula.parts for found in self.find(part, ends))
        if isinstance(formula, Inside):
            return self.find(formula.part, ends)
        return self._find_all(formula.parts if isinstance(formula, All) else (formula,))

    def _find_pattern(self, formula: Pattern, ends: Ends) -> list[Range]:
        pattern = self.compiled.patterns[formula]
        if isinstance(pattern, LinesPattern):
            wanted = Wanted(ends, self.private)
            return distinct(
                self._measure.ranges(find_lines(pattern, self.empty, self.stretch, wanted))
            )
        return distinct(self._measure.ranges(find_nodes(pattern, self.empty, self.stretch)))

    def _find_regex(self, formula: Regex) -> Iterator[Range]:
        regex = compile_regex(formula.text, re.MULTILINE, line=formula.line)
        for found in regex.finditer(self.scene.tree.source):
            env: Env | None = self.empty
            for name, text in found.groupdict().items():
                env = env.bind(f"${name}", Bound(text=text or "")) if env is not None else None
            extent = self._measure.of_text(found.start(), found.end())
            if env is not None and self._is_within(extent):
                yield Range(extent, env)

    def _is_within(self, extent: Extent) -> bool:
        """Whether an extent lies in the stretch that is looked at."""
        return self.stretch is None or contains(self._whole(self.stretch)[0].extent, extent)

    def _find_all(self, parts: tuple[Formula, ...]) -> list[Range]:
        """Join the positives, then drop, then ask, then focus: the order of parts is free."""
        found = self._with_bindings_around(self._find_positive(parts))
        for narrow in (self._exclude, self._meet_all, self._focus_all):
            for part in parts:
                found = narrow(part, found) if found else []
        return found

    def _with_bindings_around(self, found: list[Range]) -> list[Range]:
        """What is found on a metavariable's code, with what is bound where that is asked about."""
        if self.around is self.empty:
            return found
        merged = ((one, one.env.merge(self.around)) for one in found)
        return [replace(one, env=env) for one, env in merged if env is not None]

    def _find_positive(self, parts: tuple[Formula, ...]) -> list[Range]:
        """Join what must match; an inside counts as a range of its own only among its like."""
        plain = [part for part in parts if isinstance(part, _POSITIVE)]
        insides = [part.part for part in parts if isinstance(part, Inside)]
        if plain:
            found = self._join(intersect, None, plain, _ends_of(parts, plain))
            return self._join(keep_inside, found, insides, Ends.LAST)
        if insides:
            return self._join(intersect, None, insides)
        return [] if self.stretch is None else self._whole(self.stretch)

    def _join(
        self,
        join: _Join,
        found: list[Range] | None,
        parts: Sequence[Formula],
        ends: Ends = Ends.EACH,
    ) -> list[Range]:
        """Join what is found with what each part matches, as long as anything is left."""
        for part in parts:
            if found is None:
                found = self.find(part, ends)
            elif found:
                found = join(found, self.find(part, ends))
        return found or []

    def _whole(self, stretch: Stretch) -> list[Range]:
        """What a metavariable is bound to, as the range that conditions alone speak of."""
        return list(self._measure.ranges([((stretch.node, stretch.node), self.empty)]))

    def _exclude(self, part: Formula, found: list[Range]) -> list[Range]:
        if isinstance(part, NotInside):
            return drop_inside(found, self.find(part.part, Ends.LAST))
        if not isinstance(part, Not):
            return found
        others = self.find(part.part)
        return (
            drop_nested(found, others)
            if isinstance(part.part, Regex)
            else drop_equal(found, others)
        )

    def _meet_all(self, part: Formula, found: list[Range]) -> list[Range]:
        if not isinstance(part, _CONDITIONS):
            return found
        return distinct(replace(one, env=env) for one in found for env in self._meet(part, one.env))

    def _focus_all(self, part: Formula, found: list[Range]) -> list[Range]:
        return distinct(self._focus(part, found)) if isinstance(part, Focus) else found

    def _focus(self, focus: Focus, found: list[Range]) -> Iterator[Range]:
        for one in found:
            for name in focus.metavariables:
                bound = one.env.get(name)
                if bound is None or not bound.nodes:
                    continue
                nodes = (bound.nodes[0], bound.nodes[-1])
                for narrowed in self._measure.ranges([(nodes, one.env)]):
                    yield from _narrow(one, replace(narrowed, focus=bound))

    def _meet(self, condition: Formula, env: Env) -> Iterator[Env]:
        """The bindings with which a condition holds."""
        if isinstance(condition, MetavariableRegex):
            yield from meets_regex(condition, env)
        elif isinstance(condition, MetavariableComparison):
            yield from meets_comparison(condition, env)
        elif isinstance(condition, MetavariableType):
            yield from meets_type(condition, env)
        elif isinstance(condition, MetavariablePattern):
            yield from self._meet_pattern(condition, env)

    def _meet_pattern(self, condition: MetavariablePattern, env: Env) -> Iterator[Env]:
        """What matches inside the binding adds its own bindings."""
        bound = env.get(condition.metavariable)
        if bound is None:
            return
        if condition.language in TEXTS:
            yield from meets_text(condition, text_of(bound, self.scene), env)
            return
        for node in bound.nodes:
            stretch = Stretch.of(node, self.scene.tree)
            inner = _Evaluation(
                self.compiled, self.empty, stretch=stretch, around=env, private=self.private
            )
            for found in inner.find(condition.part, Ends.FIRST):
                merged = env.merge(found.env)
                if merged is not None:
                    yield merged


def _ends_of(parts: Sequence[Formula], plain: Sequence[Formula]) -> Ends:
    """Which ends of a positive part make a difference: one, where all are narrowed alike."""
    is_focused = any(isinstance(part, Focus) for part in parts)
    is_dropped = any(isinstance(part, (Not, NotInside)) for part in parts)
    return Ends.FIRST if is_focused and not is_dropped and len(plain) == 1 else Ends.EACH


def _has_regex(formula: Formula) -> bool:
    return isinstance(formula, Regex) or any(_has_regex(part) for part in parts_of(formula))


def _narrow(whole: Range, focused: Range) -> Iterator[Range]:
    """The focused range; of two focused ones the smaller, if one lies within the other."""
    if whole.focus is None or contains(whole.extent, focused.extent):
        yield focused
    elif contains(focused.extent, whole.extent):
        yield whole
