"""Lists, tuples, sets, dicts, subscripts and comprehensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.holes import DOTS, many_name, typed_name
from stuck_rules.patterns.matchers.arguments import bind_all
from stuck_rules.patterns.matchers.base import Anything, Build, Hole, Matcher, build_shape
from stuck_rules.patterns.matchers.declared import TypedHole, type_name
from stuck_rules.patterns.matchers.items import Gap, Step, match_ordered
from stuck_rules.patterns.matchers.unordered import match_unordered
from stuck_rules.values import dataclass

_BRACES = (cst.Set, cst.Dict, cst.SetComp, cst.DictComp)


@dataclass(frozen=True, slots=True)
class Item:
    """An element; a hole also takes `*a`."""

    value: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the value."""
        if isinstance(node, cst.StarredElement):
            if isinstance(self.value, Hole):
                yield from self.value.match(node, env)
        elif isinstance(node, cst.Element):
            yield from self.value.match(node.value, env)


@dataclass(frozen=True, slots=True)
class Display:
    """A list or tuple: its elements in order."""

    kind: type[cst.List | cst.Tuple]
    steps: tuple[Step, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the elements; `[...]` is any list, however it is made."""
        if isinstance(node, self.kind):
            yield from match_ordered(self.steps, node.elements, env)
        elif self.steps == (Gap(),) and self.kind is cst.List and isinstance(node, cst.ListComp):
            yield env


@dataclass(frozen=True, slots=True)
class TupleRoot:
    """A tuple as a whole pattern, which the indices of `x[1, 2]` are as well."""

    display: Matcher

    def ways(self, node: cst.CSTNode, env: Env) -> Iterator[tuple[tuple[cst.CSTNode, ...], Env]]:
        """Each match with the first and the last node of the tuple."""
        if not isinstance(node, cst.Subscript):
            for found in self.display.match(node, env):
                yield (node, node), found
            return
        indices = [part.slice.value for part in node.slice if isinstance(part.slice, cst.Index)]
        if len(indices) == len(node.slice) > 1:
            made = cst.Tuple([cst.Element(index) for index in indices])
            for found in self.display.match(made, env):
                yield (indices[0], indices[-1]), found

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """The bindings alone."""
        for _, found in self.ways(node, env):
            yield found


@dataclass(frozen=True, slots=True)
class Braces:
    """A set or dict: its elements in any order, others allowed with `...`."""

    kind: type[cst.Set | cst.Dict]
    items: tuple[Matcher, ...]
    open_ended: bool

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the elements; a dict that unpacks another may hold what is not seen."""
        if not isinstance(node, self.kind):
            return
        if any(isinstance(element, cst.StarredDictElement) for element in node.elements):
            wanted = sum(isinstance(item, Unpacked) for item in self.items)
            if not wanted:
                return
        yield from match_unordered(self.items, node.elements, env, extra=self.open_ended)


@dataclass(frozen=True, slots=True)
class AnyBraces:
    """`{...}`: any dict or set, displays and comprehensions."""

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Look at the node's class alone."""
        if isinstance(node, _BRACES):
            yield env


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`**d` in a dict."""

    value: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match what is unpacked."""
        if isinstance(node, cst.StarredDictElement):
            yield from self.value.match(node.value, env)


def _is_dots(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Name) and node.value == DOTS


def build_step(element: cst.CSTNode, build: Build) -> Step:
    """An element of a pattern's list or tuple."""
    value = element.value if isinstance(element, cst.Element) else None
    if value is None:
        return build_shape(element, build)
    if isinstance(value, cst.Name):
        many = many_name(value.value)
        if many is not None or value.value == DOTS:
            return Gap(many)
    return Item(build(value))


def build_list(node: cst.CSTNode, build: Build) -> Matcher:
    """A list of a pattern."""
    elements = cst.ensure_type(node, cst.List).elements
    return Display(cst.List, tuple(build_step(element, build) for element in elements))


def build_tuple(node: cst.CSTNode, build: Build) -> Matcher:
    """A tuple of a pattern."""
    elements = cst.ensure_type(node, cst.Tuple).elements
    return Display(cst.Tuple, tuple(build_step(element, build) for element in elements))


def build_set(node: cst.CSTNode, build: Build) -> Matcher:
    """A set of a pattern; `{...}` is any dict as well."""
    elements = cst.ensure_type(node, cst.Set).elements
    kept = [element for element in elements if not _is_dots(element.value)]
    if not kept:
        return AnyBraces()
    items = tuple(_build_member(element, build) for element in kept)
    return Braces(cst.Set, items, len(kept) < len(elements))


def _build_member(element: cst.BaseElement, build: Build) -> Matcher:
    if isinstance(element, cst.StarredElement):
        return build_shape(element, build)
    return Item(build(element.value))


def build_dict(node: cst.CSTNode, build: Build) -> Matcher:
    """A dict of a pattern."""
    elements = cst.ensure_type(node, cst.Dict).elements
    kept = [element for element in elements if not _is_dots(element.value)]
    return Braces(cst.Dict, tuple(_build_item(e, build) for e in kept), len(kept) < len(elements))


def _build_item(element: cst.BaseDictElement, build: Build) -> Matcher:
    if isinstance(element, cst.StarredDictElement):
        return Unpacked(build(element.value))
    return build_shape(element, build)


@dataclass(frozen=True, slots=True)
class Indexed:
    """`value[index]` with one index, which may be a tuple without parentheses."""

    value: Matcher
    index: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match the value, then the index; slices are not indices."""
        if not isinstance(node, cst.Subscript):
            return
        indices = [element.slice for element in node.slice]
        values = [index.value for index in indices if isinstance(index, cst.Index)]
        if len(values) < len(indices):
            return
        for found in self.value.match(node.value, env):
            yield from self._match_index(values, found)

    def _match_index(self, values: Sequence[cst.BaseExpression], env: Env) -> Iterator[Env]:
        if len(values) == 1:
            yield from self.index.match(values[0], env)
        elif isinstance(self.index, Hole):
            yield from bind_all(self.index.name, values, env)
        elif isinstance(self.index, Anything):
            yield env
        elif isinstance(self.index, Display):
            yield from self.index.match(cst.Tuple([cst.Element(value) for value in values]), env)


def build_subscript(node: cst.CSTNode, build: Build) -> Matcher:
    """A subscript of a pattern, or `$X: T`."""
    subscript = cst.ensure_type(node, cst.Subscript)
    indices = [element.slice for element in subscript.slice]
    values = [index.value for index in indices if isinstance(index, cst.Index) and not index.star]
    if len(values) < len(indices):
        return build_shape(node, build)
    if len(values) > 1:
        steps = tuple(build_step(cst.Element(value), build) for value in values)
        return Indexed(build(subscript.value), Display(cst.Tuple, steps))
    first = cst.ensure_type(indices[0], cst.Index)
    typed = typed_name(subscript.value.value) if isinstance(subscript.value, cst.Name) else None
    if typed is not None:
        return TypedHole(typed, (type_name(first.value),))
    return Indexed(build(subscript.value), build(first.value))


@dataclass(frozen=True, slots=True)
class Comprehension:
    """A list comprehension, or the generator that stands alone as an argument."""

    element: Matcher
    clause: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match element and clauses."""
        is_list = isinstance(node, cst.ListComp)
        if isinstance(node, (cst.ListComp, cst.GeneratorExp)) and (is_list or not node.lpar):
            for found in self.element.match(node.elt, env):
                yield from self.clause.match(node.for_in, found)


def build_clause(node: cst.CSTNode, build: Build) -> Matcher:
    """A `for` of a comprehension; `async for` matches too, unless the pattern asks for it."""
    is_async = cst.ensure_type(node, cst.CompFor).asynchronous is not None
    return build_shape(node, build, without=() if is_async else ("asynchronous",))


def build_comprehension(node: cst.CSTNode, build: Build) -> Matcher:
    """A list comprehension or a generator of a pattern."""
    if isinstance(node, cst.GeneratorExp) and node.lpar:
        return build_shape(node, build)
    if isinstance(node, (cst.ListComp, cst.GeneratorExp)):
        return Comprehension(build(node.elt), build(node.for_in))
    raise AssertionError(node)
