"""What a variable is known to hold where it is used, by reading each function from the top.

Branches join, loops forget what they assign, nested functions do not see their surroundings
except for module names that are assigned once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import libcst as cst

from stuck_rules.cst.flow import leaves
from stuck_rules.cst.scopes import Binding, Comprehension
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.constants import Constant, combine, fold
from stuck_rules.patterns.facts import NOTHING, Changes, Fact, Facts
from stuck_rules.patterns.forms import statements_of

_FRAMES = (cst.FunctionDef, cst.ClassDef, cst.Module)
_NESTED_TARGETS = (cst.Element, cst.StarredElement, cst.Tuple, cst.List)
_STATEMENTS = (cst.BaseSmallStatement, cst.BaseCompoundStatement)


class Flow:
    """The facts of one file; each function is read when a name in it is first asked for."""

    def __init__(self, tree: SyntaxTree, bindings: Mapping[str, list[Binding]]) -> None:
        self.tree = tree
        self._bindings = bindings
        self._facts: dict[cst.CSTNode, Facts] = {}
        self._values: dict[cst.CSTNode, Constant | None] = {}
        self._places = sorted(
            (tree.index[binding.node], name) for name, all_ in bindings.items() for binding in all_
        )
        self._globals = {
            item.name.value
            for node in tree.by_type.get(cst.Global, ())
            if isinstance(node, cst.Global)
            for item in node.names
        }

    def value_of(self, node: cst.CSTNode) -> Constant | None:
        """The value that an expression is known to have; each is found once."""
        if node not in self._values:
            value = fold(node, self.value_of)
            if value is None and isinstance(node, cst.Name):
                value = self._fact_of(node).constant
            self._values[node] = value
        return self._values[node]

    def expression_of(self, name: cst.Name) -> cst.CSTNode | None:
        """The expression that a variable was last assigned on every way to this use."""
        return self._fact_of(name).expression

    def _fact_of(self, name: cst.Name) -> Fact:
        if name.value not in self._bindings or self._is_target(name):
            return NOTHING
        place = self._place_of(name)
        if place is None:
            return NOTHING
        statement, frame = place
        around = {frame, *self.tree.ancestors(frame)}
        if not around.isdisjoint(self._walrus_scopes.get(name.value, ())):
            # A walrus may stand anywhere in a statement, which is finer than this reads.
            return NOTHING
        if frame not in self._facts:
            facts = self._facts[frame] = Facts()
            self._run(_body_of(frame), facts)
        known = self._facts[frame].at(statement, name.value)
        if known is not None:
            return known
        module = self.tree.module
        if frame is module or (around - {module}) & self._scopes[name.value]:
            return NOTHING
        return self._module_fact(name)

    def _is_target(self, name: cst.Name) -> bool:
        """Whether a name only receives a value."""
        inner: cst.CSTNode = name
        for outer in self.tree.ancestors(name):
            if not isinstance(outer, _NESTED_TARGETS):
                is_annotated = isinstance(outer, (cst.AnnAssign, cst.AugAssign))
                return isinstance(outer, cst.AssignTarget) or (
                    is_annotated and inner is getattr(outer, "target", None)
                )
            inner = outer
        return False

    def _place_of(self, name: cst.Name) -> tuple[cst.CSTNode, cst.CSTNode] | None:
        """The statement and the function, class or module that a name is used in."""
        statement: cst.CSTNode | None = None
        inner: cst.CSTNode = name
        for outer in self.tree.ancestors(name):
            if isinstance(outer, (cst.Lambda, *Comprehension)) and self._binds(outer, name):
                return None
            if isinstance(outer, _FRAMES) and statement is not None and _is_inside(outer, inner):
                return statement, outer
            if isinstance(outer, _STATEMENTS) and (statement is None or _is_header(outer, inner)):
                statement = outer
            inner = outer
        return None

    def _binds(self, scope: cst.CSTNode, name: cst.Name) -> bool:
        return scope in self._scopes[name.value]

    @cached_property
    def _scopes(self) -> dict[str, set[cst.CSTNode]]:
        return {name: {b.scope for b in all_} for name, all_ in self._bindings.items()}

    @cached_property
    def _walrus_scopes(self) -> dict[str, set[cst.CSTNode]]:
        found: dict[str, set[cst.CSTNode]] = {}
        for name, all_ in self._bindings.items():
            for binding in all_:
                if isinstance(binding.node, cst.NamedExpr):
                    found.setdefault(name, set()).add(binding.scope)
        return found

    @cached_property
    def _module_bindings(self) -> dict[str, list[Binding]]:
        module = self.tree.module
        return {
            name: [b for b in all_ if b.scope is module] for name, all_ in self._bindings.items()
        }

    def _module_fact(self, name: cst.Name) -> Fact:
        """A module's name is known in functions if it is assigned once, and further up."""
        found = self._module_bindings[name.value]
        if len(found) != 1 or name.value in self._globals:
            return NOTHING
        node, value = found[0].node, found[0].value
        if value is None or _assigned_name(node) is None:
            return NOTHING
        if self.tree.index[node] > self.tree.index[name]:
            return NOTHING
        return Fact(self.value_of(value), value)

    def _run(self, statements: Iterable[cst.CSTNode], facts: Facts) -> None:
        for statement in statements:
            facts.reach(statement)
            step = _STEPS.get(type(statement))
            if step is None:
                self._forget(statement, facts)
            else:
                step(self, statement, facts)

    def _forget(self, node: cst.CSTNode, facts: Facts) -> None:
        """Forget what is bound anywhere inside a node."""
        start = self.tree.index[node]
        first = bisect_left(self._places, (start, ""))
        last = bisect_left(self._places, (self.tree.ends[start], ""))
        for name in {name for _, name in self._places[first:last]}:
            facts.set(name, NOTHING)

    def assign(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read an assignment; only one to a single name tells its value."""
        self._forget(node, facts)
        name = _assigned_name(node)
        value = getattr(node, "value", None)
        if name is not None and isinstance(value, cst.CSTNode):
            facts.set(name, Fact(self.value_of(value), value))

    def augment(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read `name += value`."""
        augmented = cst.ensure_type(node, cst.AugAssign)
        if isinstance(augmented.target, cst.Name):
            name = augmented.target.value
            before = facts.get(name) or NOTHING
            added = self.value_of(augmented.value)
            facts.set(name, Fact(combine(augmented.operator, before.constant, added)))

    def drop(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read an expression statement: a method called for its effect changes its object."""
        value = cst.ensure_type(node, cst.Expr).value
        self._forget(node, facts)
        if isinstance(value, cst.Call) and isinstance(value.func, cst.Attribute):
            owner = value.func.value
            known = facts.get(owner.value) if isinstance(owner, cst.Name) else None
            if isinstance(owner, cst.Name) and known is not None:
                facts.set(owner.value, Fact(known.constant))

    def define(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read a definition: its body is a matter of its own."""
        name = getattr(node, "name", None)
        if isinstance(name, cst.Name):
            facts.set(name.value, NOTHING)

    def branch(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read an `if` with its `elif` and `else`."""
        choice = cst.ensure_type(node, cst.If)
        ends = [self._way(choice.body, facts)]
        facts.fork()
        if isinstance(choice.orelse, cst.If):
            self._run([choice.orelse], facts)
        elif choice.orelse is not None:
            self._run(statements_of(choice.orelse.body), facts)
        other = facts.take_back()
        left = isinstance(choice.orelse, cst.Else) and leaves(choice.orelse.body, loop=True)
        ends.append(None if left else other)
        facts.join([end for end in ends if end is not None])

    def _way(
        self, block: cst.BaseSuite, facts: Facts, name: cst.CSTNode | None = None
    ) -> Changes | None:
        """What a block changes, None where it leaves the function or loop."""
        facts.fork()
        if name is not None:
            self._forget(name, facts)
        self._run(statements_of(block), facts)
        changes = facts.take_back()
        return None if leaves(block, loop=True) else changes

    def loop(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read a loop: what it assigns is unknown in it and behind it."""
        self._forget(node, facts)
        for block in (getattr(node, "body", None), getattr(node, "orelse", None)):
            facts.fork()
            self._run(statements_of(block.body if isinstance(block, cst.Else) else block), facts)
            facts.take_back()

    def enter(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read a `with`: its names hold what is managed."""
        block = cst.ensure_type(node, cst.With)
        for item in block.items:
            if item.asname is not None and isinstance(item.asname.name, cst.Name):
                facts.set(item.asname.name.value, Fact(None, item.item))
        self._run(statements_of(block.body), facts)

    def select(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read a `match`: one of its cases, or none of them."""
        cases = cst.ensure_type(node, cst.Match).cases
        ends = [self._way(case.body, facts, case.pattern) for case in cases]
        facts.join([{}, *(end for end in ends if end is not None)])

    def attempt(self, node: cst.CSTNode, facts: Facts) -> None:
        """Read a `try`: the body's end, or a handler's, then `finally`."""
        if not isinstance(node, (cst.Try, cst.TryStar)):
            raise AssertionError(node)
        block = node
        facts.fork()
        self._run(statements_of(block.body), facts)
        if block.orelse is not None:
            self._run(statements_of(block.orelse.body), facts)
        body = facts.take_back()
        ends = [self._way(handler.body, facts, handler.name) for handler in block.handlers]
        facts.join([body, *(end for end in ends if end is not None)])
        if block.finalbody is not None:
            self._run(statements_of(block.finalbody.body), facts)


def _body_of(frame: cst.CSTNode) -> tuple[cst.CSTNode, ...]:
    if isinstance(frame, (cst.FunctionDef, cst.ClassDef)):
        return statements_of(frame.body)
    return statements_of(frame)


def _is_inside(frame: cst.CSTNode, inner: cst.CSTNode) -> bool:
    """Whether a child belongs to a frame's body, not to its decorators, defaults or bases."""
    return isinstance(frame, cst.Module) or inner is getattr(frame, "body", None)


def _is_header(statement: cst.CSTNode, inner: cst.CSTNode) -> bool:
    """Whether a child of a definition is evaluated where the definition stands."""
    return isinstance(statement, (cst.FunctionDef, cst.ClassDef)) and not _is_inside(
        statement, inner
    )


def _assigned_name(node: cst.CSTNode) -> str | None:
    """The name that an assignment of one plain target gives a value."""
    target: cst.CSTNode | None = None
    if isinstance(node, cst.Assign) and len(node.targets) == 1:
        target = node.targets[0].target
    elif isinstance(node, cst.AnnAssign):
        target = node.target
    return target.value if isinstance(target, cst.Name) else None


_STEPS: dict[type[cst.CSTNode], Callable[[Flow, cst.CSTNode, Facts], None]] = {
    cst.Assign: Flow.assign,
    cst.AnnAssign: Flow.assign,
    cst.AugAssign: Flow.augment,
    cst.Expr: Flow.drop,
    cst.FunctionDef: Flow.define,
    cst.ClassDef: Flow.define,
    cst.If: Flow.branch,
    cst.For: Flow.loop,
    cst.While: Flow.loop,
    cst.With: Flow.enter,
    cst.Try: Flow.attempt,
    cst.TryStar: Flow.attempt,
    cst.Match: Flow.select,
}
