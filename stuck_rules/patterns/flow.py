"""What a variable is known to hold where it is used, by reading each function from the top.

Branches join, loops forget what they assign, nested functions do not see their surroundings
except for module names that are assigned once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import libcst as cst

from stuck_rules.cst.flow import leaves
from stuck_rules.cst.scopes import Binding, Comprehension
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.constants import Constant, combine, fold, join
from stuck_rules.patterns.forms import statements_of

_FRAMES = (cst.FunctionDef, cst.ClassDef, cst.Module)
_NESTED_TARGETS = (cst.Element, cst.StarredElement, cst.Tuple, cst.List)
_STATEMENTS = (cst.BaseSmallStatement, cst.BaseCompoundStatement)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a variable holds: its value, and the expression it was last assigned."""

    constant: Constant | None = None
    expression: cst.CSTNode | None = None


State = Mapping[str, Fact]
_NOTHING = Fact()


class Flow:
    """The facts of one file; each function is read when a name in it is first asked for."""

    def __init__(self, tree: SyntaxTree, bindings: Mapping[str, list[Binding]]) -> None:
        self.tree = tree
        self._bindings = bindings
        self._before: dict[cst.CSTNode, State] = {}
        self._read: set[cst.CSTNode] = set()
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
            return _NOTHING
        place = self._place_of(name)
        if place is None:
            return _NOTHING
        statement, frame = place
        around = self._around(name, frame)
        if any(isinstance(binding.node, cst.NamedExpr) for binding in around):
            # A walrus may stand anywhere in a statement, which is finer than this reads.
            return _NOTHING
        if frame not in self._read:
            self._read.add(frame)
            self._run(_body_of(frame), {})
        known = self._before.get(statement, {}).get(name.value)
        if known is not None:
            return known
        bound = any(b.scope is not self.tree.module for b in around)
        return _NOTHING if bound or frame is self.tree.module else self._module_fact(name)

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
        return any(binding.scope is scope for binding in self._bindings[name.value])

    def _around(self, name: cst.Name, frame: cst.CSTNode) -> list[Binding]:
        """The bindings of a name in a frame and in what stands around it."""
        scopes = {frame, *self.tree.ancestors(frame)}
        return [binding for binding in self._bindings[name.value] if binding.scope in scopes]

    def _module_fact(self, name: cst.Name) -> Fact:
        """A module's name is known in functions if it is assigned once, and further up."""
        found = [b for b in self._bindings[name.value] if b.scope is self.tree.module]
        if len(found) != 1 or name.value in self._globals:
            return _NOTHING
        node, value = found[0].node, found[0].value
        if value is None or _assigned_name(node) is None:
            return _NOTHING
        if self.tree.index[node] > self.tree.index[name]:
            return _NOTHING
        return Fact(self.value_of(value), value)

    def _run(self, statements: Iterable[cst.CSTNode], state: State) -> State:
        for statement in statements:
            self._before[statement] = state
            step = _STEPS.get(type(statement))
            state = step(self, statement, state) if step else self._forget(statement, state)
        return state

    def _forget(self, node: cst.CSTNode, state: State) -> State:
        """The state without what is bound anywhere inside a node."""
        start = self.tree.index[node]
        first = bisect_left(self._places, (start, ""))
        last = bisect_left(self._places, (self.tree.ends[start], ""))
        names = {name for _, name in self._places[first:last]}
        return {**state, **dict.fromkeys(names, _NOTHING)} if names else state

    def assign(self, node: cst.CSTNode, state: State) -> State:
        """Read an assignment; only one to a single name tells its value."""
        state = self._forget(node, state)
        name = _assigned_name(node)
        value = getattr(node, "value", None)
        if name is None or not isinstance(value, cst.CSTNode):
            return state
        return {**state, name: Fact(self.value_of(value), value)}

    def augment(self, node: cst.CSTNode, state: State) -> State:
        """Read `name += value`."""
        augmented = cst.ensure_type(node, cst.AugAssign)
        if not isinstance(augmented.target, cst.Name):
            return state
        before = state.get(augmented.target.value, _NOTHING).constant
        value = combine(augmented.operator, before, self.value_of(augmented.value))
        return {**state, augmented.target.value: Fact(value)}

    def drop(self, node: cst.CSTNode, state: State) -> State:
        """Read an expression statement: a method called for its effect changes its object."""
        value = cst.ensure_type(node, cst.Expr).value
        state = self._forget(node, state)
        if isinstance(value, cst.Call) and isinstance(value.func, cst.Attribute):
            owner = value.func.value
            known = state.get(owner.value) if isinstance(owner, cst.Name) else None
            if isinstance(owner, cst.Name) and known is not None:
                return {**state, owner.value: Fact(known.constant)}
        return state

    def define(self, node: cst.CSTNode, state: State) -> State:
        """Read a definition: its body is a matter of its own."""
        name = getattr(node, "name", None)
        return {**state, name.value: _NOTHING} if isinstance(name, cst.Name) else state

    def branch(self, node: cst.CSTNode, state: State) -> State:
        """Read an `if` with its `elif` and `else`."""
        choice = cst.ensure_type(node, cst.If)
        ends = [self._end_of(choice.body, state)]
        if isinstance(choice.orelse, cst.If):
            ends.append(self._run([choice.orelse], state))
        elif choice.orelse is not None:
            ends.append(self._end_of(choice.orelse.body, state))
        else:
            ends.append(state)
        return _join_states([end for end in ends if end is not None] or [state])

    def _end_of(self, block: cst.BaseSuite, state: State) -> State | None:
        """The state at a block's end, None where the block leaves the function or loop."""
        end = self._run(statements_of(block), state)
        return None if leaves(block, loop=True) else end

    def loop(self, node: cst.CSTNode, state: State) -> State:
        """Read a loop: what it assigns is unknown in it and behind it."""
        state = self._forget(node, state)
        for block in (getattr(node, "body", None), getattr(node, "orelse", None)):
            inner = block.body if isinstance(block, cst.Else) else block
            self._run(statements_of(inner), state)
        return state

    def enter(self, node: cst.CSTNode, state: State) -> State:
        """Read a `with`: its names hold what is managed."""
        block = cst.ensure_type(node, cst.With)
        for item in block.items:
            if item.asname is not None and isinstance(item.asname.name, cst.Name):
                state = {**state, item.asname.name.value: Fact(None, item.item)}
        return self._run(statements_of(block.body), state)

    def attempt(self, node: cst.CSTNode, state: State) -> State:
        """Read a `try`: the body's end, or a handler's, then `finally`."""
        block = cst.ensure_type(node, cst.Try)
        body = self._run(statements_of(block.body), state)
        if block.orelse is not None:
            body = self._run(statements_of(block.orelse.body), body)
        ends = [self._end_of(h.body, self._without_name(h, state)) for h in block.handlers]
        joined = _join_states([body, *(end for end in ends if end is not None)])
        if block.finalbody is None:
            return joined
        return self._run(statements_of(block.finalbody.body), joined)

    def _without_name(self, handler: cst.ExceptHandler, state: State) -> State:
        return state if handler.name is None else self._forget(handler.name, state)


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


def _join_states(states: list[State]) -> State:
    """What holds at the end of several ways; a name that one way does not set keeps its value."""
    if len(states) == 1:
        return states[0]
    names = dict.fromkeys(name for state in states for name in state)
    return {name: _join_facts([state.get(name) for state in states]) for name in names}


def _join_facts(facts: list[Fact | None]) -> Fact:
    known = [fact for fact in facts if fact is not None]
    value = known[0].constant
    for fact in known[1:]:
        value = join(value, fact.constant)
    same = len(known) == len(facts) and all(f.expression is known[0].expression for f in known)
    return Fact(value, known[0].expression if same else None)


_STEPS: dict[type[cst.CSTNode], Callable[[Flow, cst.CSTNode, State], State]] = {
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
}
